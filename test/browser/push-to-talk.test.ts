import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { listenForPushToTalk } from '../../src/panel/call/push-to-talk.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

/** A panel whose microphone is muted, with all that can have the focus in it. */
class FakePanel {
  readonly container = document.createElement('div');
  readonly controller = new AbortController();
  muted = true;
  /** What was done with the microphone, in order. */
  readonly did: string[] = [];

  constructor() {
    this.container.innerHTML = `
      <section tabindex="-1"><p id="text">Words</p></section>
      <button type="button"><b id="in-button">Mute</b></button>
      <textarea></textarea><input /><select><option>1</option></select>
      <a href="#x">Terms</a><details><summary>More</summary></details>
      <div role="button" tabindex="0">Custom</div><div contenteditable="true">Write</div>`;
    document.body.append(this.container);
    listenForPushToTalk({
      container: this.container,
      signal: this.controller.signal,
      isMuted: () => this.muted,
      setMuted: (muted) => {
        this.muted = muted;
        this.did.push(muted ? 'mute' : 'talk');
      },
    });
  }

  get section(): HTMLElement {
    return this.find('section');
  }

  find(selector: string): HTMLElement {
    const found = this.container.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`No ${selector}`);
    return found;
  }
}

let panel: FakePanel;

beforeEach(() => {
  panel = new FakePanel();
});
afterEach(() => panel.controller.abort());

/** Says whether the page may go on with it: scroll, press, write. */
function press(target: EventTarget, init: KeyboardEventInit = {}): boolean {
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { key: ' ', bubbles: true, composed: true, cancelable: true, ...init }),
  );
}

function lift(target: EventTarget, key = ' '): void {
  target.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, composed: true }));
}

describe('the space bar, while muted', () => {
  test('opens the microphone as long as it is held', () => {
    press(panel.section);
    expect(panel.did).toEqual(['talk']);
    lift(panel.section);
    expect(panel.did).toEqual(['talk', 'mute']);
  });

  test('works with a real keyboard', async () => {
    panel.section.focus();
    await userEvent.keyboard('[Space>]');
    expect(panel.did).toEqual(['talk']);
    await userEvent.keyboard('[/Space]');
    expect(panel.did).toEqual(['talk', 'mute']);
  });

  test('works as often as it is pressed', () => {
    for (let times = 0; times < 3; times++) {
      press(panel.section);
      lift(panel.section);
    }
    expect(panel.did).toEqual(['talk', 'mute', 'talk', 'mute', 'talk', 'mute']);
  });

  test('opens it once, though a held key repeats itself', () => {
    press(panel.section);
    for (let times = 0; times < 5; times++) press(panel.section, { repeat: true });
    lift(panel.section);
    expect(panel.did).toEqual(['talk', 'mute']);
  });

  test('does not scroll the page, not when it repeats itself either', () => {
    expect(press(panel.section)).toBe(false);
    expect(press(panel.section, { repeat: true })).toBe(false);
    expect(press(panel.section, { repeat: true })).toBe(false);
    lift(panel.section);
  });

  test.each(['text', 'in-button'])('counts by where it is pressed: in #%s', (id) => {
    press(panel.find(`#${id}`));
    expect(panel.did).toEqual(id === 'text' ? ['talk'] : []);
  });

  test.each(['button', 'textarea', 'input', 'select', 'a', 'summary', '[role=button]', '[contenteditable]'])(
    'belongs to whatever uses it itself: %s',
    (selector) => {
      expect(press(panel.find(selector))).toBe(true);
      lift(panel.find(selector));
      expect(panel.did).toEqual([]);
    },
  );

  test.each<[string, KeyboardEventInit]>([
    ['Control', { ctrlKey: true }],
    ['Alt', { altKey: true }],
    ['Command', { metaKey: true }],
  ])('with %s is a shortcut of the system or the browser', (_name, modifier) => {
    expect(press(panel.section, modifier)).toBe(true);
    expect(panel.did).toEqual([]);
  });

  test('is the only key that does so', () => {
    for (const key of ['Enter', 'a', 'Escape', 'Spacebar', 'Shift']) {
      expect(press(panel.section, { key })).toBe(true);
      lift(panel.section, key);
    }
    expect(panel.did).toEqual([]);
  });

  test('held, is not ended by another key', () => {
    press(panel.section);
    press(panel.section, { key: 'a' });
    lift(panel.section, 'a');
    expect(panel.did).toEqual(['talk']);
    lift(panel.section);
  });

  test('outside the panel is the page’s own', () => {
    expect(press(document.body)).toBe(true);
    expect(panel.did).toEqual([]);
  });
});

