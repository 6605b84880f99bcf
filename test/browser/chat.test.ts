import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { json, mountWidget, openPanel } from './mount-widget.js';

interface Sent {
  url: string;
  body: { message: string; sessionId?: string };
  headers: Headers;
}

/** Answers every chat message with `answer`, and keeps what was sent. */
function chatServer(answer: (sent: Sent, count: number) => Response | Promise<Response>): {
  fetch: typeof fetch;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const each = {
        url: request.url,
        body: (await request.json()) as Sent['body'],
        headers: request.headers,
      };
      sent.push(each);
      return answer(each, sent.length);
    },
  };
}

const box = () => page.getByRole('textbox', { name: 'Message' });

test('what is typed and sent faster than it is drawn is sent whole, and once', async () => {
  const server = chatServer(() => json({ reply: 'Hi.', sessionId: 's' }));
  mountWidget({ fetch: server.fetch });
  await openPanel();
  const field = box().element() as HTMLTextAreaElement;
  for (const letter of 'Hello') {
    field.value += letter;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  for (let press = 0; press < 2; press++)
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  await expect.element(page.getByRole('log')).toHaveTextContent('Hi.');
  expect(server.sent.map(({ body }) => body.message)).toEqual(['Hello']);
  await expect.element(box()).toHaveValue('');
});

test('a message goes out with what the site has set, and the reply is shown', async () => {
  const server = chatServer(() => json({ reply: 'At nine.', sessionId: 's1' }));
  const { details } = mountWidget({
    fetch: server.fetch,
    apiKey: 'osm_1',
    organizationId: 'org_1',
    userId: 'u1',
    agentVersion: 3,
    dynamicVariables: { 'first name': 'Ada' },
    metadata: { page: 'pricing' },
  });
  await openPanel();
  await box().fill('When do you open?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.element(page.getByRole('log')).toHaveTextContent('At nine.');
  expect(server.sent[0]).toMatchObject({
    url: 'https://api.test/api/widget/agents/agent_1/chat',
    body: {
      message: 'When do you open?',
      userId: 'u1',
      agentVersion: 3,
      dynamicVariables: { 'first name': 'Ada' },
      metadata: { page: 'pricing' },
    },
  });
  expect(server.sent[0]?.headers.get('x-api-key')).toBe('osm_1');
  expect(server.sent[0]?.headers.get('x-organization-id')).toBe('org_1');
  expect(details('osmtalk-message').map(({ role, text }) => [role, text])).toEqual([
    ['user', 'When do you open?'],
    ['agent', 'At nine.'],
  ]);
});

test('Enter sends, Shift+Enter breaks the line, an unfinished composition does neither', async () => {
  const server = chatServer(() => json({ reply: 'ok' }));
  mountWidget({ fetch: server.fetch });
  await openPanel();
  await box().click();
  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two');
  expect((box().element() as HTMLTextAreaElement).value).toBe('one\ntwo');
  box()
    .element()
    .dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
    );
  expect(server.sent).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => server.sent.map((each) => each.body.message)).toEqual(['one\ntwo']);
  await expect.element(box()).toHaveValue('');
});

