import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

afterEach(() => vi.restoreAllMocks());

const offer = { callId: 'c1', serverUrl: 'wss://media.test', participantToken: 't' };

/** A press as the browser gives it, and only what belongs to it: Safari asks for the microphone no later than this. */
async function press(name: string): Promise<void> {
  (page.getByRole('button', { name, exact: true }).element() as HTMLElement).click();
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

test('after a refusal "Try again" asks for the microphone within the press, after the page was told of the start', async () => {
  const getUserMedia = vi
    .spyOn(navigator.mediaDevices, 'getUserMedia')
    .mockRejectedValueOnce(new DOMException('The request is not allowed', 'NotAllowedError'));
  const transport = new FakeTransport();
  const { element, details } = mountWidget({
    fetch: async () => json(offer),
    transports: [transport.loader],
  });
  await openPanel();
  await page.getByRole('button', { name: 'Start a call' }).click();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  getUserMedia.mockClear();

  // A page that prevents the start: nobody is asked.
  element.addEventListener('osmtalk-call-start', (event) => event.preventDefault(), { once: true });
  await press('Try again');
  expect(getUserMedia).not.toHaveBeenCalled();
  expect(element.callState).toBe('failed');

  const asked: string[] = [];
  element.addEventListener('osmtalk-call-start', () => asked.push('call-start'), { once: true });
  getUserMedia.mockImplementationOnce(async () => {
    asked.push('microphone');
    return new AudioContext().createMediaStreamDestination().stream;
  });
  await press('Try again');
  expect(asked).toEqual(['call-start', 'microphone']);
  await expect.poll(() => element.callState).toBe('connected');
  expect(details('osmtalk-call-start')).toHaveLength(3);
  await element.endCall();
});
