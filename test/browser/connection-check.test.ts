import { render } from 'lit';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  ConnectionCheckController,
  type ConnectionCheckControllerOptions,
} from '../../src/panel/connection-check/connection-check-controller.js';
import { SessionPlanner } from '../../src/api/session-plan.js';
import { panelStyles } from '../../src/panel/panel-styles.js';
import { launcherStyles } from '../../src/element/styles/launcher-styles.js';
import { createStyleSheet } from '../../src/ui/adopt-styles.js';
import type { WidgetConfig } from '../../src/contract/widget-config.js';
import { messagesEn } from '../../src/i18n/messages.en.js';
import type { LinkStats } from '../../src/voice/link-stats.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json } from './mount-widget.js';

/** Real microphone (Chromium's own, which beeps), sound and locks; API and link are the test's. */

const open: ConnectionCheckController[] = [];

beforeAll(async () => {
  // No browser plays sound to somebody who has not yet touched the page; the check starts with a press.
  await userEvent.click(document.body);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((control) => control.close()));
  vi.restoreAllMocks();
  localStorage.clear();
  document.body.replaceChildren();
  expect(await locksHeld()).toBe(0);
});

const STATS: LinkStats = {
  protocol: 'udp',
  localCandidateType: 'host',
  remoteCandidateType: 'host',
  roundTripMs: 20,
  jitterMs: 1,
  lossPercent: 0,
  remoteLossPercent: 0,
  packetsReceived: 100,
  packetsSent: 100,
  bytesReceived: 9_000,
  bytesSent: 9_000,
  concealedSamplesPercent: 0,
  codec: 'opus',
  availableOutgoingBitrate: null,
};

class MeasuredTransport extends FakeTransport {
  linkStats(): Promise<LinkStats> {
    return Promise.resolve(STATS);
  }
}

const answers: typeof fetch = (_input, init) =>
  Promise.resolve(
    init?.method === 'POST' ? json({ transport: 'fake', callId: 'call_1' }) : new Response(null),
  );

function mount(
  config: Partial<WidgetConfig> = {},
  options: Partial<Pick<ConnectionCheckControllerOptions, 'isInCall'>> = {},
) {
  const transport = new MeasuredTransport();
  const tracks: MediaStreamTrack[] = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (constraints) => {
    const stream = await ask(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  });
  const contexts: AudioContext[] = [];
  const Context = AudioContext;
  vi.spyOn(globalThis, 'AudioContext').mockImplementation(function () {
    const context = new Context();
    contexts.push(context);
    return context;
  });
  const element = document.createElement('main');
  const shadowRoot = element.attachShadow({ mode: 'open' });
  shadowRoot.adoptedStyleSheets = [launcherStyles, panelStyles].map(createStyleSheet);
  const container = document.createElement('div');
  container.className = 'root';
  shadowRoot.append(container);
  document.body.append(element);
  const report = vi.fn<(error: unknown) => void>();
  const control: ConnectionCheckController = new ConnectionCheckController({
    host: {
      container,
      shadowRoot,
      config: {
        agentId: 'agent_1',
        baseUrl: 'https://api.test',
        mode: 'both',
        layout: 'inline',
        placement: 'bottom-right',
        theme: 'light',
        audience: 'visitor',
        keepCall: 'announced',
        disclosure: 'line',
        callBar: 'on',
        visual: 'aura',
        pageContext: 'off',
        carryOver: 'session',
        launcher: 'button',
        teaserRepeat: 'session',
        dataLayer: false,
        callback: false,
        persist: 'none',
        transports: [transport.loader],
        fetch: answers,
        ...config,
      },
    },
    words: () => ({ ...messagesEn, ...config.strings }),
    language: () => 'en',
    planner: new SessionPlanner(),
    isInCall: () => false,
    onChange: () => queueMicrotask(() => render(control.view(), container)),
    report,
    ...options,
  });
  open.push(control);
  return { control, shadowRoot, transport, tracks, contexts, asked, report };
}

const status = page.getByRole('status');
const ended = { timeout: 12_000 };

async function locksHeld(): Promise<number> {
  return (await navigator.locks.query()).held?.length ?? 0;
}

/** What it has opened and not yet closed. */
function openThings({ tracks, contexts }: Pick<ReturnType<typeof mount>, 'tracks' | 'contexts'>): number {
  return (
    tracks.filter((track) => track.readyState === 'live').length +
    contexts.filter((context) => context.state !== 'closed').length
  );
}

test('hears the microphone, plays the tone, makes its call, and gives everything back', async () => {
  const check = mount();
  const { control, shadowRoot, transport } = check;
  const widths = new Set<string | null>();
  const watch = new MutationObserver(() =>
    widths.add(shadowRoot.querySelector('rect[data-check-level]')?.getAttribute('width') ?? null),
  );
  watch.observe(shadowRoot, { subtree: true, attributes: true, attributeFilter: ['width'] });
  void control.start();
  await expect.element(status).toHaveTextContent('Please speak');
  await expect.element(status, ended).toHaveTextContent('Everything works');
  expect(control.report).toMatchObject({ ok: true });
  expect(control.report?.ms).toBeLessThan(10_000);
  expect(control.report?.results[0]?.detail).toMatchObject({ reason: null });
  expect([...widths].some((width) => Number(width) > 0)).toBe(true);
  expect(check.contexts).toHaveLength(2);
  expect(openThings(check)).toBe(0);
  expect(transport.disconnects).toBe(1);
  expect(await locksHeld()).toBe(0);
  expect(check.report).not.toHaveBeenCalled();
});

test('the focus goes to the heading when it opens, and stays where it is when it runs again', async () => {
  const { control, shadowRoot } = mount();
  void control.start();
  await expect.poll(() => shadowRoot.activeElement?.textContent).toContain('Connection check');
  await control.close();
  await expect.poll(() => shadowRoot.querySelector('.check')).toBeNull();
});

