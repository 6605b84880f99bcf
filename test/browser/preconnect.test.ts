import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { mountWidget, openPanel } from './mount-widget.js';

const launcher = page.getByRole('button', { name: 'Talk to us' });

function links(): string[] {
  const found = document.querySelector('osmtalk-widget')?.shadowRoot?.querySelectorAll('link') ?? [];
  return [...found].map((link) => `${link.rel} ${link.href} ${link.crossOrigin}`);
}

function mount(properties: Partial<OsmtalkWidget> = {}): OsmtalkWidget {
  return mountWidget({ baseUrl: 'https://api.test/v1', ...properties }).element;
}

afterEach(() => userEvent.unhover(document.body));

test('the API’s origin is connected to when the visitor reaches for the launcher, once, and not before', async () => {
  mount();
  await expect.element(launcher).toBeVisible();
  expect(links()).toEqual([]);
  await launcher.hover();
  await expect.poll(links).toEqual(['preconnect https://api.test/ anonymous']);
  await openPanel();
  expect(links()).toHaveLength(1);
  expect(document.head.querySelector('link[rel=preconnect]')).toBeNull();
});

test('also when it is the page that opens the panel', async () => {
  mount().show();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(links()).toEqual(['preconnect https://api.test/ anonymous']);
});

test('not before the visitor has agreed', async () => {
  mount({ consentText: 'May we?' });
  await launcher.hover();
  await launcher.click();
  await expect.element(page.getByText('May we?')).toBeVisible();
  expect(links()).toEqual([]);
  await page.getByRole('button', { name: 'I agree' }).click();
  await expect.poll(links).toHaveLength(1);
});

test.each(['/relay', location.origin, 'data:text/plain,', 'https://'])(
  'nothing to connect to: %s',
  async (baseUrl) => {
    mount({ baseUrl });
    await launcher.hover();
    await openPanel();
    expect(links()).toEqual([]);
  },
);
