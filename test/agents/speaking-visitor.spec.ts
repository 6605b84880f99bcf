import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import type { WidgetPage } from '../support/widget-page.js';
import { call, engines, expect, finalTexts, jobIn, lines, roomOf, test, timeline } from './agent-fixture.js';

test.use({
  launchOptions: { executablePath: requireChromium(), args: [...chromiumArguments, ...speakingMicrophone] },
});

/** From the opening of the microphone to the agent's own hearing nothing is missing. */
async function expectFirstWords(widget: WidgetPage): Promise<void> {
  const entries = await timeline(widget);
  const atMs = (event: string): number => entries.find((entry) => entry.event === event)?.atMs ?? Number.NaN;
  const gapSeconds = (atMs('link-up') - atMs('microphone-granted')) / 1_000;
  expect(gapSeconds).toBeGreaterThan(0);
  const seconds = jobIn(await roomOf(widget))?.firstWordsSeconds;
  expect(seconds).toBeGreaterThan(gapSeconds - 0.2);
}

for (const engine of engines) {
  test.describe(`${engine.name}, with a visitor who speaks`, () => {
    test('hears them: their words and its own are there once, in order, and final', async ({ behind }) => {
      const widget = await behind(engine);
      await call(widget);
      await expect
        .poll(() => finalTexts(widget, 'user'), { timeout: 60_000 })
        .toContainEqual(expect.stringMatching(/I spoke 2/));
      await expect
        .poll(() => finalTexts(widget, 'agent'), { timeout: 60_000 })
        .toContainEqual(expect.stringMatching(/^You said: .*I spoke \d/));
      if (engine.name.includes('Python')) await expectFirstWords(widget);
      await widget.button('End call').click();
      await widget.reached('ended');
      const spoken = (await lines(widget, 'user')).flatMap(({ text }) => text.match(/I spoke \d+/g) ?? []);
      const numbers = spoken.map((text) => Number(text.slice(8)));
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
    });
  });
}