test('a microphone that gives no sound', async () => {
  const check = mount();
  const quiet = new AudioContext();
  check.asked.mockImplementation(() => Promise.resolve(quiet.createMediaStreamDestination().stream));
  void check.control.start();
  await expect.element(status, ended).toHaveTextContent('needs your attention: Microphone.');
  await expect.element(page.getByText('No sound came in.')).toBeVisible();
  await quiet.close();
});

test('a microphone that is refused: no call is made', async () => {
  const send = vi.fn<typeof fetch>(answers);
  const check = mount({ fetch: send });
  check.asked.mockRejectedValue(new DOMException('Permission denied', 'NotAllowedError'));
  void check.control.start();
  await expect.element(status, ended).toHaveTextContent('needs your attention: Microphone.');
  await expect.element(page.getByText('The microphone is not allowed')).toBeVisible();
  expect(send.mock.calls.map(([, init]) => init?.method)).toEqual(['HEAD']);
  expect(check.transport.microphone).toBeNull();
});

test('sound that the browser holds back', async () => {
  const check = mount();
  vi.spyOn(BaseAudioContext.prototype, 'state', 'get').mockReturnValue('suspended');
  void check.control.start();
  await expect.element(status, ended).toHaveTextContent('needs your attention: Speaker.');
  await expect.element(page.getByText('could not be measured')).toBeVisible();
});

test('closed at any moment, it leaves nothing behind, and the next call may start at once', async () => {
  const check = mount();
  const free = (): Promise<boolean> =>
    navigator.locks.request('osmtalk:call', { ifAvailable: true }, (lock) => lock !== null);
  const moments = [
    () => true,
    () => check.tracks.length > 0,
    () => check.contexts.length > 1,
    () => check.transport.microphone !== null,
    () => check.shadowRoot.querySelector('[data-check=media][data-state=passed]') !== null,
  ];
  for (const [index, hasCome] of moments.entries()) {
    check.tracks.length = 0;
    check.contexts.length = 0;
    check.transport.microphone = null;
    void check.control.start();
    await expect.poll(hasCome, { interval: 10 }).toBe(true);
    await check.control.close();
    expect(await free(), `moment ${index}`).toBe(true);
    expect(openThings(check), `moment ${index}`).toBe(0);
    expect(check.control.report).toBeNull();
  }
  expect(check.report).not.toHaveBeenCalled();
});

test('closed and opened in one breath: it runs once more', async () => {
  const check = mount();
  void check.control.start();
  await expect.poll(() => check.tracks.length).toBe(1);
  void check.control.close();
  void check.control.start();
  await expect.element(status, ended).toHaveTextContent('Everything works');
  expect(check.tracks).toHaveLength(2);
  expect(openThings(check)).toBe(0);
});

test('a second press while it runs does nothing', async () => {
  const check = mount();
  void check.control.start();
  void check.control.start();
  await check.control.start();
  await expect.element(status, ended).toHaveTextContent('Everything works');
  expect(check.tracks).toHaveLength(1);
});

test('a call elsewhere in this browser: it says so and opens nothing', async () => {
  const check = mount();
  const call = new AbortController();
  const over = new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()));
  await new Promise<void>((resolve) => {
    void navigator.locks.request('osmtalk:call', () => {
      resolve();
      return over;
    });
  });
  void check.control.start();
  await expect.element(status).toHaveTextContent('A call is running in this browser');
  expect(check.tracks).toEqual([]);
  expect(check.contexts).toEqual([]);
  expect(check.report).not.toHaveBeenCalled();
  call.abort();
  await expect.poll(locksHeld).toBe(0);
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect.element(status, ended).toHaveTextContent('Everything works');
});

test('a call of this panel: it says so, also where there are no locks', async () => {
  const check = mount({}, { isInCall: () => true });
  void check.control.start();
  await expect.element(status).toHaveTextContent('A call is running in this browser');
  expect(check.tracks).toEqual([]);
});

test('the page is left: the test call too', async () => {
  const check = mount();
  void check.control.start();
  await expect.poll(() => check.transport.microphone).not.toBeNull();
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  await expect.poll(() => openThings(check)).toBe(0);
  await expect.poll(locksHeld).toBe(0);
  expect(check.transport.disconnects).toBe(1);
  await expect.element(status).toHaveTextContent('');
  await expect.element(page.getByRole('button', { name: 'Run again' })).not.toHaveAttribute('aria-disabled');
});

test('the devices that the visitor has chosen for calls', async () => {
  localStorage.setItem('osmtalk:microphone', 'mic_7');
  const check = mount();
  void check.control.start();
  await expect.poll(() => check.asked.mock.calls.length).toBeGreaterThan(0);
  expect(check.asked.mock.calls[0]?.[0]).toMatchObject({ audio: { deviceId: { exact: 'mic_7' } } });
});

test('the site’s own words', async () => {
  const strings = { checkTitle: 'Prüfung der Verbindung' } as Partial<WidgetConfig['strings']>;
  const check = mount({ strings });
  void check.control.start();
  await expect.element(page.getByRole('heading', { name: 'Prüfung der Verbindung' })).toBeVisible();
});

test('no key, no address and no name of a device in its report', async () => {
  const check = mount({ apiKey: 'osm_secret' });
  void check.control.start();
  await expect.element(status, ended).toHaveTextContent('Everything works');
  const told = JSON.stringify(check.control.report);
  expect(told).not.toContain('osm_secret');
  expect(told).not.toContain('call_1');
  expect(told).not.toContain('api.test');
  expect(told).not.toMatch(/fake|default/i);
});
