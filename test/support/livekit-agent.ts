import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

/**
 * An agent as a process of its own, so that a test can kill it. It reads `[url, token, state]` as a line of its input, and says `there`
 * once it is in the room with its sound. It hums while it is said to speak, and is silent else.
 */
const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 50;

const [line] = (await once(createInterface(process.stdin), 'line')) as [string];
const [url, token, state] = JSON.parse(line) as [string, string, string];
const room = new Room();
const source = new AudioSource(SAMPLE_RATE, 1, 100);
await room.connect(url, token, { autoSubscribe: true, dynacast: false });
await room.localParticipant?.setAttributes({ 'lk.agent.state': state });
const track = LocalAudioTrack.createAudioTrack('agent', source);
const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
await room.localParticipant?.publishTrack(track, options);
process.stdout.write('there\n');

const loudness = state === 'speaking' ? 9_000 : 0;
for (let sent = 0; ; sent += 1) {
  const frame = AudioFrame.create(SAMPLE_RATE, 1, FRAME);
  for (let i = 0; i < FRAME; i += 1)
    frame.data[i] = Math.round(Math.sin((2 * Math.PI * 440 * (sent * FRAME + i)) / SAMPLE_RATE) * loudness);
  await source.captureFrame(frame);
}
