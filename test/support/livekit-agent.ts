import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { AudioSource, LocalAudioTrack, Room, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { hum, SAMPLE_RATE } from './hum.js';

/**
 * An agent as a process of its own, so that a test can kill it. It reads `[url, token, state]` as a line of its input, and says `there`
 * once it is in the room with its sound. It hums while it is said to speak, and is silent else.
 */
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

await hum(source, () => (state === 'speaking' ? 0.28 : 0));
