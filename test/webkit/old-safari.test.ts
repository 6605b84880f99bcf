import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { useStage } from '../engines/stage.js';

/** Safari 16.4, as far as it can be had here: what it lacks, `old-safari.js` takes away before the page begins. */
const stage = useStage({ scripts: [resolve(import.meta.dirname, 'old-safari.js')] });

test('what old-safari.js takes away is gone', async () => {
  await stage.visit('');
  const there = await stage.driver.run(() => [
    'popover' in HTMLElement.prototype,
    'any' in AbortSignal,
    CSS.supports('color', 'light-dark(red, blue)'),
  ]);
  expect(there).toEqual([false, false, false]);
});

test.each(['light', 'dark', 'auto'])(
  'theme %s: nothing shows through the panel, and its text can be read',
  async (theme) => {
    await stage.visitAndOpen({ theme });
    const colours = await stage.driver.runWithTools((tools) => {
      const panel = tools.find('dialog')[0];
      if (!panel) throw new Error('There is no panel');
      const { backgroundColor, color } = getComputedStyle(panel);
      return [backgroundColor, color];
    });
    const light = ['rgb(255, 255, 255)', 'rgb(22, 24, 29)'];
    const dark = ['rgb(23, 25, 31)', 'rgb(238, 240, 244)'];
    expect(colours).toEqual(theme === 'dark' ? dark : light);
  },
);

test('a chat is answered, and kept over a reload', async () => {
  await stage.visitAndOpen();
  await stage.chat('What are your opening hours?', 'Monday to Friday');
  await stage.driver.reload();
  await stage.visitor.press('button', 'Talk to us');
  await expect.poll(() => stage.visitor.text('log')).toContain('Monday to Friday');
  expect(await stage.errors()).toEqual([]);
});

test('a reply can be stopped', async () => {
  await stage.visitAndOpen({ 'agent-id': 'agent_slow_chat' });
  await stage.visitor.send('What are your opening hours?');
  await stage.visitor.press('button', 'Stop the answer');
  await expect.poll(() => stage.visitor.text('log')).toContain('Stopped.');
  expect(await stage.errors()).toEqual([]);
});

test('a callback rings', async () => {
  await stage.visitAndOpen({ callback: '', 'phone-number-id': 'phone_demo' });
  await stage.visitor.press('button', 'Call me');
  await stage.visitor.press('textbox', 'Your phone number');
  await stage.visitor.type('+49 170 1234567');
  await stage.visitor.press('button', 'Call me');
  await expect.poll(() => stage.visitor.text('dialog')).toContain('Your phone is ringing');
  expect(await stage.errors()).toEqual([]);
});
