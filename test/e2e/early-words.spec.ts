import { ParticipantUpdate, SignalResponse } from '@livekit/protocol';
import { speechLine } from '../../demo/backend/speech/speech-lines.js';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/**
 * Who has come is told by the room's WebSocket, what they say by a data channel: on a slow phone, or while the browser is
 * still connecting, the words are there first.
 */
test.use({ permissions: ['microphone'], timings: { longestLineMs: 2_000 } });

/** Keeps back who comes into the room; resolves to what lets all of it through. */
async function holdArrivals(widget: WidgetPage): Promise<() => void> {
  const held: (() => void)[] = [];
  let isHeld = true;
  await widget.page.routeWebSocket(/\/rtc/, (page) => {
    const server = page.connectToServer();
    const send = (response: SignalResponse): void => page.send(Buffer.from(response.toBinary()));
    server.onMessage((bytes) => {
      const response = SignalResponse.fromBinary(Buffer.from(bytes));
      const { message } = response;
      if (isHeld && message.case === 'join') {
        const participants = message.value.otherParticipants;
        message.value.otherParticipants = [];
        const value = new ParticipantUpdate({ participants });
        held.push(() => send(new SignalResponse({ message: { case: 'update', value } })));
      }
      if (isHeld && message.case === 'update') held.push(() => send(response));
      else send(response);
    });
  });
  return () => {
    isHeld = false;
    for (const send of held.splice(0)) send();
  };
}

async function finalLines(widget: WidgetPage): Promise<string[]> {
  const entries = await widget.details('osmtalk-transcript');
  return entries.filter(({ final, role }) => final && role === 'agent').map(({ text }) => text);
}

test('LiveKit: what an agent says before the room has told of it is not lost, and comes in its order', async ({
  widget,
  backend,
}) => {
  const letThrough = await holdArrivals(widget);
  await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
  await widget.button('Start a call').click();
  await expect.poll(() => widget.callId()).not.toBeNull();
  const callId = (await widget.callId()) ?? '';
  await expect.poll(() => backend.liveCalls.get(callId)?.facts.agentVoicedFrames).toBeGreaterThan(25);
  expect(await finalLines(widget)).toEqual([]);
  letThrough();
  await expect.poll(() => finalLines(widget)).toContain(speechLine('welcome').text);
  await expect(widget.log).toContainText(speechLine('welcome').text);
});
