import axe from 'axe-core';
// Named here so that Vite has it ready before the first test asks for it.
import { getCountries } from 'libphonenumber-js/min';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

const PHONE = '+491701234567';

interface Placed extends Mounted {
  posts: { headers: Headers; body: Record<string, unknown> }[];
  /** Every request so far, as `METHOD /path`. */
  requests: string[];
  /** What the record of the call says from now on. */
  record: Record<string, unknown>;
  /** What outbound answers from now on. */
  answer: () => Response | Promise<Response>;
}

function mount(properties: Partial<OsmtalkWidget> = {}): Placed {
  const placed: Omit<Placed, keyof Mounted> = {
    posts: [],
    requests: [],
    record: { callId: 'call_1', status: 'queued' },
    answer: () => json({ callId: 'call_1' }),
  };
  const send: typeof fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, init);
    const { pathname } = new URL(url);
    placed.requests.push(`${method} ${pathname}`);
    if (pathname === '/api/widget/calls/outbound') {
      const body = JSON.parse(init?.body as string) as Record<string, unknown>;
      placed.posts.push({ headers, body });
      return placed.answer();
    }
    if (pathname.startsWith('/api/widget/calls/')) return json(placed.record);
    return json({ reply: 'words', sessionId: 's' });
  };
  return Object.assign(
    placed,
    mountWidget({ callback: true, phoneNumberId: 'phone_1', fetch: send, ...properties }),
  );
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const phone = page.getByRole('textbox', { name: 'Your phone number' });
const country = page.getByRole('combobox', { name: 'Country' });

function root(): ShadowRoot {
  const shadowRoot = document.querySelector('osmtalk-widget')?.shadowRoot;
  if (!shadowRoot) throw new Error('There is no widget');
  return shadowRoot;
}

const focused = (): string | undefined => root().activeElement?.textContent?.trim();
const fieldFocused = (): boolean => root().activeElement?.id === 'osmtalk-callback-phone';
const said = (): string => root().querySelector('.callback [role=status]')?.textContent?.trim() ?? '';
const chosen = (): string => root().querySelector<HTMLSelectElement>('.callback select')?.value ?? '';

async function openForm(): Promise<void> {
  await openPanel();
  await button('Call me').click();
  await expect.poll(fieldFocused).toBe(true);
  await expect.poll(() => root().querySelectorAll('option').length).toBe(getCountries().length);
}

async function callMe(typed = '+49 170 1234567'): Promise<void> {
  await openForm();
  await phone.fill(typed);
  await button('Call me').click();
}

async function fail(placed: Placed, failureReason: string): Promise<void> {
  placed.record = { callId: 'call_1', status: 'failed', failureReason };
  await callMe();
  await expect.element(page.getByRole('alert')).toBeVisible();
}

afterEach(() => vi.restoreAllMocks());

describe('the offer', () => {
  test('stands beside "Start a call", and quieter', async () => {
    mount();
    await openPanel();
    const call = button('Start a call').element().getBoundingClientRect();
    const me = button('Call me').element().getBoundingClientRect();
    expect(Math.abs(call.top - me.top)).toBeLessThan(5);
    expect(me.left).toBeGreaterThanOrEqual(call.right);
  });

  test.each([{ callback: false }, { callback: false, phoneNumberId: 'phone_1' }, { phoneNumberId: '' }])(
    'is not there with %j',
    async (properties) => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      mount({ ...properties });
      await openPanel();
      await expect.element(button('Start a call')).toBeVisible();
      await expect.element(button('Call me')).not.toBeInTheDocument();
    },
  );

  test('is there where there is only chat, or only voice', async () => {
    const { element } = mount({ mode: 'chat' });
    await openPanel();
    await expect.element(button('Call me')).toBeVisible();
    await expect.element(button('Start a call')).not.toBeInTheDocument();
    element.mode = 'voice';
    await expect.element(button('Start a call')).toBeVisible();
    await expect.element(button('Call me')).toBeVisible();
  });

  test('without a line the owner is told, once', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { element, details } = mount({ phoneNumberId: undefined });
    await openPanel();
    await expect.poll(() => details('osmtalk-error')).toHaveLength(1);
    element.close();
    element.show();
    expect(details('osmtalk-error')).toMatchObject([{ code: 'callback-not-set-up', retryable: false }]);
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('phone-number-id'));
  });
});

