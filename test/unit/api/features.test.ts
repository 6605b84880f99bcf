import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Features, WAIT_MS } from '../../../src/api/features.js';
import { SessionPlanner } from '../../../src/api/session-plan.js';
import type { WidgetConfig } from '../../../src/contract/widget-config.js';
import { deferred } from '../../support/deferred.js';
import { fakeApi, json, networkError, silence, status, type Answer } from './fake-api.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const CONFIG: WidgetConfig = {
  agentId: 'agent_1',
  baseUrl: 'https://site.example/osmtalk',
  mode: 'both',
  callback: true,
  phoneNumberId: 'phone_1',
  layout: 'floating',
  placement: 'bottom-right',
  theme: 'auto',
  audience: 'visitor',
  persist: 'session',
  keepCall: 'announced',
  disclosure: 'line',
  callBar: 'on',
  visual: 'aura',
  pageContext: 'off',
  carryOver: 'session',
  launcher: 'button',
  teaserRepeat: 'session',
  dataLayer: false,
};

function setUp(answer: Answer, changes: Partial<WidgetConfig> = {}) {
  const api = fakeApi(answer);
  const config = { ...CONFIG, fetch: api.fetch, ...changes };
  const consent = { isNeeded: false, needed: () => consent.isNeeded };
  const page = new AbortController();
  const planner = new SessionPlanner();
  const offers = new Features({ host: { config }, planner, consent, signal: page.signal });
  const shown = () => {
    const { voice, chat, callback } = offers;
    return Object.entries({ voice, chat, callback }).flatMap(([name, isThere]) => (isThere ? [name] : []));
  };
  return { api, config, consent, page, offers, shown };
}

const ALL = ['voice', 'chat', 'callback'];

describe('what is offered', () => {
  it.each([
    [['voice', 'chat', 'callback'], {}, ALL],
    [['chat', 'callback'], {}, ['chat', 'callback']],
    [['callback'], {}, ['callback']],
    [['voice', 'chat', 'callback'], { mode: 'chat' as const, callback: false }, ['chat']],
    [['voice', 'callback'], { mode: 'chat' as const }, ['callback']],
    [['chat'], { mode: 'voice' as const }, []],
    [[], {}, []],
  ])('by a relay with %j to a page with %j', async (features, changes, expected) => {
    const { offers, shown } = setUp(json({ features }), changes);
    await offers.ask();
    expect(shown()).toEqual(expected);
  });

  it.each([
    ['no relay', status(404)],
    ['no answer', networkError],
    ['an error', status(500)],
    ['another answer', json({ reply: 'Hi' })],
    ['HTML', () => new Response('<!doctype html>')],
  ])('is all that the page asks for where there is %s', async (_name, answer) => {
    const { offers, shown, api } = setUp(answer);
    await offers.ask();
    expect([offers.isAwaited, shown()]).toEqual([false, ALL]);
    await offers.ask();
    expect(api.requests).toHaveLength(1);
  });

  it('is never asked for with a key in the page', async () => {
    const { offers, shown, api } = setUp(json({ features: [] }), { apiKey: 'osm_1' });
    expect(await offers.ask()).toBe(false);
    expect([api.requests, shown()]).toEqual([[], ALL]);
  });

  it('is asked for once, however often the panel opens, and again for another relay', async () => {
    const { offers, api, config } = setUp(json({ features: ['chat'] }));
    await Promise.all([offers.ask(), offers.ask()]);
    await offers.ask();
    expect(api.requests).toHaveLength(1);
    config.baseUrl = 'https://site.example/other';
    await offers.ask();
    expect(api.requests.map(({ url }) => url)).toEqual([
      'https://site.example/osmtalk/api/widget/features',
      'https://site.example/other/api/widget/features',
    ]);
  });

  it('is not asked for before the visitor has agreed', async () => {
    const { offers, api, consent, shown } = setUp(json({ features: ['chat'] }));
    consent.isNeeded = true;
    await offers.ask();
    expect(api.requests).toEqual([]);
    consent.isNeeded = false;
    await offers.ask();
    expect(shown()).toEqual(['chat']);
  });
});

describe('while the answer is awaited', () => {
  it('nothing is shown; it is not awaited for ever, and what would come then changes nothing', async () => {
    const late = deferred<Response>();
    const { offers, shown } = setUp(() => late.promise);
    const asked = offers.ask();
    expect(offers.isAwaited).toBe(true);
    await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
    expect(offers.isAwaited).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBe(true);
    expect([offers.isAwaited, shown()]).toEqual([false, ALL]);
    late.resolve(Response.json({ features: ['chat'] }));
    await vi.advanceTimersByTimeAsync(0);
    await offers.ask();
    expect(shown()).toEqual(ALL);
  });

  it('and comes from the relay before, it is not taken for the answer of this one', async () => {
    const before = deferred<Response>();
    const { offers, shown, config } = setUp(({ url }) =>
      url.includes('other') ? Response.json({ features: ['chat'] }) : before.promise,
    );
    void offers.ask();
    config.baseUrl = 'https://site.example/other';
    await offers.ask();
    before.resolve(Response.json({ features: ['voice'] }));
    await vi.advanceTimersByTimeAsync(WAIT_MS);
    expect(shown()).toEqual(['chat']);
  });

  it('and the panel goes, the request goes with it', async () => {
    const { offers, page, api } = setUp(silence);
    void offers.ask();
    page.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
    expect(offers.isAwaited).toBe(false);
  });
});

describe('the line of a callback', () => {
  it.each([
    ['the relay needs it', { features: ['callback'] }, true],
    ['the relay needs none', { features: ['callback'], phoneNumberIdOptional: true }, false],
    ['nobody is called', { features: ['chat'] }, false],
    ['nobody knows', {}, true],
  ])('is missed where %s: %j', async (_name, answer, lacksLine) => {
    const { offers } = setUp(json(answer), { phoneNumberId: undefined });
    await offers.ask();
    expect(offers.lacksLine).toBe(lacksLine);
    expect(offers.callback).toBe('phoneNumberIdOptional' in answer);
  });

  it('is not missed before the relay may be asked', async () => {
    const { offers, consent } = setUp(json({}), { phoneNumberId: undefined });
    consent.isNeeded = true;
    await offers.ask();
    expect(offers.lacksLine).toBe(false);
  });

  it('is missed at once with a key in the page', () => {
    const { offers } = setUp(json({}), { phoneNumberId: undefined, apiKey: 'osm_1' });
    expect([offers.lacksLine, offers.callback]).toEqual([true, false]);
  });
});