describe('a key that comes up elsewhere', () => {
  test.each<[string, (from: HTMLElement) => void]>([
    ['because the focus left the panel', (from) => from.blur()],
    ['because the focus moved on within it', () => panel.find('textarea').focus()],
    ['because the window lost the focus', () => void dispatchEvent(new Event('blur'))],
  ])('mutes, %s', (_why, leave) => {
    panel.section.focus();
    press(panel.section);
    leave(panel.section);
    expect(panel.did).toEqual(['talk', 'mute']);
    lift(document.body);
    lift(panel.section);
    expect(panel.did).toEqual(['talk', 'mute']);
  });
});

describe('while not muted', () => {
  test('the space bar is left alone', () => {
    panel.muted = false;
    expect(press(panel.section)).toBe(true);
    lift(panel.section);
    expect(panel.did).toEqual([]);
  });

  test('neither its coming up nor a lost focus mutes', () => {
    panel.muted = false;
    lift(panel.section);
    dispatchEvent(new Event('blur'));
    panel.section.focus();
    panel.section.blur();
    expect(panel.did).toEqual([]);
  });
});

test('after the panel is gone nothing listens', () => {
  panel.controller.abort();
  expect(press(panel.section)).toBe(true);
  dispatchEvent(new Event('blur'));
  expect(panel.did).toEqual([]);
});

describe('in a call', () => {
  async function startMutedCall() {
    const transport = new FakeTransport();
    const fetchFake: typeof fetch = () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' }));
    const { element } = mountWidget({ fetch: fetchFake, transports: [transport.loader] });
    await openPanel();
    await page.getByRole('button', { name: 'Start a call' }).click();
    await expect.poll(() => element.callState).toBe('connected');
    await element.mute();
    return { element, transport };
  }

  test('the visitor is told, and the track itself opens and closes', async () => {
    const { element, transport } = await startMutedCall();
    await expect.element(page.getByText('Hold the space bar to talk')).toBeVisible();
    page.getByRole('dialog').element().focus();
    await userEvent.keyboard('[Space>]');
    await expect.poll(() => [element.muted, transport.microphone?.enabled]).toEqual([false, true]);
    await userEvent.keyboard('[/Space]');
    await expect.poll(() => [element.muted, transport.microphone?.enabled]).toEqual([true, false]);
  });

  test('in the message box a space is a space', async () => {
    const { element } = await startMutedCall();
    const setMuted = vi.fn();
    element.addEventListener('osmtalk-state-change', setMuted);
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.click();
    await userEvent.keyboard('a b');
    await expect.element(box).toHaveValue('a b');
    expect(element.muted).toBe(true);
  });

  test('it ends with the call: a later space opens nothing', async () => {
    const { element, transport } = await startMutedCall();
    page.getByRole('dialog').element().focus();
    await userEvent.keyboard('[Space>]');
    await expect.poll(() => element.muted).toBe(false);
    await element.endCall();
    await userEvent.keyboard('[/Space]');
    await userEvent.keyboard('[Space]');
    expect(transport.microphone?.readyState).toBe('ended');
    expect(element.callState).toBe('ended');
  });
});