describe('the form', () => {
  test('has names for all of it, says what pressing means, and can be given up', async () => {
    mount();
    await openForm();
    await expect.element(phone).toHaveAttribute('type', 'tel');
    await expect.element(phone).toHaveAttribute('autocomplete', 'tel');
    await expect
      .element(button('Call me'))
      .toHaveAccessibleDescription('By pressing “Call me” you ask us to call this number once.');
    await expect.element(country).toBeVisible();
    await button('Cancel').click();
    await expect.element(phone).not.toBeInTheDocument();
    await expect.poll(focused).toBe('Call me');
  });

  test('begins with the country of the browser, and follows a number that names another', async () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('fr-CH');
    mount();
    await openForm();
    expect(chosen()).toBe('CH');
    await phone.fill('+49');
    await expect.poll(chosen).toBe('DE');
    await expect.element(page.getByRole('option', { name: 'Germany (+49)' })).toBeInTheDocument();
    await phone.fill('0043');
    await expect.poll(chosen).toBe('AT');
  });

  test.each([
    ['', 'Enter your phone number.'],
    ['12', 'too short'],
    ['202 555 01000', 'too long'],
    ['call me', 'not a phone number'],
    ['(102) 555-0100', 'not a number in United States'],
  ])('%j: says what is wrong, at the field', async (typed, words) => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('en-US');
    const { posts } = mount();
    await callMe(typed);
    await expect.element(phone).toHaveAttribute('aria-invalid', 'true');
    await expect.element(phone).toHaveAccessibleDescription(expect.stringContaining(words));
    await expect.poll(fieldFocused).toBe(true);
    await expect.element(phone).toHaveValue(typed);
    expect(posts).toHaveLength(0);
    await phone.fill('0170 1234567');
    await expect.element(phone).not.toHaveAttribute('aria-invalid');
  });

  test('a number of another country than the chosen one', async () => {
    const { posts } = mount();
    await openForm();
    await phone.fill('+49 170 1234567');
    await country.selectOptions('FR');
    await button('Call me').click();
    await expect
      .element(phone)
      .toHaveAccessibleDescription(expect.stringContaining('not a number in France'));
    expect(posts).toHaveLength(0);
  });

  test("rings the number that was typed with the dialling prefix of one's own country, and keeps that country", async () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('en-US');
    const { posts } = mount();
    await openForm();
    await phone.fill('+49');
    await expect.poll(chosen).toBe('DE');
    for (const typed of ['', '0', '011', '011 49', '011 49 170 1234567']) {
      await phone.fill(typed);
      await expect.element(phone).toHaveValue(typed);
      await expect.poll(chosen).toBe('US');
    }
    await button('Call me').click();
    await expect.poll(() => posts[0]?.body.destination).toBe(PHONE);
  });

  test('takes a national number as one of the chosen country, and sends it as E.164', async () => {
    const { posts } = mount({
      dynamicVariables: { 'first name': 'Ada' },
      agentVersion: 3,
      userId: 'u',
      metadata: { a: 1 },
    });
    await openForm();
    await country.selectOptions('DE');
    await phone.fill('0170 / 123 45 67');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => posts.length).toBe(1);
    expect(posts[0]?.body).toEqual({
      agentId: 'agent_1',
      phoneNumberId: 'phone_1',
      destination: PHONE,
      dynamicVariables: { 'first name': 'Ada' },
      agentVersion: 3,
    });
    expect(posts[0]?.headers.get('idempotency-key')).toMatch(/^.{8,}$/);
  });

  test('a number that the API does not take is asked for again', async () => {
    const placed = mount();
    placed.answer = () => json({ message: `no ${PHONE}`, details: { destination: ['blocked'] } }, 400);
    await callMe();
    await expect
      .element(phone)
      .toHaveAccessibleDescription(expect.stringContaining('We cannot call this number'));
    await expect.poll(fieldFocused).toBe(true);
    expect(placed.details('osmtalk-failure')).toEqual([]);
    expect(placed.details('osmtalk-callback')).toEqual([{ state: 'calling' }, { state: 'refused' }]);
    expect(JSON.stringify(placed.details('osmtalk-error'))).not.toContain('1234567');
  });
});

