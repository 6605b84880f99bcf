import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { importLocale, type ForeignName as Foreign } from '../../src/i18n/import-locale.js';
import { loadLocale } from '../../src/i18n/load-locale.js';
import type { Strings } from '../../src/i18n/strings.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const root = (): ShadowRoot | null | undefined => document.querySelector('osmtalk-widget')?.shadowRoot;
const panel = (): HTMLElement | null | undefined => root()?.querySelector('[part=panel]');

/** All words of a language. */
async function wordsOf(name: Foreign): Promise<Strings> {
  return (await loadLocale(name)).words as Strings;
}

/** The launcher's text in a language. */
async function launcherIn(name: Foreign): Promise<string> {
  return (await importLocale(name)).launcher;
}

/** A widget that offers everything, on a page in this language. */
function mountIn(language: string, properties: Partial<OsmtalkWidget> = {}) {
  document.documentElement.lang = language;
  const transport = new FakeTransport();
  const answer: typeof fetch = (input) => {
    const { url } = new Request(input);
    return Promise.resolve(
      url.endsWith('/connect')
        ? json({ callId: 'call_1', transport: 'fake' })
        : json({ status: 'failed', failureReason: 'no_audio_either_direction' }),
    );
  };
  const mounted = mountWidget({
    callback: true,
    phoneNumberId: 'phone_1',
    fetch: answer,
    transports: [transport.loader],
    ...properties,
  });
  return { ...mounted, transport };
}

describe.each(['ar', 'de', 'ja'] as const)('a page in %s', (name) => {
  test('has launcher, panel, call, card, form and check in it', async () => {
    const words = await wordsOf(name);
    const { transport } = mountIn(name);
    await button(await launcherIn(name)).click();
    await expect.element(page.getByRole('dialog', { name: words.heading })).toBeVisible();
    expect(panel()?.lang).toBe(name);
    expect(panel()?.dir).toBe(name === 'ar' ? 'rtl' : 'ltr');
    await expect.element(page.getByRole('textbox', { name: words.message })).toBeVisible();

    await button(words.callMe).click();
    await expect.element(page.getByRole('textbox', { name: words.callbackPhone })).toBeVisible();
    const germany = new Intl.DisplayNames(name, { type: 'region' }).of('DE') ?? '';
    await expect.poll(() => root()?.querySelector('option[value=DE]')?.textContent).toContain(germany);
    await button(words.callbackCancel).click();

    await button(words.startCall).click();
    await expect.element(button(words.mute)).toBeVisible();
    transport.emit({ type: 'agent-joined' });
    transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(words.guidance?.no_audio_either_direction?.title ?? 'missing');
    await expect.element(page.getByRole('alert')).toHaveTextContent(words.blameEnvironment);
    await expect.element(button(words.tryAgain)).toBeVisible();
    const { violations } = await axe.run(panel() ?? document.body, { resultTypes: ['violations'] });
    expect(violations.map(({ id }) => id)).toEqual([]);

    await button(words.checkConnection).click();
    await expect.element(page.getByRole('heading', { name: words.checkTitle })).toBeVisible();
  });
});

test('a region is served by its language, in the script that it writes', async () => {
  mountIn('de-AT');
  await button(await launcherIn('de')).click();
  await expect.element(button((await wordsOf('de')).startCall)).toBeVisible();
  document.documentElement.lang = 'zh-TW';
  await expect.element(button((await wordsOf('zh-Hant')).startCall)).toBeVisible();
  document.documentElement.lang = 'pa-PK';
  await expect.element(button('Start a call')).toBeVisible();
});

test('a language that we do not speak: English, which says so to a screen reader', async () => {
  mountIn('hu');
  const launcher = button('Talk to us');
  await expect.element(launcher).toBeVisible();
  expect(root()?.querySelector('.launcher span')?.getAttribute('lang')).toBe('en');
  await launcher.click();
  await expect.element(button('Start a call')).toBeVisible();
  expect(panel()?.lang).toBe('en');
});

test('the site’s own label is in the language of the page', async () => {
  mountIn('hu', { launcherLabel: 'Hívjon minket' });
  await expect.element(button('Hívjon minket')).toBeVisible();
  expect(root()?.querySelector('.launcher span')?.hasAttribute('lang')).toBe(false);
});

