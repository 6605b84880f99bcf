import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ permissions: ['microphone'] });

function levelOf({ page }: WidgetPage, side: 'caller' | 'agent'): Promise<number> {
  const circle = page.locator(`circle[data-level=${side}]`).first();
  return circle.evaluate((each) => Number(each.getAttribute('r')) - Number(each.getAttribute('data-base')));
}

/** The devices whose sound is sent now, over every connection that is open. */
function sentLabels({ page }: WidgetPage): Promise<string[]> {
  return page.evaluate(() =>
    window.seen.peers
      .filter((peer) => peer.connectionState === 'connected')
      .flatMap((peer) => peer.getSenders().flatMap(({ track }) => (track ? [track.label] : []))),
  );
}

test('after a full reconnect the meter moves, mute is told to the room, and another microphone is sent', async ({
  widget,
  backend,
  request,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  const callId = (await widget.callId()) ?? '';
  const live = () => backend.liveCalls.get(callId);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.05);
  const peers = await widget.page.evaluate(() => window.seen.peers.length);

  await request.post(`${backend.url}/api/demo/calls/${callId}/restart-session`);
  await expect.poll(() => widget.page.evaluate(() => window.seen.peers.length)).toBeGreaterThan(peers);
  await widget.reached('connected');
  const before = live()?.facts.callerPackets ?? 0;
  await expect.poll(() => live()?.facts.callerPackets).toBeGreaterThan(before + 50);

  await expect.poll(() => levelOf(widget, 'caller'), { intervals: [100] }).toBeGreaterThan(0.5);
  await expect.poll(() => levelOf(widget, 'agent'), { intervals: [100] }).toBeGreaterThan(0.5);

  await widget.button('Mute').click();
  await expect.poll(() => live()?.faults?.callerMuted).toBe(true);
  await widget.button('Unmute').click();
  await expect.poll(() => live()?.faults?.callerMuted).toBe(false);

  await widget.page.getByText('Sound settings').click();
  const picker = widget.page.getByRole('combobox', { name: 'Microphone' });
  const option = picker.locator('option').nth(2);
  const label = (await option.textContent())?.trim() ?? '';
  expect(await sentLabels(widget)).not.toContain(label);
  await picker.selectOption({ index: 2 });
  await expect.poll(() => sentLabels(widget)).toEqual([label]);
  const { call } = await widget.diagnostics();
  expect(call?.timeline.filter(({ event }) => event === 'hint')).toEqual([]);
});
