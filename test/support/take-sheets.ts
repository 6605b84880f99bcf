import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import { rolldown } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';
import { LOCALE_NAMES } from '../../src/i18n/locale-name.js';
import { chromiumArguments, requireChromium } from './chromium.js';

/**
 * `npm run sheets -- ta th`: writes `.cache/sheets/ta.png`, a contact sheet of the panel in that language, for eyes to look at.
 * Without names, of all languages. `--all` draws every state, else those in which most is said; `--dark` in the dark theme.
 */

const OF_MOST = [
  'closed',
  'empty',
  'consent',
  'messages',
  'notes',
  'newer below',
  'call: asking for the microphone',
  'call: listening',
  'call: cannot hear you',
  'call: sound held back',
  'call: tools and a question',
  'call: sound settings',
  'failed: microphone-denied',
  'failed: connection-blocked',
  'failed: provider_circuit_open',
  'steps: microphoneStepsFirefox',
  'tester: cool down, not copied',
  'check: passed',
  'check: failed',
  'callback: form 2',
  'callback: ringing',
  'callback: failed',
  'after a call: rated',
  'call bar',
  'call bar, failed',
];
const SCREEN = { width: 320, height: 640 };

const flags = process.argv.slice(2).filter((each) => each.startsWith('--'));
const named = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const names = LOCALE_NAMES.filter((name) => name !== 'en' && (named.length === 0 || named.includes(name)));

const code = await bundlePage();
mkdirSync('.cache/sheets', { recursive: true });
const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
for (const name of names) {
  const page = await browser.newPage({ viewport: SCREEN, reducedMotion: 'reduce' });
  const shots = await shootStates(page, name);
  await page.close();
  const file = `.cache/sheets/${name}${flags.includes('--dark') ? '-dark' : ''}.png`;
  writeFileSync(file, await composeSheet(shots));
  console.log(`${file}: ${shots.length} states`);
}
await browser.close();

async function bundlePage(): Promise<string> {
  const bundle = await rolldown({
    input: 'test/support/sheet-page.ts',
    platform: 'browser',
    transform: { target: 'es2022' },
    plugins: [viteImportGlobPlugin()],
  });
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false });
  return output[0].code;
}

async function shootStates(page: Page, name: string): Promise<[string, Buffer][]> {
  const shots: [string, Buffer][] = [];
  await page.exposeFunction('shoot', async (state: string) => {
    if (!flags.includes('--all') && !OF_MOST.includes(state)) return;
    await page.evaluate(() => new Promise(requestAnimationFrame));
    shots.push([state, await page.screenshot()]);
  });
  await page.setContent(`<!doctype html><html lang="${name}"><meta charset="utf-8"><body></body></html>`);
  await page.addScriptTag({ content: code });
  const theme = flags.includes('--dark') ? 'dark' : 'light';
  await page.evaluate(([locale, look]) => window.drawStates(locale as 'de', look ?? ''), [name, theme]);
  return shots;
}

async function composeSheet(shots: readonly [string, Buffer][]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 2_000, height: 800 } });
  const figures = shots.map(
    ([state, shot]) =>
      `<figure><figcaption>${state}</figcaption><img src="data:image/png;base64,${shot.toString('base64')}"></figure>`,
  );
  await page.setContent(
    `<!doctype html><style>body{display:flex;flex-wrap:wrap;gap:8px;margin:8px;background:#ccc;font:12px sans-serif}
      figure{margin:0}img{display:block;width:320px}</style>${figures.join('')}`,
  );
  const sheet = await page.screenshot({ fullPage: true });
  await page.close();
  return sheet;
}