describe('the call', () => {
  test('says what it does as it goes on, and can be put out of sight', async () => {
    const placed = mount();
    await callMe();
    await expect.poll(said).toBe('We are calling you');
    placed.record = { callId: 'call_1', status: 'ringing' };
    await expect.poll(said).toBe('Your phone is ringing');
    // The rest of the panel is there again.
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await button('Hide').click();
    await expect.poll(focused).toBe('Call me');
    const reads = placed.requests.length;
    placed.record = { callId: 'call_1', status: 'in_progress' };
    // It is the same call, not another one.
    await button('Call me').click();
    await expect.poll(said).toBe('You are talking on your phone');
    expect(placed.requests.length).toBeGreaterThan(reads);
    placed.record = { callId: 'call_1', status: 'completed' };
    await expect.poll(said).toBe('The call has ended');
    expect(placed.posts).toHaveLength(1);
    await button('Done').click();
    await button('Call me').click();
    await expect.element(phone).toHaveValue('');
  }, 25_000);

  test('a press, a second one and an Enter place one call, and start no other', async () => {
    const placed = mount();
    placed.answer = () => new Promise(() => undefined);
    await openForm();
    await phone.fill('+49 170 1234567');
    button('Call me').element().focus();
    await userEvent.dblClick(button('Call me'));
    await userEvent.keyboard('{Enter}{Enter}');
    await expect.poll(() => placed.posts.length).toBe(1);
    await userEvent.keyboard('{Enter}');
    expect(placed.requests).toEqual(['POST /api/widget/calls/outbound']);
    expect(placed.details('osmtalk-call-start')).toEqual([]);
  });

  test('Enter, held down in the field, places one call, and starts no other', async () => {
    const placed = mount();
    await openForm();
    await phone.fill('+49 170 1234567');
    await userEvent.keyboard('{Enter>30/}');
    await expect.poll(said).toBe('We are calling you');
    expect(placed.posts).toHaveLength(1);
    expect(placed.details('osmtalk-call-start')).toEqual([]);
  });

  test('a closed panel asks nothing, and shows the truth when it is open again', async () => {
    const placed = mount();
    await callMe();
    await expect.poll(() => placed.requests.length).toBeGreaterThan(1);
    placed.element.close();
    placed.record = { callId: 'call_1', status: 'completed' };
    const before = placed.requests.length;
    placed.element.show();
    await expect.poll(said).toBe('The call has ended');
    expect(placed.requests.length).toBe(before + 1);
  });

  test('an element that is taken away asks nothing any more', async () => {
    const placed = mount();
    let isAborted = false;
    const { fetch: send } = placed.element;
    placed.element.fetch = async (input, init) => {
      if (init?.method === 'POST') return send?.(input, init) as Promise<Response>;
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => {
          isAborted = true;
          reject(new DOMException('aborted', 'AbortError'));
        });
      });
    };
    await callMe();
    await expect.poll(() => placed.posts.length).toBe(1);
    placed.element.remove();
    await expect.poll(() => isAborted).toBe(true);
  });
});

