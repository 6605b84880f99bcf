import { Idiomorph } from 'idiomorph';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element.js';
import { mountWidget, openPanel } from './mount-widget.js';

/** A field of the page, in which the visitor has begun to write. */
async function writeInPage(kind = 'input'): Promise<HTMLElement> {
  const field = document.createElement(kind);
  if (kind === 'div') field.contentEditable = 'true';
  document.body.prepend(field);
  await userEvent.click(field);
  await userEvent.keyboard('Ada ');
  return field;
}

const text = (field: HTMLElement): string =>
  (field as HTMLInputElement).value ?? field.textContent.replace('\u00a0', ' ');
const focused = (element: OsmtalkWidget): Element | null | undefined => element.shadowRoot?.activeElement;
const inMessageBox = (element: OsmtalkWidget): boolean => focused(element)?.localName === 'textarea';
const dialog = page.getByRole('dialog');

for (const kind of ['input', 'textarea', 'div']) {
  test(`opened and closed by code while the visitor writes in a ${kind} of the page: not a letter is lost`, async () => {
    const { element } = mountWidget();
    const field = await writeInPage(kind);
    element.open = true;
    await expect.element(dialog).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await userEvent.keyboard('Love');
    element.close();
    await expect.element(dialog).not.toBeInTheDocument();
    await userEvent.keyboard('lace');
    expect(text(field)).toBe('Ada Lovelace');
    expect(document.activeElement).toBe(field);
  });
}

test('opened by a press on a button of the page, the panel has the focus; closed by code, the launcher', async () => {
  const { element } = mountWidget();
  const button = document.createElement('button');
  button.textContent = 'Chat with us';
  button.addEventListener('click', () => element.show());
  document.body.prepend(button);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await expect.poll(() => inMessageBox(element)).toBe(true);
  element.close();
  await expect.poll(() => focused(element)?.textContent).toBe('Talk to us');
});

test('a slow panel does not take the focus from who has gone on to write in the page', async () => {
  const { element } = mountWidget();
  const field = document.createElement('input');
  document.body.prepend(field);
  await openPanel();
  await expect.poll(() => inMessageBox(element)).toBe(true);
  await userEvent.click(field);
  element.open = false;
  await expect.element(dialog).not.toBeInTheDocument();
  expect(document.activeElement).toBe(field);
});

test('a diff that takes `open` away does not close what the visitor opened; the property does', async () => {
  const { element, details } = mountWidget();
  await openPanel();
  await expect.poll(() => inMessageBox(element)).toBe(true);
  await userEvent.keyboard('Hel');
  element.removeAttribute('open');
  expect(element.open).toBe(true);
  await expect.poll(() => element.hasAttribute('open')).toBe(true);
  void Idiomorph.morph(document.body, '<osmtalk-widget></osmtalk-widget>', { morphStyle: 'innerHTML' });
  await userEvent.keyboard('lo');
  await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Hello');
  await expect.poll(() => element.hasAttribute('open')).toBe(true);
  expect(details('osmtalk-open')).toHaveLength(1);
  expect(details('osmtalk-close')).toHaveLength(0);
  // At once after it, before the attribute is back.
  element.removeAttribute('open');
  element.open = false;
  await expect.element(dialog).not.toBeInTheDocument();
  expect(element.hasAttribute('open')).toBe(false);
  expect(details('osmtalk-close')).toHaveLength(1);
});

test('who takes all attributes away, one after the other, comes to an end', async () => {
  const { element } = mountWidget();
  await openPanel();
  for (let name = element.getAttributeNames()[0]; name; name = element.getAttributeNames()[0])
    element.removeAttribute(name);
  await expect.poll(() => element.hasAttribute('open')).toBe(true);
});

test('what the attribute opened, taking it away closes, unless the visitor is in there', async () => {
  const { element } = mountWidget();
  await writeInPage();
  element.setAttribute('open', '');
  await expect.element(dialog).toBeVisible();
  element.removeAttribute('open');
  await expect.element(dialog).not.toBeInTheDocument();
  element.toggleAttribute('open', true);
  await page.getByRole('textbox', { name: 'Message' }).click();
  element.removeAttribute('open');
  await expect.poll(() => element.hasAttribute('open')).toBe(true);
  await expect.element(dialog).toBeVisible();
});

test('Escape and Enter that end a composition close and send nothing, in Safari’s order too', async () => {
  const { element, details } = mountWidget();
  await openPanel();
  await expect.poll(() => inMessageBox(element)).toBe(true);
  await userEvent.keyboard('ni');
  const box = page.getByRole('textbox', { name: 'Message' }).element();
  for (const key of ['Escape', 'Enter'])
    for (const composing of [{ isComposing: true }, { keyCode: 229 }])
      box.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...composing }),
      );
  expect(element.open).toBe(true);
  expect(details('osmtalk-message')).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});
