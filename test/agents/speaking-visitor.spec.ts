import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { call, engines, expect, finalTexts, lines, test } from './agent-fixture.js';

test.use({
  launchOptions: { executablePath: requireChromium(), args: [...chromiumArguments, ...speakingMicrophone] },
});

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
      await widget.button('End call').click();
      await widget.reached('ended');
      const spoken = (await lines(widget, 'user')).flatMap(({ text }) => text.match(/I spoke \d+/g) ?? []);
      const numbers = spoken.map((text) => Number(text.slice(8)));
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
    });
  });
}
