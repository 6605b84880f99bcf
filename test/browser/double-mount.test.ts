import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { loadPanel } from '../../src/element/load-panel.js';
import type { OsmtalkEventMap } from '../../src/contract/events.js';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget } from './mount-widget.js';

// So that what is tested is the order of things, not how fast code arrives.
beforeEach(async () => {
  await loadPanel('en');
});

/** A widget that is on the page already, and everything that its calls do. */
function mount() {
  const connects: string[] = [];
  const transports: FakeTransport[] = [];
  const send: typeof fetch = (input, init) => {
    const { url } = new Request(input, init);
    if (!url.endsWith('/connect')) return Promise.resolve(json({ status: 'completed', didConnect: true }));
    connects.push(url);
    return Promise.resolve(json({ callId: `call_${connects.length}`, transport: 'fake' }));
  };
  const loader = {
    name: 'fake',
    accepts: () => true,
    load: () =>
      Promise.resolve(() => {
        const transport = new FakeTransport();
        transports.push(transport);
        return transport;
      }),
  };
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  asked.mockClear();
  const mounted = mountWidget({ fetch: send, transports: [loader] });
  return { ...mounted, connects, transports, asked };
}

/** What React's Strict Mode does to every element: effects run, are undone, and run again. */
function mountTwice(element: OsmtalkWidget, parent: ParentNode = document.body): void {
  element.remove();
  parent.append(element);
}

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Longer than the element waits for somebody to put it back. */
async function untilTornDown(
  element: OsmtalkWidget,
  ended: () => OsmtalkEventMap['osmtalk-call-end']['detail'][],
) {
  await expect.poll(ended).toHaveLength(1);
  expect(element.callState).toBe('idle');
}

async function inCall(element: OsmtalkWidget): Promise<void> {
  await expect.poll(() => element.callState).toBe('connected');
}

/** Lets everything happen that needs no frame. */
async function settle(): Promise<void> {
  for (let hops = 0; hops < 50; hops++) await Promise.resolve();
}

describe('mounted twice in one tick', () => {
  test('it has one launcher, one panel, and opens', async () => {
    const { element, details } = mount();
    mountTwice(element);
    mountTwice(element);
    element.show();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(page.getByRole('dialog').elements()).toHaveLength(1);
    expect(page.getByRole('button', { name: 'Talk to us', includeHidden: true }).elements()).toHaveLength(1);
    expect(details('osmtalk-open')).toHaveLength(1);
  });

  test('opened before, it is open once', async () => {
    const { element, details } = mount();
    element.show();
    mountTwice(element);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await frame();
    await frame();
    await frame();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(page.getByRole('button', { name: 'Start a call' }).elements()).toHaveLength(1);
    expect(details('osmtalk-open')).toHaveLength(1);
  });

  test('a call that each mount starts is one call', async () => {
    const { element, connects, details, asked } = mount();
    void element.startCall();
    mountTwice(element);
    void element.startCall();
    await inCall(element);
    await frame();
    await frame();
    await frame();
    expect(element.callState).toBe('connected');
    expect(connects).toHaveLength(1);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(details('osmtalk-call-start')).toHaveLength(1);
    expect(details('osmtalk-call-connected')).toHaveLength(1);
    expect(details('osmtalk-call-end')).toEqual([]);
  });

  test('a call that each mount starts and ends is one call at last, and nothing of the first stays', async () => {
    const { element, connects, transports, details } = mount();
    // Strict Mode with a clean-up that ends the call.
    void element.startCall();
    void element.endCall();
    mountTwice(element);
    void element.startCall();
    await inCall(element);
    const starts = details('osmtalk-call-start').length;
    expect(details('osmtalk-call-end')).toHaveLength(starts - 1);
    expect(transports.filter((transport) => transport.disconnects === 0)).toHaveLength(1);
    expect(connects.length).toBeGreaterThan(0);
  });

  test('settings of the second mount count', async () => {
    const { element, connects } = mount();
    element.remove();
    element.agentId = 'agent_2';
    document.body.append(element);
    await element.startCall();
    await inCall(element);
    expect(connects).toEqual([expect.stringContaining('/agents/agent_2/')]);
  });
});

