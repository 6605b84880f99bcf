import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { json, mountWidget, openPanel } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const box = () => page.getByRole('textbox', { name: 'Message' });

/** Every message is answered at once, by its own words. */
const echo: typeof fetch = async (_input, init) =>
  json({ reply: `re: ${(JSON.parse(init?.body as string) as { message: string }).message}`, sessionId: 's' });

function scroller(): HTMLElement {
  const found = document.querySelector('osmtalk-widget')?.shadowRoot?.querySelector('[part=transcript]');
  if (!(found instanceof HTMLElement)) throw new Error('no transcript');
  return found;
}

function atEnd(): boolean {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  return scrollHeight - scrollTop - clientHeight < 32;
}

async function fill(element: HTMLElement & { sendMessage(text: string): Promise<void> }, count: number) {
  for (let i = 0; i < count; i++) await element.sendMessage(`question ${i}`);
  await expect.element(page.getByText(`re: question ${count - 1}`, { exact: true })).toBeVisible();
}

describe('the reader', () => {
  test('at the end stays at the end', async () => {
    const { element } = mountWidget({ fetch: echo });
    await openPanel();
    await fill(element, 20);
    await expect.poll(atEnd).toBe(true);
    await expect.element(button('New messages')).not.toBeInTheDocument();
  });

  test('further up stays there; "New messages" takes them to the end', async () => {
    const replies: ((response: Response) => void)[] = [];
    let slow = false;
    const { element } = mountWidget({
      fetch: (input, init) => (slow ? new Promise((resolve) => replies.push(resolve)) : echo(input, init)),
    });
    await openPanel();
    await fill(element, 20);
    slow = true;
    await element.sendMessage('one more');
    await expect.poll(() => replies.length).toBe(1);
    // What was just written is gone to first.
    await expect.element(page.getByText('one more', { exact: true })).toBeVisible();
    await expect.poll(atEnd).toBe(true);
    const scrolled = new Promise((resolve) => scroller().addEventListener('scroll', resolve, { once: true }));
    scroller().scrollTop = 0;
    await scrolled;
    replies[0]?.(json({ reply: 'the late reply' }));
    await button('New messages').click();
    await expect.poll(atEnd).toBe(true);
    await expect.element(page.getByText('the late reply')).toBeVisible();
    await expect.element(button('New messages')).not.toBeInTheDocument();
  });

  test('what they read does not move when older messages come in above it', async () => {
    // A question is drawn before its answer is, or it would not take its reader to the end, away from what is older.
    const nextFrame = () => new Promise((resolve) => void requestAnimationFrame(resolve));
    const { element } = mountWidget({
      fetch: (...args) =>
        nextFrame()
          .then(nextFrame)
          .then(() => echo(...args)),
    });
    await openPanel();
    await fill(element, 100);
    await expect.poll(atEnd).toBe(true);
    const drawn = () => page.getByRole('listitem').elements().length;
    const before = drawn();
    expect(before).toBeLessThan(200);
    const item = scroller().querySelectorAll('li')[3];
    item?.scrollIntoView({ block: 'start' });
    const top = item?.getBoundingClientRect().top ?? 0;
    await expect.poll(drawn).toBeGreaterThan(before);
    expect(item?.isConnected).toBe(true);
    // Less than half a line: the browser scrolls by whole device pixels, and the font decides how high a line is.
    expect(Math.abs((item?.getBoundingClientRect().top ?? 0) - top)).toBeLessThan(11);
  });
});

describe('the message box', () => {
  test('counts near the limit, and keeps what is too long', async () => {
    mountWidget({ fetch: echo });
    await openPanel();
    await box().fill('x'.repeat(3_500));
    await expect.element(page.getByText(/characters left/)).not.toBeInTheDocument();
    await box().fill('x'.repeat(3_990));
    await expect.element(page.getByText('10 characters left')).toBeVisible();
    await box().fill('x'.repeat(4_025));
    await expect.element(page.getByText('25 characters too many')).toBeVisible();
    await expect.element(box()).toHaveAttribute('aria-invalid', 'true');
    await expect.element(button('Send')).toBeDisabled();
    await userEvent.keyboard('{Enter}');
    expect((box().element() as HTMLTextAreaElement).value).toHaveLength(4_025);
  });

  test('a reply under way can be stopped; its question can be asked again', async () => {
    let asked = 0;
    mountWidget({
      fetch: (input, init) =>
        ++asked === 1
          ? new Promise((_resolve, reject) =>
              init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
            )
          : echo(input, init),
    });
    await openPanel();
    await box().fill('Hello');
    await button('Send').click();
    await button('Stop the answer').click();
    await expect.element(page.getByText('Stopped.')).toBeVisible();
    await expect.element(button('Stop the answer')).not.toBeInTheDocument();
    await button('Try again').click();
    await expect.element(page.getByText('re: Hello')).toBeVisible();
    expect(asked).toBe(2);
  });
});