test('messages fired quickly arrive once each, in order, and so do the replies', async () => {
  const server = chatServer((sent) => json({ reply: `re: ${sent.body.message}`, sessionId: 's1' }));
  const { element, details } = mountWidget({ fetch: server.fetch });
  await openPanel();
  const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`);
  for (const text of texts) void element.sendMessage(text);
  await expect.poll(() => details('osmtalk-message')).toHaveLength(20);
  expect(server.sent.map((each) => each.body.message)).toEqual(texts);
  expect(server.sent.slice(1).every((each) => each.body.sessionId === 's1')).toBe(true);
});

test('a starter is sent as the visitor’s message', async () => {
  const server = chatServer(() => json({ reply: 'From nine.' }));
  mountWidget({ fetch: server.fetch, starters: ['When do you open?'] });
  await openPanel();
  await page.getByRole('button', { name: 'When do you open?' }).click();
  await expect.element(page.getByRole('log')).toHaveTextContent('From nine.');
  expect(server.sent[0]?.body.message).toBe('When do you open?');
});

test('a starter may have a short label; one that makes no sense is left out, and named once', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const server = chatServer(() => json({ reply: 'From nine.' }));
  const starters = [
    { label: 'Opening hours', text: 'When do you open tomorrow, and is there parking?' },
    { label: 'Prices' },
    { text: 'No label' },
    7,
    null,
  ] as unknown as string[];
  const { element } = mountWidget({ fetch: server.fetch, starters });
  await openPanel();
  const names = page.getByRole('group', { name: 'Suggestions' }).getByRole('button');
  await expect
    .poll(() => names.elements().map(({ textContent }) => textContent?.trim()))
    .toEqual(['Opening hours', 'Prices']);
  element.starters = [...starters];
  await expect.poll(() => warn.mock.calls.flat()).toEqual([expect.stringContaining('starters')]);
  await page.getByRole('button', { name: 'Opening hours' }).click();
  await expect
    .poll(() => server.sent[0]?.body.message)
    .toBe('When do you open tomorrow, and is there parking?');
  vi.restoreAllMocks();
});

test('hostile text from the agent stays text', async () => {
  const hostile =
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> ${7*7} \u202Egnp.exe';
  mountWidget({ fetch: chatServer(() => json({ reply: hostile })).fetch });
  await openPanel();
  await box().fill('Hello');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('log')).toHaveTextContent('<script>window.hacked=1</script> ${7*7}');
  expect('hacked' in window).toBe(false);
});

test('a message that cannot be sent stays with "Try again"; the next ones are tried all the same', async () => {
  const server = chatServer((sent) =>
    sent.body.message === 'bad' ? json({ error: 'no' }, 400) : json({ reply: 'fine' }),
  );
  mountWidget({ fetch: server.fetch });
  await openPanel();
  await box().fill('bad');
  await userEvent.keyboard('{Enter}');
  await box().fill('good');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('log')).toHaveTextContent('fine');
  await expect.element(page.getByText('Not sent.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

/** A stream in these pieces. */
function events(...pieces: string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(encoder.encode(piece));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

const say = (delta: string): string => `data: ${JSON.stringify({ delta })}\n\n`;

test('half a reply is shown as what it is, and another try brings all of it', async () => {
  const server = chatServer((_sent, count) =>
    count === 1
      ? events(say('We open at'), 'event: error\ndata: overloaded\n\n')
      : events(say('We open at nine.')),
  );
  const { details } = mountWidget({ fetch: server.fetch });
  await openPanel();
  await box().fill('When do you open?');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(page.getByRole('log'))
    .toHaveTextContent(/We open at\s+The answer broke off\.\s+Try again/);
  await expect.element(page.getByText('Not sent.')).not.toBeInTheDocument();
  expect(details('osmtalk-message')).toEqual([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('log')).toHaveTextContent('We open at nine.');
  await expect.element(page.getByText('The answer broke off.')).not.toBeInTheDocument();
  expect(details('osmtalk-message').map(({ text }) => text)).toEqual([
    'When do you open?',
    'We open at nine.',
  ]);
  expect(server.sent[1]?.headers.get('idempotency-key')).toBe(server.sent[0]?.headers.get('idempotency-key'));
});

test('a message that is too long for the server says so, and goes back into the box', async () => {
  const server = chatServer((_sent, count) => (count === 1 ? json({}, 413) : json({ reply: 'Thanks.' })));
  mountWidget({ fetch: server.fetch });
  await openPanel();
  await box().fill('A very long story');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Too long to be sent. Please shorten it.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  await box().fill('and more');
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect.element(box()).toHaveValue('A very long story\nand more');
  expect(document.querySelector('osmtalk-widget')?.shadowRoot?.activeElement).toBe(box().element());
  expect(page.getByRole('listitem').elements()).toEqual([]);
  await box().fill('A story');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('log')).toHaveTextContent('Thanks.');
});

test('a reply of many words is drawn once a frame, not once a word', async () => {
  const words = Array.from({ length: 3_000 }, (_, index) => say(`w${index} `));
  const server = chatServer(() => events(...words, 'data: [DONE]\n\n'));
  mountWidget({ fetch: server.fetch });
  await openPanel();
  let drawn = 0;
  new MutationObserver(() => drawn++).observe(page.getByRole('log').element(), {
    subtree: true,
    childList: true,
    characterData: true,
  });
  await box().fill('Tell me everything');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('log')).toHaveTextContent('w2999');
  // Anew for each word it would be three thousand; a frame brings many.
  expect(drawn).toBeLessThan(1_000);
});

test('a new conversation forgets messages and session', async () => {
  const server = chatServer(() => json({ reply: 'ok', sessionId: 's1' }));
  mountWidget({ fetch: server.fetch });
  await openPanel();
  await box().fill('first');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('log')).toHaveTextContent('ok');
  await page.getByRole('button', { name: 'New conversation' }).click();
  expect(page.getByRole('listitem').elements()).toEqual([]);
  await box().fill('second');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => server.sent.length).toBe(2);
  expect(server.sent[1]?.body.sessionId).toBeUndefined();
});
