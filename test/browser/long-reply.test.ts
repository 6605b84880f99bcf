import { afterEach, describe, expect, test } from 'vitest';
import { cdp, page, server } from 'vitest/browser';
import { json, mountWidget, openPanel } from './mount-widget.js';

afterEach(() => page.viewport(1_000, 800));

/** A reply that arrives piece by piece, when the test says so. */
function streamedReply(): { fetch: typeof fetch; say: (delta: string) => void; finish: () => void } {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const send = (data: object): void =>
    stream?.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`));
  return {
    fetch: async () =>
      new Response(new ReadableStream({ start: (controller) => void (stream = controller) }), {
        headers: { 'content-type': 'text/event-stream' },
      }),
    say: (delta) => send({ delta }),
    finish: () => {
      send({ done: true, sessionId: 's' });
      stream?.close();
    },
  };
}

function scroller(): HTMLElement {
  const found = document.querySelector('osmtalk-widget')?.shadowRoot?.querySelector('[part=transcript]');
  if (!(found instanceof HTMLElement)) throw new Error('no transcript');
  return found;
}

function below(): number {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  return scrollHeight - scrollTop - clientHeight;
}

function afterTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });
}

/** A task right after a frame: what it adds is there before the scroll event of that frame's own scrolling. */
async function afterFrame(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await afterTask();
}

const newMessages = () => page.getByRole('button', { name: 'New messages' });

async function ask(reply: ReturnType<typeof streamedReply>): Promise<void> {
  const { element } = mountWidget({ fetch: reply.fetch });
  await openPanel();
  await element.sendMessage('Tell me all of it');
  reply.say('The beginning.');
  await expect.element(page.getByText('The beginning.')).toBeVisible();
  // The code for Markdown comes with the first message: what was shown as it was written becomes shorter then.
  await expect.poll(() => scroller().querySelector('[data-role=agent] p')).not.toBeNull();
}

describe('a reply that is longer than the panel', () => {
  test('is followed to its end, however many lines come between two looks', async () => {
    const reply = streamedReply();
    await ask(reply);
    for (let line = 1; line <= 40; line++) {
      reply.say(`\n\nline ${line}\n\nand more\n\nand more`);
      await afterFrame();
    }
    reply.say('\n\nThe end.');
    reply.finish();
    await expect.element(page.getByText('The end.')).toBeInTheDocument();
    expect(scroller().scrollHeight).toBeGreaterThan(2 * scroller().clientHeight);
    await expect.poll(below).toBeLessThan(2);
    await expect.element(newMessages()).not.toBeInTheDocument();
  });

  test.runIf(server.browser === 'chromium')('is followed on a slow phone', async () => {
    const reply = streamedReply();
    await ask(reply);
    await cdp().send('Emulation.setCPUThrottlingRate', { rate: 6 });
    try {
      for (let line = 1; line <= 20; line++) {
        reply.say(`\n\nline ${line} of a reply that comes line by line`);
        await afterFrame();
      }
      reply.say('\n\nThe end.');
      reply.finish();
      await expect.element(page.getByText('The end.')).toBeInTheDocument();
      await expect.poll(below).toBeLessThan(2);
    } finally {
      await cdp().send('Emulation.setCPUThrottlingRate', { rate: 1 });
    }
  });

  test('stays where a reader who has gone up a little reads, and says that there is more', async () => {
    const reply = streamedReply();
    await ask(reply);
    for (let line = 1; line <= 20; line++) reply.say(`\n\nline ${line}`);
    await expect.element(page.getByText('line 20')).toBeInTheDocument();
    await expect.poll(below).toBeLessThan(2);
    // By the scroll bar or a finger: less than a line at once, and the next piece is there at once.
    for (let step = 0; step < 4; step++) {
      const scrolled = new Promise((resolve) => {
        scroller().addEventListener('scroll', resolve, { once: true });
      });
      scroller().scrollTop -= 12;
      await scrolled;
      const { scrollTop } = scroller();
      reply.say(`\n\nafter step ${step}`);
      await expect.element(page.getByText(`after step ${step}`)).toBeInTheDocument();
      await afterFrame();
      expect(scroller().scrollTop).toBe(scrollTop);
    }
    await newMessages().click();
    await expect.poll(below).toBeLessThan(2);
    await expect.element(newMessages()).not.toBeInTheDocument();
    reply.say('\n\nfollowed again\n\nand again\n\nand again');
    await expect.element(page.getByText('followed again')).toBeInTheDocument();
    await expect.poll(below).toBeLessThan(2);
  });

  test('is followed when it becomes shorter and longer again between two frames', async () => {
    const reply = streamedReply();
    await ask(reply);
    reply.say('\n\na line'.repeat(60));
    await expect.poll(() => scroller().scrollHeight).toBeGreaterThan(1_000);
    await expect.poll(below).toBeLessThan(2);
    await afterFrame();
    const before = scroller().scrollTop;
    const item = scroller().querySelector<HTMLElement>('li:last-of-type');
    if (!item) throw new Error('no reply');
    item.style.fontSize = '8px';
    // Whoever looks lets the browser move up what has become shorter.
    expect(scroller().scrollTop).toBeLessThan(before - 100);
    item.style.fontSize = '18px';
    expect(below()).toBeGreaterThan(100);
    await expect.poll(below).toBeLessThan(2);
    reply.say('\n\nThe end.');
    await expect.element(page.getByText('The end.')).toBeInTheDocument();
    await expect.poll(below).toBeLessThan(2);
    await expect.element(newMessages()).not.toBeInTheDocument();
  });

  test.each(['wheel', 'touchmove', 'pointerdown', 'keydown'])(
    'is left by a reader who goes up as it grows (%s)',
    async (hand) => {
      const reply = streamedReply();
      await ask(reply);
      reply.say('\n\na line'.repeat(60));
      await expect.poll(() => scroller().scrollHeight).toBeGreaterThan(1_000);
      await expect.poll(below).toBeLessThan(2);
      const item = scroller().querySelector<HTMLElement>('li:last-of-type');
      if (!item) throw new Error('no reply');
      item.dispatchEvent(new Event(hand, { bubbles: true }));
      scroller().scrollTop -= 20;
      const { scrollTop } = scroller();
      item.style.fontSize = '18px';
      await afterFrame();
      await afterFrame();
      expect(scroller().scrollTop).toBe(scrollTop);
      reply.say('\n\nThe end.');
      await expect.element(newMessages()).toBeVisible();
      expect(scroller().scrollTop).toBe(scrollTop);
    },
  );

  test('is followed while the panel becomes lower and higher', async () => {
    await page.viewport(400, 800);
    const reply = streamedReply();
    await ask(reply);
    for (const [index, height] of [500, 700, 420, 800].entries()) {
      await page.viewport(400, height);
      for (let line = 1; line <= 6; line++) reply.say(`\n\nline ${line} of part ${index}`);
      await expect.element(page.getByText(`line 6 of part ${index}`)).toBeInTheDocument();
      await expect.poll(below).toBeLessThan(2);
    }
  });
});

test('a welcome that does not fit is read from its top', async () => {
  await page.viewport(568, 320);
  mountWidget({ greeting: 'Welcome to us. '.repeat(40), starters: ['One', 'Two'] });
  await openPanel();
  await afterFrame();
  await afterFrame();
  expect(below()).toBeGreaterThan(32);
  expect(scroller().scrollTop).toBe(0);
});

test('a browser that moves a button into sight by two pixels does not take the reader from the end', async () => {
  const { element } = mountWidget({ fetch: async () => json({ reply: 'line\n\n'.repeat(40) }) });
  await openPanel();
  void element.sendMessage('Go on');
  const box = element.shadowRoot?.querySelector('.conversation');
  if (!box) throw new Error('There is no conversation');
  const toEnd = (): number => box.scrollHeight - box.scrollTop - box.clientHeight;
  await expect.poll(() => box.scrollHeight).toBeGreaterThan(box.clientHeight + 100);
  await expect.poll(toEnd).toBeLessThan(2);
  const seen = new Promise((done) => box.addEventListener('scroll', done, { once: true }));
  box.scrollTop -= 2;
  await seen;
  void element.sendMessage('And on');
  await expect.poll(() => box.querySelectorAll('li').length).toBe(4);
  await expect.poll(toEnd).toBeLessThan(2);
});