test('the nearest `lang` counts, and the element’s own before it', async () => {
  const { element } = mountIn('de');
  const section = document.createElement('section');
  section.lang = 'fr';
  document.body.append(section);
  section.append(element);
  await expect.element(button(await launcherIn('fr'))).toBeVisible();
  element.lang = 'es';
  await expect.element(button(await launcherIn('es'))).toBeVisible();
  element.removeAttribute('lang');
  await expect.element(button(await launcherIn('fr'))).toBeVisible();
});

test('a page that changes its language while the panel is open: all but the words of the visitor', async () => {
  const [german, arabic] = [await wordsOf('de'), await wordsOf('ar')];
  mountIn('de');
  await button(await launcherIn('de')).click();
  const box = page.getByRole('textbox', { name: german.message });
  await box.fill('Halb geschrieben');
  document.documentElement.lang = 'ar';
  await expect.element(button(arabic.startCall)).toBeVisible();
  expect(panel()?.dir).toBe('rtl');
  await expect.element(page.getByRole('textbox', { name: arabic.message })).toHaveValue('Halb geschrieben');
  document.documentElement.lang = 'en';
  await expect.element(button('Start a call')).toBeVisible();
  expect(panel()?.dir).toBe('ltr');
});

test('the site’s own strings stand before those of the language, and its guidance for one reason leaves the others', async () => {
  const words = await wordsOf('de');
  const own = { title: 'Anruf weg', cause: 'Das lag an uns.', whatToTry: 'Rufen Sie noch einmal an.' };
  const { transport } = mountIn('de', {
    strings: { startCall: 'Anrufen', launcher: 'Hallo', guidance: { no_audio_either_direction: own } },
  });
  await button('Hallo').click();
  await expect.element(button(words.callMe)).toBeVisible();
  await button('Anrufen').click();
  await expect.element(button(words.mute)).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
  await expect.element(page.getByRole('alert')).toHaveTextContent('Anruf weg');
  await expect.element(page.getByRole('alert')).toHaveTextContent(words.blameEnvironment);
});

test.each([
  ['ur-IN', 2.1, /^\d:\d\d$/],
  ['mr-IN', 1.6, /^[०-९]:[०-९]{2}$/],
] as const)(
  'a region and a word of the site’s own change nothing of how %s is written',
  async (tag, lineHeight, digits) => {
    const name = tag.slice(0, 2) as Foreign;
    const words = await wordsOf(name);
    mountIn(tag, { strings: { launcher: 'Hallo' } });
    await button('Hallo').click();
    await button(words.startCall).click();
    await expect.element(page.getByRole('timer')).toHaveTextContent(digits);
    expect(panel()?.lang).toBe(tag);
    const { lineHeight: drawn, fontSize } = getComputedStyle(panel() ?? document.body);
    expect(parseFloat(drawn) / parseFloat(fontSize)).toBeCloseTo(lineHeight, 1);
  },
);

test('for a tester the card is in the platform’s words, its buttons in the page’s language', async () => {
  const words = await wordsOf('de');
  const { transport } = mountIn('de', { audience: 'tester' });
  await button(await launcherIn('de')).click();
  await button(words.startCall).click();
  await expect.element(button(words.mute)).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
  await expect.element(button(words.copyReport)).toBeVisible();
  await expect
    .element(page.getByRole('alert'))
    .not.toHaveTextContent(words.guidance?.no_audio_either_direction?.title ?? '');
});

test('a `lang` that is none breaks nothing, whatever the site sets', async () => {
  const { transport } = mountIn('en_US!', { strings: { startCall: 'Ring us' }, audience: 'tester' });
  await button('Talk to us').click();
  await button('Ring us').click();
  await expect.element(button('Mute')).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
  await expect.element(page.getByRole('alert')).toBeVisible();
  await button('Call me').click();
  await expect.element(page.getByRole('textbox', { name: 'Your phone number' })).toBeVisible();
  await button('Cancel').click();
  await expect.poll(() => root()?.activeElement?.textContent?.trim()).toBe('Call me');
});

test('times are written as the language writes them, in the browser’s own region of it', async () => {
  const { transport } = mountIn('de');
  await button(await launcherIn('de')).click();
  await button((await wordsOf('de')).startCall).click();
  const time = (): string => root()?.querySelector('.note time')?.textContent ?? '';
  await expect.poll(time).toMatch(/^\d\d:\d\d$/);
  transport.emit({ type: 'agent-joined' });
  document.documentElement.lang = 'en';
  const own = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  await expect.poll(() => /[AP]M$/.test(time())).toBe(/[AP]M$/.test(own));
});
