import { afterEach, expect, test } from 'vitest';
import { htmlPage } from '../site.js';
import { useStage, WINDOW } from '../stage.js';

/** What a visitor does in the panel, over the built package, from another origin than the page's. */
const stage = useStage({ timings: { chatPieceGapMs: 20 } });
const visitor = () => stage.visitor;
const driver = () => stage.driver;

afterEach(async () => {
  await driver().resize(WINDOW);
  // What was said is not the next visitor's.
  await driver().run(() => document.querySelector('osmtalk-widget')?.reset());
});

/** Texts of the messages, the oldest first. */
function messages(): Promise<string[]> {
  return driver().runWithTools((tools) =>
    tools
      .find('[part=message]')
      .map((message) => (message.querySelector('.text') ?? message).textContent.trim()),
  );
}

test('opens by mouse and by keyboard, closes by Escape and button, and the focus is where it belongs', async () => {
  await stage.visitAndOpen();
  await expect.poll(() => visitor().focused()).toBe('textarea Message');
  await visitor().key('Escape');
  await expect.poll(() => visitor().count('dialog')).toBe(0);
  expect(await visitor().focused()).toBe('button Talk to us');
  await visitor().key('Enter');
  await visitor().press('button', 'Close');
  await expect.poll(() => visitor().count('dialog')).toBe(0);
  expect(await visitor().focused()).toBe('button Talk to us');
  const names = await driver().run(() => window.noted.events.map(({ name }) => name));
  expect(names.filter((name) => name === 'open' || name === 'close')).toEqual([
    'open',
    'close',
    'open',
    'close',
  ]);
});

test('what is typed is written and sent, and the page hears of no key of it', async () => {
  await stage.visit(`<input id="own">${stage.widget()}`);
  await visitor().press('button', 'Talk to us');
  await stage.chat('When are you open?', 'Monday to Friday');
  await driver().run(() => {
    window.keys = [];
    const note = ({ type, key }: KeyboardEvent): unknown => window.keys.push(`${type} ${key}`);
    for (const type of ['keydown', 'keypress', 'keyup'] as const) document.addEventListener(type, note, true);
  });
  await visitor().press('textbox', 'Message');
  await visitor().type('Hello');
  await expect.poll(() => visitor().property('textarea', 'value')).toBe('Hello');
  await visitor().key('Enter');
  await expect.poll(() => visitor().text('log')).toContain('Nice to hear from you');
  // Else nobody knows whether one would have been heard.
  await visitor().press('#own');
  await visitor().type('x');
  await expect.poll(() => driver().run(() => window.keys)).toContain('keydown x');
  expect(await driver().run(() => window.keys.filter((key) => !key.endsWith(' x')))).toEqual([]);
  expect(await stage.errors()).toEqual([]);
});

test('a streamed reply comes in pieces, with Markdown', async () => {
  await stage.visitAndOpen({ 'agent-id': 'agent_echo' });
  const text = `**first** ${Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ')}`;
  await driver().run((message) => {
    window.pieces = new Set();
    const note = (): void => {
      const root = document.querySelector('osmtalk-widget')?.shadowRoot;
      const reply = root?.querySelector('[data-role=agent]');
      if (reply) window.pieces.add(reply.textContent.length);
      requestAnimationFrame(note);
    };
    note();
    void document.querySelector('osmtalk-widget')?.sendMessage(message);
  }, text);
  // The visitor's own message, and the whole of the reply.
  await expect.poll(() => stage.events('message')).toHaveLength(2);
  await expect.poll(() => visitor().text('log')).toMatch(/word199[^]*word199/);
  await expect.poll(() => visitor().count('strong')).toBe(1);
  expect(await driver().run(() => window.pieces.size)).toBeGreaterThan(2);
});

declare global {
  interface Window {
    pieces: Set<number>;
    keys: string[];
  }
}

test('a reload keeps conversation and draft; “New conversation” forgets them', async () => {
  await stage.visitAndOpen();
  await stage.chat('What are your opening hours?', 'Monday to Friday');
  await visitor().press('textbox', 'Message');
  await visitor().type('not sent');
  await driver().reload();
  await visitor().press('button', 'Talk to us');
  await expect.poll(messages).toHaveLength(2);
  await expect.poll(() => visitor().property('textarea', 'value')).toBe('not sent');
  await driver().run(() => document.querySelector('osmtalk-widget')?.reset());
  await expect.poll(messages).toEqual([]);
});

