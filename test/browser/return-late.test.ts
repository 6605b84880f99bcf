import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { RESUMABLE_CALL_KEY } from '../../src/visitor/stored-keys.js';
import { mountWidget, openPanel, twoFrames } from './mount-widget.js';

const SERVER = 'wss://media.test';

/** As the page before this one left it, in a call. */
function holdCall(agentId: string): void {
  const offer = { callId: 'call_1', serverUrl: SERVER, participantToken: 'token' };
  const held = { agentId, baseUrl: 'https://api.test', user: '', leftAt: Date.now(), offer };
  sessionStorage.setItem(RESUMABLE_CALL_KEY, JSON.stringify(held));
  localStorage.setItem('osmtalk:media-servers', `https://api.test ${SERVER}`);
}

const back = page.getByRole('button', { name: 'Return to your call' });
const launcher = page.getByRole('button', { name: 'Talk to us' });

test('a page that names its agent late gets the call back that it was in', async () => {
  holdCall('agent_2');
  const { element } = mountWidget({ persist: 'session' });
  // The code of calls has come, and has looked for one.
  await openPanel();
  await import('../../src/panel/call/index.js');
  await twoFrames();
  element.open = false;
  await expect.element(launcher).toBeVisible();
  element.agentId = 'agent_2';
  await expect.element(back).toBeVisible();
});

test('a widget that becomes another one leaves the call to who was in it', async () => {
  holdCall('agent_1');
  const { element } = mountWidget({ persist: 'session' });
  await expect.element(back).toBeVisible();
  element.agentId = 'agent_2';
  await expect.element(launcher).toBeVisible();
  element.agentId = 'agent_1';
  await expect.element(back).toBeVisible();
});

test('of two widgets the one that was in the call offers it', async () => {
  holdCall('agent_2');
  mountWidget({ persist: 'session' });
  mountWidget({ persist: 'session', agentId: 'agent_2' });
  await expect.element(back).toBeVisible();
  expect(back.elements()).toHaveLength(1);
});

test('a page that is left before anybody went back keeps the call for the next one, and offers it when it is shown again', async () => {
  holdCall('agent_1');
  const { element } = mountWidget({ persist: 'session' });
  await expect.element(back).toBeVisible();
  dispatchEvent(new PageTransitionEvent('pagehide'));
  // What a page does as it goes away.
  element.heading = 'Goodbye';
  await twoFrames();
  expect(sessionStorage.getItem(RESUMABLE_CALL_KEY)).toContain('call_1');
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await expect.poll(() => sessionStorage.getItem(RESUMABLE_CALL_KEY)).toBeNull();
  await expect.element(back).toBeVisible();
});
