import { chromium, type Page } from 'playwright';
import { buildPage } from '../../demo/build-page.js';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from './chromium.js';

/** `npm run picture`: takes the README's picture anew, of three real panels side by side. */
const backend = await startBackend({
  port: 0,
  staticDirs: [await buildPage(), 'dist', 'test/support/pages'],
});
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArguments, ...speakingMicrophone],
});

try {
  const context = await browser.newContext({
    viewport: { width: 1320, height: 620 },
    deviceScaleFactor: 1.5,
    permissions: ['microphone'],
  });
  const page = await context.newPage();
  await page.goto(`${backend.url}/picture.html`);
  await chat(page, 0);
  // One call per browser: the failed one is over before the other starts.
  await fail(page, 2);
  await call(page, 1);
  await page.screenshot({ path: 'demo/picture.png' });
  console.log('demo/picture.png');
} finally {
  await browser.close();
  await backend.close();
}

async function chat(page: Page, index: number): Promise<void> {
  const panel = page.getByRole('region').nth(index);
  for (const [count, text] of ['What are your opening hours?', 'How much is a check-up?'].entries()) {
    await panel.getByRole('textbox').fill(text);
    await panel.getByRole('textbox').press('Enter');
    await panel
      .getByRole('listitem')
      .nth(2 * count + 1)
      .waitFor();
    await panel.locator('.replying, [data-status=arriving]').waitFor({ state: 'detached' });
  }
}

async function call(page: Page, index: number): Promise<void> {
  await page.getByRole('region').nth(index).getByRole('button', { name: 'Start a call' }).click();
  await page.getByRole('region').nth(index).getByText('clinic by the river').waitFor();
}

async function fail(page: Page, index: number): Promise<void> {
  const panel = page.getByRole('region').nth(index);
  await panel.getByRole('button', { name: 'Start a call' }).click();
  await panel.getByRole('alert').waitFor({ timeout: 20_000 });
}
