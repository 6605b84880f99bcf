import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launcher, words } from '../../../src/i18n/locales/de.js';
import { htmlPage } from '../site.js';
import { useStage } from '../stage.js';

/** What the page of the script tag says to paste, on a page of one origin, with the script from another and the API on a third. */
const stage = useStage();

/** The n-th HTML of "With a script tag", with addresses that are there. */
function snippet(index: number): string {
  const page = readFileSync('demo/docs/script-tag.md', 'utf8');
  const part = page.slice(page.indexOf('## With a script tag'), page.indexOf('## In site builders'));
  const html = [...part.matchAll(/```html\n([\s\S]*?)```/g)][index]?.[1];
  if (!html) throw new Error('The page of the script tag has lost a snippet');
  return html
    .replaceAll('https://cdn.example', stage.site.cdn)
    .replaceAll('agent_1', 'agent_receptionist')
    .replace(/((?:data-)?)api-key="osm_1"/, `$1api-key="osm_demo" $1base-url="${stage.site.backend.url}"`);
}

/** Opens, chats, closes; resolves with what went wrong in the page meanwhile. */
async function tryIt(): Promise<string[]> {
  await stage.visitor.press('button', 'Talk to us');
  await stage.chat('What are your opening hours?', 'Monday to Friday');
  await stage.visitor.key('Escape');
  await stage.visitor.until(async () => (await stage.visitor.count('dialog')) === 0);
  await stage.visitor.until(async () => (await stage.visitor.focused()) === 'button Talk to us');
  return stage.errors();
}

test('the script tag with data attributes: opens, chats, closes', async () => {
  await stage.visit(snippet(0));
  expect(await tryIt()).toEqual([]);
});

test('the element in the page: opens, chats, closes', async () => {
  await stage.visit(snippet(1));
  expect(await tryIt()).toEqual([]);
});

describe.each<[form: string, attributes: string]>([
  ['async in the head', 'async'],
  ['defer in the head', 'defer'],
  ['neither', ''],
  ['crossorigin', 'async crossorigin'],
])('%s', (_form, attributes) => {
  test('opens, chats, closes', async () => {
    const tag = `<script ${attributes} src="${stage.site.cdn}/osmtalk-widget.js"></script>`;
    await stage.visit(`<osmtalk-widget ${stage.attributes()}></osmtalk-widget>`, { head: tag });
    expect(await tryIt()).toEqual([]);
  });
});

test('a page in German: launcher and panel are in German', async () => {
  const tag = `<script async src="${stage.site.cdn}/osmtalk-widget.js"></script>`;
  const element = `<osmtalk-widget ${stage.attributes()}></osmtalk-widget>`;
  await stage.visit(element, { head: tag, attributes: 'lang="de"' });
  await stage.visitor.press('button', launcher);
  await stage.visitor.until(async () => (await stage.visitor.count('button', words.startCall)) === 1);
  expect(await stage.errors()).toEqual([]);
});

test('a script that is appended late, with a query', async () => {
  await stage.visit('<p>A page</p>');
  await stage.driver.run(
    (src, baseUrl) => {
      const script = document.createElement('script');
      script.src = src;
      Object.assign(script.dataset, { agentId: 'agent_receptionist', apiKey: 'osm_demo', baseUrl });
      document.head.append(script);
    },
    `${stage.site.cdn}/osmtalk-widget.js?v=1`,
    stage.site.backend.url,
  );
  expect(await tryIt()).toEqual([]);
});

describe('SRI with an import map', () => {
  /** What the build has written, with the address that is there. */
  const page = (): string =>
    readFileSync('dist/sri.html', 'utf8').replaceAll('https://cdn.example', stage.site.cdn) + stage.widget();

  test('the right hashes: opens, chats, closes', async () => {
    await stage.visit(page());
    expect(await tryIt()).toEqual([]);
  });

  test('a wrong hash of a chunk: the panel stays away, and the page hears of it', async () => {
    await stage.visit(page().replaceAll(/(\/chunks\/.*": "sha384-).{8}/g, '$1AAAAAAAA'));
    await stage.visitor.press('button', 'Talk to us');
    await expect.poll(() => stage.events('error')).not.toEqual([]);
    expect(await stage.visitor.count('textbox', 'Message')).toBe(0);
  });
});

test('a strict Content-Security-Policy with Trusted Types: no violation', async () => {
  const { cdn, backend } = stage.site;
  const policy = [
    "default-src 'none'",
    // The page's own icon.
    "img-src 'self'",
    `script-src 'self' ${cdn}`,
    "style-src 'none'",
    `connect-src ${backend.url}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  const widget = stage.widget({ 'agent-id': 'agent_echo' });
  await stage.driver.visit(stage.site.page(htmlPage(widget), { 'content-security-policy': policy }));
  await stage.visitor.press('button', 'Talk to us');
  await stage.chat('**bold** `code`', 'bold code');
  await expect.poll(() => stage.visitor.count('strong')).toBe(1);
  await stage.setAttribute('callback', '');
  await stage.setAttribute('phone-number-id', 'phone_demo');
  await stage.visitor.press('button', 'Call me');
  await stage.visitor.press('textbox', 'Your phone number');
  await stage.visitor.type('+49 170 1234567');
  await stage.visitor.press('button', 'Call me');
  await expect.poll(() => stage.visitor.text('dialog')).toContain('Your phone is ringing');
  expect(await stage.errors()).toEqual([]);
  // Else nobody knows whether one would have been seen.
  await stage.driver.run(() => document.head.append(document.createElement('style')));
  await expect.poll(() => stage.errors()).not.toEqual([]);
});