describe('moved in the document', () => {
  async function startCall() {
    const mounted = mount();
    await mounted.element.startCall();
    await inCall(mounted.element);
    const place = document.createElement('main');
    document.body.append(place);
    return { ...mounted, place };
  }

  test.each<[string, (element: OsmtalkWidget, place: HTMLElement) => Promise<void> | void]>([
    ['in one step', (element, place) => place.append(element)],
    [
      'back and forth',
      (element, place) => [place, document.body, place].forEach((each) => each.append(element)),
    ],
    [
      'with a frame in between',
      async (element, place) => {
        element.remove();
        await frame();
        place.append(element);
      },
    ],
    [
      'into a fragment first',
      (element, place) => {
        const fragment = document.createDocumentFragment();
        fragment.append(element);
        place.append(fragment);
      },
    ],
    [
      'with all around it',
      (element, place) => {
        const wrapper = document.createElement('div');
        element.replaceWith(wrapper);
        wrapper.append(element);
        place.append(wrapper);
      },
    ],
  ])('it keeps its call: %s', async (_how, move) => {
    const { element, place, transports, details, connects } = await startCall();
    await move(element, place);
    // Longer than it would wait before it tears down.
    for (let frames = 0; frames < 12; frames++) await frame();
    expect(element.callState).toBe('connected');
    expect(transports[0]).toMatchObject({
      disconnects: 0,
      microphone: { readyState: 'live', enabled: true },
    });
    expect(details('osmtalk-call-end')).toEqual([]);
    expect(connects).toHaveLength(1);
    await expect.element(page.getByRole('button', { name: 'End call' })).toBeVisible();
    await page.getByRole('button', { name: 'End call' }).click();
    await expect.poll(() => transports[0]?.disconnects).toBe(1);
    expect(transports[0]?.microphone?.readyState).toBe('ended');
  });

  test('it still hears what the link says', async () => {
    const { element, place, transports } = await startCall();
    place.append(element);
    transports[0]?.emit({ type: 'agent-joined' });
    transports[0]?.emit({ type: 'agent-state', agentState: 'listening' });
    await expect.element(page.getByText('Listening')).toBeVisible();
  });
});

describe('removed for good', () => {
  test('it ends its call once, and closes the microphone and the link', async () => {
    const { element, transports, details } = mount();
    await element.startCall();
    await inCall(element);
    element.remove();
    await untilTornDown(element, () => details('osmtalk-call-end'));
    expect(transports[0]).toMatchObject({ disconnects: 1, microphone: { readyState: 'ended' } });
    await frame();
    expect(details('osmtalk-call-end')).toHaveLength(1);
  });

  test('it does so in a page that draws no frames too', async () => {
    vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(0);
    const { element, transports, details } = mount();
    await element.startCall();
    await inCall(element);
    element.remove();
    await untilTornDown(element, () => details('osmtalk-call-end'));
    expect(transports[0]?.disconnects).toBe(1);
    vi.mocked(globalThis.requestAnimationFrame).mockRestore();
  });

  test('before its code had arrived, it starts nothing', async () => {
    const { element, asked, details } = mount();
    void element.startCall();
    element.remove();
    for (let frames = 0; frames < 12; frames++) await frame();
    expect(asked).not.toHaveBeenCalled();
    expect(details('osmtalk-call-start')).toEqual([]);
    expect(element.callState).toBe('idle');
  });

  test('and put back much later, it begins anew: one panel, and calls that work', async () => {
    const { element, connects, details } = mount();
    await element.startCall();
    await inCall(element);
    element.remove();
    await untilTornDown(element, () => details('osmtalk-call-end'));
    document.body.append(element);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(page.getByRole('dialog').elements()).toHaveLength(1);
    await page.getByRole('button', { name: 'Start a call' }).click();
    await inCall(element);
    expect(connects).toHaveLength(2);
    element.remove();
    await expect.poll(() => details('osmtalk-call-end').length).toBe(2);
  });
});

test('out of the document in the moment its code arrives, and back before anybody noticed, it works', async () => {
  const { element } = mount();
  element.show();
  element.remove();
  await loadPanel('en');
  await settle();
  document.body.append(element);
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await element.startCall();
  await inCall(element);
});

test('a start that is taken back at once opens no microphone', async () => {
  const { element, asked, connects, details } = mount();
  const started = element.startCall();
  await element.endCall();
  await started;
  for (let frames = 0; frames < 6; frames++) await frame();
  expect(asked).not.toHaveBeenCalled();
  expect(connects).toEqual([]);
  expect(details('osmtalk-call-end')).toHaveLength(details('osmtalk-call-start').length);
  expect(['idle', 'ended']).toContain(element.callState);
});

test('two widgets side by side: each has its own panel, and the browser one call', async () => {
  const [first, second] = [mount(), mount()];
  await first.element.startCall();
  await inCall(first.element);
  await second.element.startCall();
  await expect.poll(() => second.element.callState).toBe('failed');
  expect(second.details('osmtalk-failure')).toMatchObject([{ reason: 'call-in-another-tab' }]);
  expect(second.connects).toEqual([]);
  expect(first.element.callState).toBe('connected');
});
