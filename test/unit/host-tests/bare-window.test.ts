import { JSDOM, VirtualConsole } from 'jsdom';
import { rolldown } from 'rolldown';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

/** Jest gives a test the globals of jsdom and none of Node's: no `fetch`, no streams, no `BroadcastChannel`. */
let code = '';
let window: JSDOM['window'];
const faults: unknown[] = [];
const note = (fault: unknown): void => void faults.push(fault);

beforeAll(async () => {
  const build = await rolldown({ input: 'src/index.ts', platform: 'browser' });
  const { output } = await build.generate({ format: 'iife', name: 'osmtalk', codeSplitting: false });
  code = output[0].code;
});

beforeEach(() => {
  faults.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(() => {
  window.close();
  process.off('unhandledRejection', note);
});

it.each([false, true])('lives in a window of jsdom, pretendToBeVisual: %s', async (pretendToBeVisual) => {
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('jsdomError', note).on('error', note);
  ({ window } = new JSDOM('<!doctype html><main></main>', {
    url: 'https://app.example/',
    runScripts: 'outside-only',
    pretendToBeVisual,
    virtualConsole,
  }));
  window.eval(code);
  const { document } = window;
  const widget = document.createElement('osmtalk-widget');
  widget.setAttribute('agent-id', 'agent_1');
  widget.setAttribute('api-key', 'osm_1');
  document.querySelector('main')?.append(widget);
  const shadow = widget.shadowRoot as ShadowRoot;
  shadow.querySelector<HTMLElement>('button[part=launcher]')?.click();
  await vi.waitFor(() => expect(shadow.querySelector('[role=dialog]')).not.toBeNull(), 20_000);
  // There is no fetch to send it with: that is told in the conversation, and nowhere else.
  await widget.sendMessage('Hello');
  await vi.waitFor(
    () => expect(shadow.querySelector('[role=log]')?.textContent).toContain('Try again'),
    20_000,
  );
  await widget.startCall();
  await vi.waitFor(() => expect(widget.callState).toBe('failed'), 20_000);
  expect(await widget.runPreflight()).toMatchObject({ ok: false });
  expect(await widget.getDiagnostics()).not.toBeNull();
  widget.close();
  widget.remove();
  const removedAt = Date.now();
  await vi.waitFor(() => expect(Date.now() - removedAt).toBeGreaterThan(200), 20_000);
  expect(faults).toEqual([]);
});