describe('a call that failed', () => {
  test('nobody picked up: "Try again" places another call', async () => {
    const placed = mount();
    await fail(placed, 'sip_no_answer');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Nobody picked up');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Carrier');
    expect(placed.details('osmtalk-failure')).toMatchObject([
      { reason: 'sip_no_answer', source: 'server', likelyBlame: 'carrier', retryable: true },
    ]);
    expect(placed.details('osmtalk-call-end')).toEqual([]);
    const states = placed.details('osmtalk-callback').map(({ state }) => state);
    expect([states[0], states.at(-1)]).toEqual(['calling', 'failed']);
    expect(new Set(states).size, 'each state is told once').toBe(states.length);
    await expect.element(page.getByRole('log')).toHaveTextContent('Phone call: Nobody picked up');
    placed.record = { callId: 'call_1', status: 'ringing' };
    await button('Try again').click();
    await expect.poll(said).toBe('Your phone is ringing');
    const keys = placed.posts.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).toBe(2);
    expect(placed.posts.map(({ body }) => body.destination)).toEqual([PHONE, PHONE]);
  });

  test('a refused number can be changed, and is not simply called again', async () => {
    const placed = mount();
    await fail(placed, 'sip_rejected');
    await expect.element(page.getByRole('alert')).toHaveTextContent('This number could not be called');
    await expect.element(button('Try again')).not.toBeInTheDocument();
    await button('Change the number').click();
    await expect.element(phone).toHaveValue('+49 170 1234567');
    await expect.poll(fieldFocused).toBe(true);
  });

  test('no credit: the chat is the way on', async () => {
    const placed = mount();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    placed.answer = () => json({ code: 'no_credit' }, 402);
    await callMe();
    await expect.element(page.getByRole('alert')).toHaveTextContent('We cannot take calls right now');
    expect(placed.details('osmtalk-failure')).toMatchObject([{ reason: 'no-credit', source: 'device' }]);
    await button('Chat instead').click();
    await expect.poll(() => root().activeElement?.localName).toBe('textarea');
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  test('busy lines: "Try again" waits as long as the API asked, and keeps the focus', async () => {
    const placed = mount();
    placed.answer = () =>
      new Response('{"code":"too_many_calls"}', { status: 429, headers: { 'retry-after': '40' } });
    await callMe();
    await expect.element(page.getByRole('alert')).toHaveTextContent('All lines are busy');
    await expect.element(page.getByText(/You can try again in (40|39|38) s\./)).toBeVisible();
    await expect.element(button('Try again')).toHaveAttribute('aria-disabled', 'true');
    button('Try again').element().focus();
    await userEvent.keyboard('{Enter}');
    expect(placed.posts).toHaveLength(1);
    expect(focused()).toBe('Try again');
  });

  test('testers read the reason and the id of the call, visitors do not', async () => {
    const placed = mount({ audience: 'tester' });
    await fail(placed, 'sip_rejected');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Carrier rejected the call');
    await expect.element(page.getByText('sip_rejected')).toBeVisible();
    await expect.element(page.getByText('call_1')).toBeVisible();
    await expect.element(page.getByText('does not mean that the agent is broken')).toBeVisible();
    placed.element.audience = 'visitor';
    await expect.element(page.getByText('sip_rejected')).not.toBeInTheDocument();
  });

  test('the site’s own guidance is used, also when it throws', async () => {
    const placed = mount({
      describeFailure: () => {
        throw new Error('not today');
      },
    });
    await fail(placed, 'sip_no_answer');
    expect(placed.details('osmtalk-failure')).toMatchObject([{ title: "The number didn't pick up" }]);
  });
});

describe('the card of a call in the page', () => {
  test('offers it, and makes room for the form', async () => {
    const transport = new FakeTransport();
    const { element } = mount({ transports: [transport.loader] });
    const { fetch: send } = element;
    element.fetch = async (input, init) =>
      new Request(input, init).url.endsWith('/connect')
        ? json({ callId: 'call_2', token: 't', transport: 'fake' })
        : (send?.(input, init) as Promise<Response>);
    await openPanel();
    await button('Start a call').click();
    await expect.element(button('Mute')).toBeVisible();
    await expect.element(button('Call me')).not.toBeInTheDocument();
    transport.emit({ type: 'agent-joined' });
    transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
    await expect.element(page.getByRole('alert')).toBeVisible();
    const card = root().querySelector('[part=failure-card]');
    expect(
      [...(card?.querySelectorAll('.actions button') ?? [])].map((each) => each.textContent?.trim()),
    ).toContain('Call me');
    await page.getByRole('button', { name: 'Call me', exact: true }).first().click();
    await expect.poll(fieldFocused).toBe(true);
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });
});

describe('requestCallback', () => {
  test('opens the panel, places the call and shows it', async () => {
    const { element, posts } = mount();
    await element.requestCallback('+49 170 1234567');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expect.poll(said).toBe('We are calling you');
    await Promise.all([element.requestCallback(PHONE), element.requestCallback('+33612345678')]);
    expect(posts.map(({ body }) => body.destination)).toEqual([PHONE]);
  });

  test('twice in one breath is one call', async () => {
    const { element, posts } = mount();
    await Promise.all([element.requestCallback(PHONE), element.requestCallback(PHONE)]);
    await expect.poll(said).toBe('We are calling you');
    expect(posts).toHaveLength(1);
  });

  test('a number that is none is shown with what is wrong', async () => {
    const { element, posts } = mount();
    await element.requestCallback('+49 12');
    await expect.element(phone).toHaveValue('+49 12');
    await expect.element(phone).toHaveAccessibleDescription(expect.stringContaining('too short'));
    expect(posts).toHaveLength(0);
  });

  test('quietly does nothing when it is off or the element is nowhere; without a line it tells the owner', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { element, details, requests } = mount({ callback: false });
    await element.requestCallback(PHONE);
    expect(element.open).toBe(false);
    expect(log).not.toHaveBeenCalled();
    await document.createElement('osmtalk-widget').requestCallback(PHONE);
    element.callback = true;
    element.phoneNumberId = undefined;
    await element.requestCallback(PHONE);
    expect(element.open).toBe(false);
    expect(details('osmtalk-error')).toMatchObject([{ code: 'callback-not-set-up' }]);
    expect(log).toHaveBeenCalledTimes(1);
    element.remove();
    await element.requestCallback(PHONE);
    expect(requests).toEqual([]);
  });

  test('waits for the consent', async () => {
    const { element, posts } = mount({ consentText: 'We record calls.' });
    await element.requestCallback(PHONE);
    await expect.element(button('I agree')).toBeVisible();
    await expect.element(phone).not.toBeInTheDocument();
    await button('I agree').click();
    await expect.element(button('Call me')).toBeVisible();
    expect(posts).toHaveLength(0);
    await element.requestCallback(PHONE);
    await expect.poll(() => posts.length).toBe(1);
  });
});

