import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget } from './mount-widget.js';

type Entry = Record<string, unknown>;
const layer = globalThis as { dataLayer?: unknown };
const pushed = (): Entry[] => (layer.dataLayer ?? []) as Entry[];
const names = (): unknown[] => pushed().map(({ event }) => event);
const beacons: { address: string; text: string }[] = [];

beforeEach(() => {
  beacons.length = 0;
  vi.spyOn(navigator, 'sendBeacon').mockImplementation((address, body) => {
    void (body as Blob).text().then((text) => beacons.push({ address: String(address), text }));
    return true;
  });
});

afterEach(() => {
  delete layer.dataLayer;
  vi.restoreAllMocks();
});

test('a chat and a call are pushed to the data layer, each event once, without a word, a number or an id', async () => {
  const transport = new FakeTransport();
  const { element } = mountWidget({
    dataLayer: true,
    userId: 'ada@example.org',
    fetch: (input) =>
      Promise.resolve(
        (input as string).endsWith('/chat')
          ? json({ sessionId: 'session_1', reply: 'The secret answer' })
          : json({ callId: 'call_77', transport: 'fake' }),
      ),
    transports: [transport.loader],
  });
  await expect.poll(names).toEqual(['osmtalk_ready']);
  element.show();
  await element.sendMessage('My secret question');
  await expect.poll(() => names().length).toBe(4);
  await element.startCall();
  await expect.poll(() => element.callState).toBe('connected');
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  transport.emit({
    type: 'transcript',
    entry: { id: 'a', role: 'agent', text: 'Spoken secret', final: true },
  });
  await element.endCall();
  await expect
    .poll(names)
    .toEqual([
      'osmtalk_ready',
      'osmtalk_open',
      'osmtalk_message',
      'osmtalk_message',
      'osmtalk_call_start',
      'osmtalk_call_connected',
      'osmtalk_call_end',
    ]);
  expect(pushed().slice(2, 4)).toEqual([
    { event: 'osmtalk_message', role: 'user' },
    { event: 'osmtalk_message', role: 'agent' },
  ]);
  expect(pushed().at(-1)).toEqual({
    event: 'osmtalk_call_end',
    connected: true,
    duration_seconds: expect.any(Number) as number,
    failure_reason: null,
    failure_blame: null,
  });
  const all = JSON.stringify(pushed());
  for (const secret of ['secret', 'call_77', 'session_1', 'ada', 'osm_test', 'agent_1'])
    expect(all).not.toContain(secret);
});

test('without the attribute nothing is pushed; with a layer that throws, the widget goes on', async () => {
  const plain = mountWidget();
  await plain.element.runPreflight();
  plain.element.show();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(layer).not.toHaveProperty('dataLayer');
  plain.element.remove();

  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  layer.dataLayer = {
    push: () => {
      throw new Error('a broken tag');
    },
  };
  const { element, details } = mountWidget({ dataLayer: true });
  await expect.poll(() => vi.mocked(console.warn).mock.calls.length).toBeGreaterThan(0);
  element.show();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(details('osmtalk-open')).toEqual([null]);
});

test('a failed call is reported, once, by a beacon without key, word or number; a good one is not', async () => {
  const { element, details } = mountWidget({
    reportUrl: '/api/widget/reports',
    userId: 'ada@example.org',
    dynamicVariables: { phone: '+4930123456' },
    fetch: () => Promise.resolve(json({ error: 'no' }, 503)),
  });
  await element.startCall();
  await expect.poll(() => details('osmtalk-call-end')).toHaveLength(1);
  await expect.poll(() => beacons).toHaveLength(1);
  const [beacon] = beacons;
  expect(beacon?.address).toBe(`${location.origin}/api/widget/reports`);
  const report = JSON.parse(String(beacon?.text)) as Entry;
  expect(Object.keys(report)).toEqual(['schema', 'failure', 'connected', 'durationSeconds', 'diagnostics']);
  expect(report).toMatchObject({
    schema: 'osmtalk-failure-report/1',
    failure: { reason: 'server-error', source: 'device' },
    connected: false,
    diagnostics: { settings: { agentId: 'agent_1', hasKey: true } },
  });
  for (const secret of ['osm_test', '4930123456', 'ada@']) expect(beacon?.text).not.toContain(secret);
  element.remove();

  const transport = new FakeTransport();
  const good = mountWidget({
    reportUrl: '/api/widget/reports',
    fetch: () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' })),
    transports: [transport.loader],
  });
  await good.element.startCall();
  await expect.poll(() => good.element.callState).toBe('connected');
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  await good.element.endCall();
  await expect.poll(() => good.details('osmtalk-call-end')).toHaveLength(1);
  await good.element.getDiagnostics();
  expect(beacons).toHaveLength(1);
});

test.each(['http://elsewhere.example/r', 'javascript:alert(1)', 'data:text/plain,x', 'https://['])(
  'report-url="%s" is no address for it, and says so',
  async (reportUrl) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { element, details } = mountWidget({ reportUrl, fetch: () => Promise.resolve(json({}, 503)) });
    await element.startCall();
    await expect.poll(() => details('osmtalk-call-end')).toHaveLength(1);
    await expect.poll(() => warn.mock.calls.flat().join()).toContain('report-url');
    expect(beacons).toEqual([]);
  },
);
