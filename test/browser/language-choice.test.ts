import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { json, mountWidget, type Mounted } from './mount-widget.js';

const LANGUAGES = ['en', 'de', 'ar'];
const chooser = (name = 'Language') => page.getByRole('combobox', { name });

async function mountChooser(properties: Partial<OsmtalkWidget> = {}): Promise<Mounted> {
  const mounted = mountWidget({ languages: LANGUAGES, ...properties });
  mounted.element.show();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  return mounted;
}

test('the header offers the languages, each named in itself; a choice changes the interface, and the agent is asked for it', async () => {
  const bodies: Record<string, unknown>[] = [];
  await mountChooser({
    agentLanguage: 'auto',
    fetch: (_input, init) => {
      bodies.push(JSON.parse(init?.body as string) as Record<string, unknown>);
      return Promise.resolve(json({ sessionId: 's', reply: 'Ja' }));
    },
  });
  await expect.element(chooser()).toHaveValue('en');
  const options = [...(chooser().element() as HTMLSelectElement).options];
  expect(options.map(({ textContent }) => textContent)).toEqual(['English', 'Deutsch', 'العربية']);
  await chooser().selectOptions('de');
  await expect.element(page.getByRole('heading', { name: 'Wie können wir helfen?' })).toBeVisible();
  await expect.element(chooser('Sprache')).toHaveValue('de');
  await page.getByRole('textbox', { name: 'Nachricht' }).fill('Hallo');
  await page.getByRole('button', { name: 'Senden' }).click();
  await expect.poll(() => bodies[0]?.['dynamicVariables']).toEqual({ language: 'de' });
  await chooser('Sprache').selectOptions('ar');
  await expect.element(page.getByRole('dialog')).toHaveAttribute('dir', 'rtl');
});

test('the choice is remembered for the next page of the session; a language that is not offered any more is not', async () => {
  const first = await mountChooser({ persist: 'session' });
  await chooser().selectOptions('de');
  await expect.element(chooser('Sprache')).toBeVisible();
  first.element.remove();
  const second = await mountChooser({ persist: 'session' });
  await expect.element(chooser('Sprache')).toHaveValue('de');
  second.element.remove();
  await mountChooser({ persist: 'session', languages: ['en', 'fr'] });
  await expect.element(chooser()).toHaveValue('en');
});

test('with persist="none" nothing is stored', async () => {
  await mountChooser();
  await chooser().selectOptions('de');
  await expect.element(chooser('Sprache')).toBeVisible();
  expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).toEqual([]);
});

test('no chooser for fewer than two; what is no language is named and left out', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { element } = await mountChooser({ languages: ['de', 'not a tag', 5 as unknown as string, 'de'] });
  await expect.poll(() => warn.mock.calls.flat().join()).toContain('not a tag, 5');
  await expect.element(chooser()).not.toBeInTheDocument();
  element.languages = ['de', 'fr'];
  await expect.element(page.getByRole('combobox')).toBeVisible();
  element.languages = undefined;
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument();
  vi.restoreAllMocks();
});

test('a regional form of the language on show is the one that is chosen', async () => {
  document.documentElement.lang = 'de-AT';
  await mountChooser({ languages: ['en', 'de-DE'] });
  await expect.element(chooser('Sprache')).toHaveValue('de-DE');
});

test.each(['light', 'dark'] as const)(
  'at 320 pixels, %s: the header holds it, axe finds nothing',
  async (theme) => {
    await page.viewport(320, 568);
    const { element } = await mountChooser({ theme, languages: ['en', 'pt-BR', 'zh-Hant', 'de'] });
    await expect.element(chooser()).toBeVisible();
    const header = element.shadowRoot?.querySelector('[part=header]') as HTMLElement;
    expect(header.scrollWidth).toBeLessThanOrEqual(header.clientWidth);
    const { violations } = await axe.run(element);
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.viewport(1280, 720);
  },
);
