import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { readServerAddress } from '../../demo/backend/livekit-server/server-address.js';
import { participantGrant, signToken } from '../../demo/backend/livekit/token.js';
import { expect, test } from '../support/backend-fixture.js';

/** Needs a real server, whose rooms hold more than two: `npm run test:livekit`. */
const server = readServerAddress(process.env);

const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 50;

// The agent that leaves is not found by the sweeper before the test is over.
test.use({
  permissions: ['microphone'],
  timings: { longestLineMs: 2_000, sweepMs: 120_000, startWindowMs: 120_000 },
});

test.beforeEach(() => test.skip(!server, 'only with a LiveKit server'));

/** A person with a tone for a voice, by LiveKit's own SDK. */
class Person {
  readonly room = new Room();
  readonly texts: string[] = [];
  readonly #source = new AudioSource(SAMPLE_RATE, 1, 100);
  #left = false;

  async join(roomName: string, name: string): Promise<void> {
    if (!server) throw new Error('no server');
    const claims = { identity: `person_${name}`, name, video: participantGrant(roomName) };
    this.room.registerTextStreamHandler('lk.chat', (reader) => {
      void reader.readAll().then((text) => this.texts.push(text));
    });
    await this.room.connect(server.socketUrl, signToken(claims, server), {
      autoSubscribe: true,
      dynacast: false,
    });
    const track = LocalAudioTrack.createAudioTrack('voice', this.#source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await this.room.localParticipant?.publishTrack(track, options);
    void this.#hum();
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.room.disconnect();
    await this.#source.close();
  }

  async #hum(): Promise<void> {
    for (let sent = 0; !this.#left; sent += 1) {
      const frame = AudioFrame.create(SAMPLE_RATE, 1, FRAME);
      for (let i = 0; i < FRAME; i += 1)
        frame.data[i] = Math.round(Math.sin((2 * Math.PI * 440 * (sent * FRAME + i)) / SAMPLE_RATE) * 9_000);
      try {
        await this.#source.captureFrame(frame);
      } catch {
        return;
      }
    }
  }
}

test('LiveKit: the agent hands the call to a person and leaves: they are heard, named, written to, and it ends with them', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
  await widget.startCall();
  const callId = (await widget.callId()) ?? '';
  await expect.poll(async () => (await widget.energy()).heard, { timeout: 20_000 }).toBeGreaterThan(0.01);
  const grace = new Person();
  try {
    await grace.join(callId, 'Grace');
    backend.liveCalls.get(callId)?.crash();
    await expect(widget.log).toContainText('You are talking to Grace', { timeout: 20_000 });
    const { heard } = await widget.energy();
    const goneAt = performance.now();
    // Longer than an agent is waited for.
    await expect.poll(() => performance.now() - goneAt, { timeout: 20_000 }).toBeGreaterThan(10_000);
    expect((await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
    await expect(widget.page.getByText('Speaking', { exact: true })).toBeVisible();
    await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello Grace');
    await widget.button('Send').click();
    await expect.poll(() => grace.texts).toEqual(['Hello Grace']);
    expect(await widget.details('osmtalk-call-end')).toEqual([]);
  } finally {
    await grace.leave();
  }
  await widget.reached('ended');
  expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
});

test('LiveKit: an agent that says goodbye and leaves its room open has ended the call soon', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_idle' });
  await widget.startCall();
  const callId = (await widget.callId()) ?? '';
  await expect
    .poll(
      () =>
        widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).agentState),
      {
        timeout: 20_000,
      },
    )
    .toBe('listening');
  backend.liveCalls.get(callId)?.crash();
  const leftAt = Date.now();
  await widget.reached('ending');
  expect(Date.now() - leftAt).toBeLessThan(6_000);
});

for (const state of ['speaking', 'listening']) {
  test(`LiveKit: an agent whose process is killed while it is ${state} is told of within 20 s, and nobody's microphone is blamed`, async ({
    widget,
  }) => {
    if (!server) return;
    const args = ['--import', 'tsx', 'test/support/livekit-agent.ts'];
    const agent = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(agent.stdout, 'data');
    // Its place is free for the agent of the test.
    await widget.visitAndOpen({ 'agent-id': 'agent_never_joins' });
    await widget.startCall();
    const room = (await widget.callId()) ?? '';
    const video = { ...participantGrant(room), canUpdateOwnMetadata: true };
    const token = signToken({ identity: 'worker', name: 'Agent', kind: 'agent', video }, server);
    agent.stdin.write(`${JSON.stringify([server.socketUrl, token, state])}\n`);
    try {
      await expect
        .poll(async () => (await widget.diagnostics()).call?.timeline.map(({ detail }) => detail), {
          timeout: 20_000,
        })
        .toContain(state);
      await expect
        .poll(async () => (await widget.diagnostics()).call?.audio.agentPackets)
        .toBeGreaterThan(50);
      agent.kill('SIGKILL');
      const killedAt = Date.now();
      await expect(widget.page.getByText('The connection to the assistant is weak')).toBeVisible({
        timeout: 15_000,
      });
      await widget.reached('failed');
      expect(Date.now() - killedAt).toBeLessThan(20_000);
      expect(await widget.details('osmtalk-failure')).toMatchObject([
        { reason: 'stale_sweep', likelyBlame: 'platform' },
      ]);
      const { call } = await widget.diagnostics();
      expect(call?.timeline.filter(({ event }) => event === 'hint')).toEqual([]);
    } finally {
      agent.kill('SIGKILL');
    }
  });
}