test('the number is in no event, log, report or storage', async () => {
  const written: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...args) => void written.push(args));
  const placed = mount({ persist: 'local' });
  const events = ['open', 'failure', 'error', 'message', 'state-change', 'call-end'] as const;
  placed.answer = () => json({ message: `no credit for ${PHONE}` }, 402);
  await callMe();
  await expect.element(page.getByRole('alert')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('hello');
  await button('Send').click();
  await expect.poll(() => placed.details('osmtalk-message').length).toBe(2);
  placed.element.close();
  const told = JSON.stringify([
    written,
    events.map((name) => placed.details(`osmtalk-${name}`)),
    await placed.element.getDiagnostics(),
    placed.element.transcript,
    Object.entries(sessionStorage),
    Object.entries(localStorage),
  ]);
  expect(told).toContain('no-credit');
  expect(told).not.toMatch(/1234567|170 ?123/);
});

test('reset() forgets the number', async () => {
  const { element } = mount();
  await openForm();
  await phone.fill('+49 170 1234567');
  element.reset();
  await expect.element(phone).not.toBeInTheDocument();
  await button('Call me').click();
  await expect.element(phone).toHaveValue('');
});

test('the site’s own words, from right to left, with a number that reads from left to right', async () => {
  document.documentElement.lang = 'ar';
  mount({
    strings: { launcher: 'مرحبا', callMe: 'اتصل بي', callbackPhone: 'رقم هاتفك', callbackCountry: 'البلد' },
  });
  await page.getByRole('button', { name: 'مرحبا' }).click();
  await page.getByRole('button', { name: 'اتصل بي' }).click();
  await expect.element(page.getByRole('textbox', { name: 'رقم هاتفك' })).toHaveAttribute('dir', 'ltr');
  await expect.element(page.getByRole('option', { name: /^ألمانيا/ })).toBeInTheDocument();
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test('no accessibility violation in the form, with a fault, on the way, and on the card', async () => {
    const placed = mount({ theme });
    await openForm();
    expect(await violations()).toEqual([]);
    await button('Call me').click();
    await expect.element(phone).toHaveAttribute('aria-invalid', 'true');
    expect(await violations()).toEqual([]);
    await phone.fill('+49 170 1234567');
    await button('Call me').click();
    await expect.poll(said).toBe('We are calling you');
    expect(await violations()).toEqual([]);
    placed.record = { status: 'failed', failureReason: 'sip_no_answer' };
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

test.each([
  [320, 568],
  [568, 320],
])('fits on a screen of %i × %i', async (width, height) => {
  await page.viewport(width, height);
  mount();
  await openForm();
  await button('Call me').click();
  const box = root().querySelector('.callback');
  expect(box?.scrollWidth).toBeLessThanOrEqual(box?.clientWidth ?? 0);
  for (const name of ['Call me', 'Cancel']) {
    button(name).element().scrollIntoView();
    const { right, bottom, height: tall } = button(name).element().getBoundingClientRect();
    expect(right).toBeLessThanOrEqual(width);
    expect(bottom).toBeLessThanOrEqual(height + 1);
    expect(tall).toBeGreaterThanOrEqual(24);
  }
  await page.viewport(1000, 800);
});

async function violations(): Promise<string[]> {
  const panel = root().querySelector('.panel');
  await Promise.all(panel?.getAnimations().map((each) => each.finished) ?? []);
  const { violations: found, passes } = await axe.run(document.querySelector('osmtalk-widget') ?? document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // The page of a test has no landmarks and no headings of its own.
    rules: { region: { enabled: false }, 'heading-order': { enabled: false } },
  });
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