test('two windows of one visitor have one conversation', async () => {
  const first = await driver().window();
  const address = stage.site.page(htmlPage(stage.widget({ persist: 'local' })));
  await driver().visit(address);
  await visitor().press('button', 'Talk to us');
  const second = await driver().openWindow();
  try {
    await driver().visit(address);
    await visitor().press('button', 'Talk to us');
    await stage.chat('Hello', 'Nice to hear from you');
    await driver().switchTo(first);
    await expect.poll(messages).toHaveLength(2);
    expect((await messages())[0]).toContain('Hello');
  } finally {
    await driver().switchTo(second);
    await driver().closeWindow();
    await driver().switchTo(first);
    await driver().run(() => {
      document.querySelector('osmtalk-widget')?.reset();
      localStorage.clear();
    });
  }
});

test('a callback: a number that is too short is said to be, the right one is called', async () => {
  await stage.visitAndOpen({ callback: '', 'phone-number-id': 'phone_demo' });
  await visitor().press('button', 'Call me');
  await visitor().press('textbox', 'Your phone number');
  await visitor().type('+49 170');
  await visitor().press('button', 'Call me');
  await expect.poll(() => visitor().text('dialog')).toContain('too short');
  await visitor().press('textbox', 'Your phone number');
  await visitor().type(' 1234567');
  await visitor().press('button', 'Call me');
  await expect.poll(() => visitor().text('dialog')).toContain('Your phone is ringing');
});

test('in Arabic the panel is from right to left, and chats', async () => {
  await stage.visit(stage.widget({ lang: 'ar' }));
  await expect.poll(() => visitor().count('button')).toBe(1);
  const launcher = await visitor().text('button');
  expect(launcher).toMatch(/[\u0600-\u06FF]/);
  await visitor().press('button', launcher);
  await expect.poll(() => visitor().property('dialog', 'dir')).toBe('rtl');
  const box = await visitor().steady('textarea');
  const [send] = await visitor().all('button[type=submit]');
  expect(send?.x).toBeLessThan(box.x);
  await visitor().press('textarea');
  await visitor().type('Hello');
  await visitor().key('Enter');
  await expect.poll(() => visitor().text('log')).toContain('Nice to hear from you');
});

test('320 pixels wide: the panel fills the window, nothing sticks out, and it chats', async ({ skip }) => {
  await driver().resize({ width: 320, height: 568 });
  skip((await driver().run(() => innerWidth)) !== 320, 'No window of Firefox is as narrow');
  await stage.visitAndOpen();
  const { x, y, width, height } = await visitor().steady('textarea');
  expect([x >= 0, x + width <= 320, y + height <= 568]).toEqual([true, true, true]);
  for (const name of ['Close', 'Send']) {
    const place = (await visitor().all('button', name))[0];
    expect(place && place.x >= 0 && place.x + place.width <= 320 && place.y + place.height <= 568).toBe(true);
  }
  await stage.chat('Hello', 'Nice to hear from you');
  expect(await driver().run(() => document.documentElement.scrollWidth)).toBe(320);
});

test('inside a modal dialog of the page it opens, and chats', async () => {
  await stage.visit(
    `<dialog>${stage.widget()}</dialog><script>document.querySelector('dialog').showModal()</script>`,
  );
  await visitor().press('button', 'Talk to us');
  await stage.chat('Hello', 'Nice to hear from you');
  expect(await stage.errors()).toEqual([]);
});

test('dark, by the attribute', async () => {
  await stage.visitAndOpen({ theme: 'dark' });
  const colours = (): Promise<[string, string]> =>
    driver().runWithTools((tools) => {
      const panel = tools.find('dialog')[0];
      if (!panel) throw new Error('There is no panel');
      const { backgroundColor, color } = getComputedStyle(panel);
      return [backgroundColor, color];
    });
  expect(await colours()).toEqual(['rgb(23, 25, 31)', 'rgb(238, 240, 244)']);
  await stage.setAttribute('theme', 'light');
  await expect.poll(colours).toEqual(['rgb(255, 255, 255)', 'rgb(22, 24, 29)']);
});
