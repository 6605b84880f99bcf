import { Room, RoomEvent } from 'livekit-client';

/** The least that makes a call with LiveKit's own client: the yardstick for the widget. */
document.querySelector('button')?.addEventListener('click', () => void call());

async function call(): Promise<void> {
  const response = await fetch('/api/widget/agents/agent_receptionist/connect', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'osm_demo' },
    body: '{}',
  });
  const { serverUrl, participantToken } = (await response.json()) as {
    serverUrl: string;
    participantToken: string;
  };
  const room = new Room();
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
  await room.connect(serverUrl, participantToken);
  await room.localParticipant.setMicrophoneEnabled(true);
}
