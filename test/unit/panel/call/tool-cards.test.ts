import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Thread } from '../../../../src/chat/thread.js';
import { CallController } from '../../../../src/panel/call/call-controller.js';
import { SessionPlanner } from '../../../../src/api/session-plan.js';
import { VoiceTranscript } from '../../../../src/chat/voice-transcript.js';
import { FailureCardFeature } from '../../../../src/panel/failure-card-feature.js';
import type { PanelHost } from '../../../../src/contract/panel-host.js';
import type { WidgetConfig } from '../../../../src/contract/widget-config.js';
import { messagesEn } from '../../../../src/i18n/messages.en.js';
import { ToolCards } from '../../../../src/panel/call/tool-cards.js';
import type { ConnectOptions, ToolStatus } from '../../../../src/voice/transport.js';
import { deferred } from '../../../support/deferred.js';
import { FakeTrack } from '../../call/call-under-test.js';
import { FakeTransport } from '../../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tool = (name: string, status: ToolStatus['status']): ToolStatus => ({ name, status, seconds: 0 });

/** The cards of one call, and what the visitor saw at each change. */
function setUpCards() {
  const seen: string[][] = [];
  const shown = (): string[] => cards.tools.map(({ name, status }) => `${name} ${status}`);
  const cards = new ToolCards(() => seen.push(shown()));
  return {
    cards,
    shown,
    seen,
    put: (name: string, status: ToolStatus['status']) => cards.put(tool(name, status)),
  };
}

describe('a tool', () => {
  it('is shown as long as it runs', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shown()).toEqual(['calendar running']);
  });

  it('that is done is shown for three seconds more', async () => {
    const { put, shown, seen } = setUpCards();
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(1_000);
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(shown()).toEqual(['calendar done']);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual([]);
    expect(seen).toEqual([['calendar running'], ['calendar done'], []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that failed stays', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    put('calendar', 'failed');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shown()).toEqual(['calendar failed']);
  });

  it('that is only told when it is done is shown too', () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    expect(shown()).toEqual(['calendar done']);
  });

  it('has one line, whatever becomes of it', () => {
    const { put, shown } = setUpCards();
    for (const status of ['running', 'failed', 'running', 'done'] as const) put('calendar', status);
    expect(shown()).toEqual(['calendar done']);
  });

  it('that runs again while its line fades stays', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown()).toEqual(['calendar running']);
  });

  it('that is done twice is shown for three seconds after the second time', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(shown()).toEqual(['calendar done']);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual([]);
  });
});

describe('several tools', () => {
  it('are shown side by side, the latest news last', () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    put('weather', 'running');
    expect(shown()).toEqual(['calendar running', 'weather running']);
    put('calendar', 'failed');
    expect(shown()).toEqual(['weather running', 'calendar failed']);
  });

  it('are the newest eight, however many names there are', () => {
    const cards = new ToolCards(() => undefined);
    for (let at = 0; at < 1_000; at++) cards.put(tool(`tool ${at}`, 'running'));
    expect(cards.tools.map(({ name }) => name)).toEqual(
      Array.from({ length: 8 }, (_, at) => `tool ${992 + at}`),
    );
  });

  it('fade each in its own time', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(1_000);
    put('weather', 'done');
    put('map', 'failed');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(['weather done', 'map failed']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown()).toEqual(['map failed']);
  });
});

describe('clearing', () => {
  it('takes all away, and leaves no clock running', () => {
    const { cards, put, shown, seen } = setUpCards();
    put('calendar', 'done');
    put('weather', 'failed');
    put('map', 'running');
    cards.clear();
    expect(shown()).toEqual([]);
    expect(seen.at(-1)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes room for the next call, which an old clock does not touch', async () => {
    const { cards, put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    cards.clear();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(['calendar done']);
  });
});

it('what was handed out is never changed afterwards', () => {
  const { cards, put } = setUpCards();
  put('calendar', 'running');
  const before = cards.tools;
  put('calendar', 'done');
  expect(before).toEqual([tool('calendar', 'running')]);
});

describe('the cards of a call', () => {
  it.each(['running', 'done', 'failed'] as const)('are gone when it is over: %s', async (status) => {
    const { calls, transport, startCall } = setUpCalls();
    await startCall();
    transport.emit({ type: 'tool-status', tool: tool('calendar', status) });
    expect(calls.toolCards.tools).toHaveLength(1);
    transport.hear();
    await calls.session.end();
    expect(calls.toolCards.tools).toEqual([]);
    calls.dispose();
  });

  it.each<[string, (answer: ReturnType<typeof deferred<string>>) => unknown]>([
    ['answers', (answer) => answer.resolve('late')],
    ['fails', (answer) => answer.reject(new Error('late'))],
    ['is given up', () => vi.advanceTimersByTimeAsync(8_000)],
  ])('do not come back with a tool of the page that %s after it is over', async (_how, end) => {
    const answer = deferred<string>();
    const { calls, transport, startCall } = setUpCalls({ slow: () => answer.promise });
    const asked: ConnectOptions['onToolCall'][] = [];
    const connect = transport.connect.bind(transport);
    transport.connect = (options) => {
      asked.push(options.onToolCall);
      return connect(options);
    };
    await startCall();
    asked[0]?.('slow', {}).catch(() => undefined);
    expect(calls.toolCards.tools).toMatchObject([{ name: 'slow', status: 'running' }]);
    await calls.session.end();
    await end(answer);
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.toolCards.tools).toEqual([]);
    calls.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** The calls of a panel in a browser that has little more than a microphone. */
function setUpCalls(tools: Record<string, () => unknown> = {}) {
  const transport = new FakeTransport();
  const stream = { getAudioTracks: () => [new FakeTrack()], getTracks: () => [] };
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('RTCPeerConnection', class {});
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync(): void {}
    },
  );
  vi.stubGlobal('document', {});
  vi.stubGlobal('addEventListener', () => undefined);
  const mediaDevices = Object.assign(new EventTarget(), { getUserMedia: async () => stream });
  vi.stubGlobal('navigator', { userAgent: '', mediaDevices });
  const config = {
    agentId: 'agent_1',
    baseUrl: 'https://api.test',
    transports: [{ name: 'fake', accepts: () => true, load: async () => () => transport }],
    fetch: async () => Response.json({ callId: 'call_1', transport: 'fake' }),
  } as unknown as WidgetConfig;
  const host = {
    config,
    tools: new Map(Object.entries(tools).map(([name, handler]) => [name, { handler }])),
    container: new EventTarget(),
    shadowRoot: { adoptedStyleSheets: [] } as unknown as ShadowRoot,
    dispatch: () => true,
    context: () => undefined,
  } as unknown as PanelHost;
  const thread = new Thread(() => undefined);
  const calls = new CallController({
    host,
    failures: new FailureCardFeature(host, () => undefined),
    planner: new SessionPlanner(),
    consent: { needed: () => false },
    voice: new VoiceTranscript(thread),
    thread,
    language: () => 'en',
    words: () => messagesEn,
    onChange: () => undefined,
    onSay: () => undefined,
    onTalked: () => undefined,
    report: () => undefined,
    signal: new AbortController().signal,
  });
  return {
    calls,
    transport,
    async startCall(): Promise<void> {
      await calls.start(false);
      await vi.advanceTimersByTimeAsync(0);
      expect(calls.status.callState).toBe('connected');
    },
  };
}
