import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnnouncedLeave } from '../../src/panel/call/announced-leave.js';

/** As in browsers that have no Navigation API: Safari before 26.2, Firefox before 147. */
beforeEach(() => void vi.stubGlobal('navigation', undefined));

let gone = new AbortController();

afterEach(() => {
  gone.abort();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.body.replaceChildren();
});

function watch(): AnnouncedLeave {
  gone = new AbortController();
  const panel = document.createElement('div');
  document.body.append(panel);
  // Nothing leaves this page.
  for (const type of ['click', 'submit'])
    addEventListener(type, (event) => event.preventDefault(), { signal: gone.signal });
  return new AnnouncedLeave(panel, gone.signal);
}

function put(markup: string): HTMLElement {
  const range = document.createRange();
  document.body.append(range.createContextualFragment(markup));
  return document.body.lastElementChild as HTMLElement;
}

describe('without the Navigation API, a leave is announced', () => {
  it.each([
    ['a link of the site', '<a href="/next">Next</a>', true],
    ['what stands in a link', '<a href="/next" target="_self"><b>Next</b></a>', true],
    ['a link to another site', '<a href="https://other.example/">Other</a>', false],
    ['a link that opens a tab', '<a href="/next" target="_blank">Next</a>', false],
    ['a link within the page', '<a href="#part">Part</a>', false],
    ['a download', '<a href="/file" download>File</a>', false],
    ['a mail', '<a href="mailto:a@site.example">Mail</a>', false],
    ['an address that is none', '<a href="http://[">Broken</a>', false],
    ['no link', '<button>Press</button>', false],
  ])('by %s', (_name, markup, expected) => {
    const leave = watch();
    const element = put(markup);
    (element.querySelector('b') ?? element).click();
    expect(leave.isAnnounced).toBe(expected);
  });

  it('by no link that a modifier opens elsewhere', () => {
    const leave = watch();
    put('<a href="/next">Next</a>').dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }),
    );
    expect(leave.isAnnounced).toBe(false);
  });

  it.each([
    ['a form of the site', '<form action="/send"><button>Send</button></form>', true],
    ['a form to the page itself', '<form><button>Send</button></form>', true],
    [
      'a button that sends it elsewhere',
      '<form action="/send"><button formaction="https://other.example/">Send</button></form>',
      false,
    ],
    ['a form of another tab', '<form target="_blank"><button>Send</button></form>', false],
    ['a form that closes a dialog', '<form method="dialog"><button>Close</button></form>', false],
    ['a field of that name', '<form action="/send"><input name="action"><button>Send</button></form>', true],
  ])('by %s', (_name, markup, expected) => {
    const leave = watch();
    const form = put(markup);
    // The frame that a test runs in may send no forms, and so says nothing of them.
    const submitter = form.querySelector('button');
    form.dispatchEvent(new SubmitEvent('submit', { submitter, bubbles: true, cancelable: true }));
    expect(leave.isAnnounced).toBe(expected);
  });
});

describe('the reload keys announce it', () => {
  it.each<[string, KeyboardEventInit, boolean]>([
    ['F5', { key: 'F5' }, true],
    ['Ctrl+R', { key: 'r', ctrlKey: true }, true],
    ['Cmd+Shift+R', { key: 'R', metaKey: true, shiftKey: true }, true],
    ['Ctrl and the R of a Russian keyboard', { key: 'к', code: 'KeyR', ctrlKey: true }, true],
    ['R alone', { key: 'r', code: 'KeyR' }, false],
    ['Ctrl+T', { key: 't', code: 'KeyT', ctrlKey: true }, false],
  ])('%s', (_name, init, expected) => {
    const leave = watch();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    expect(leave.isAnnounced).toBe(expected);
  });

  it('not what a browser fills in, which has no key', () => {
    const leave = watch();
    document.body.dispatchEvent(new Event('keydown', { bubbles: true }));
    expect(leave.isAnnounced).toBe(false);
  });
});

it('an announcement that came to nothing is forgotten after half a minute, or by one that leads elsewhere', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const leave = watch();
  const link = put('<a href="/next">Next</a>');
  link.click();
  vi.advanceTimersByTime(29_000);
  expect(leave.isAnnounced).toBe(true);
  vi.advanceTimersByTime(2_000);
  expect(leave.isAnnounced).toBe(false);
  link.click();
  put('<a href="https://other.example/">Other</a>').click();
  expect(leave.isAnnounced).toBe(false);
});

// No WebKit here has one.
describe.skipIf(!('navigation' in globalThis))('with the Navigation API', () => {
  it('a step within the page takes nothing back of what was announced, and a router of the page does', async () => {
    vi.unstubAllGlobals();
    const { navigation } = globalThis;
    const address = location.href;
    const leave = watch();
    const stay = new AbortController();
    navigation.addEventListener('navigate', (event) => event.intercept(), { signal: stay.signal });
    await navigation.navigate('/taken-over').finished;
    expect(leave.isAnnounced).toBe(false);
    stay.abort();
    // Announced, and stopped before this page is gone.
    const stop = new AbortController();
    navigation.addEventListener(
      'navigate',
      (event) => {
        expect(leave.isAnnounced).toBe(true);
        if (!event.destination.sameDocument) event.preventDefault();
      },
      { signal: stop.signal },
    );
    await expect(navigation.navigate('/next').committed).rejects.toThrow('aborted');
    history.replaceState(null, '', address);
    expect(leave.isAnnounced).toBe(true);
    stop.abort();
  });
});
