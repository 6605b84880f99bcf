import { vi } from 'vitest';
import { WidgetClient } from '../../../src/api/widget-client.js';
import type { CallPlan, CallSummary } from '../../../src/call/call-plan.js';
import { CallSession, type CallDependencies } from '../../../src/call/call-session.js';
import type { AudioLevels } from '../../../src/call/audio-watch.js';
import type { CallStatus } from '../../../src/call/call-state.js';
import { describeFailureReason } from '../../../src/failures/describe-failure-reason.js';
import type { Failure } from '../../../src/failures/failure.js';
import type { OpenMicrophoneOptions } from '../../../src/voice/microphone.js';
import type { ToolStatus, TranscriptEntry } from '../../../src/voice/transport.js';
import { fakeApi, json, type Answer } from '../api/fake-api.js';
import { FakeTransport } from '../../support/fake-transport.js';

/** A microphone that tells whether it is still on. */
export class FakeTrack extends EventTarget {
  readyState = 'live';
  muted = false;
  label = 'Fake microphone';
  enabled = true;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
  /** The device was unplugged, or its permission taken back. */
  vanish(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export interface CallSetup {
  openMicrophone?: (track: FakeTrack, options: OpenMicrophoneOptions) => Promise<FakeTrack>;
  microphonePermission?: CallDependencies['microphonePermission'];
  /** In this page, before. */
  microphoneWasRefused?: boolean;
  /** `browser`: the lock that the browser under the test has. */
  lock?: CallDependencies['lock'] | 'browser';
  /** Answer to the connect request. */
  connect?: Answer;
  /** Answer to every look at the call's record. */
  record?: Answer;
  transport?: FakeTransport;
  loadTransport?: (transport: FakeTransport) => Promise<FakeTransport>;
  describeFailure?: CallPlan['describeFailure'];
}

export const offer = json({ callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token' });
export const completed = json({ callId: 'call_1', status: 'completed', didConnect: true });

/** The platform has not seen an end. */
export const running = json({ callId: 'call_1', status: 'in_progress' });

export function failedRecord(failureReason: unknown): Answer {
  return json({ callId: 'call_1', status: 'failed', failureReason });
}

/** Nobody else is in a call. */
const FREE: CallDependencies['lock'] = {
  acquire: () => Promise.resolve('held' as const),
  takeOver: () => Promise.resolve(),
  release: () => undefined,
};

export type CallUnderTest = ReturnType<typeof setUpCall>;

/** A session whose microphone, API and link are the test's, and everything it tells. Needs fake timers. */
export function setUpCall(setup: CallSetup = {}) {
  const { connect = offer, record = completed, transport = new FakeTransport() } = setup;
  const api = fakeApi((request) => (request.method === 'POST' ? connect : record)(request));
  const tracks: FakeTrack[] = [];
  /** The steps of the start, in the order they were taken. */
  const steps: string[] = [];
  const told = {
    statuses: [] as CallStatus[],
    connected: [] as (string | null)[],
    ends: [] as CallSummary[],
    failures: [] as Failure[],
    transcript: [] as TranscriptEntry[],
    tools: [] as ToolStatus[],
    messages: [] as { id: string; text: string }[],
    persons: [] as string[],
    levels: [] as AudioLevels[],
    microphones: [] as string[],
    errors: [] as unknown[],
  };
  const dependencies = {
    openMicrophone: async (options: OpenMicrophoneOptions) => {
      steps.push('microphone');
      const track = new FakeTrack();
      tracks.push(track);
      return (await (setup.openMicrophone?.(track, options) ?? track)) as unknown as MediaStreamTrack;
    },
    loadTransport: async () => {
      steps.push('transport');
      return (await setup.loadTransport?.(transport)) ?? transport;
    },
    microphonePermission: setup.microphonePermission ?? (() => Promise.resolve('granted' as const)),
    microphoneWasRefused: () => setup.microphoneWasRefused ?? false,
    ...(setup.lock === 'browser' ? {} : { lock: setup.lock ?? FREE }),
    now: () => Date.now(),
  } satisfies Partial<CallDependencies>;
  const onStatus = vi.fn((status: CallStatus) => void told.statuses.push(status));
  const session = new CallSession(
    {
      onStatus,
      onConnected: (callId) => told.connected.push(callId),
      onEnd: (summary) => told.ends.push(summary),
      onFailure: (failure) => told.failures.push(failure),
      onTranscript: (entry) => told.transcript.push(entry),
      onToolStatus: (tool) => told.tools.push(tool),
      onMessage: (message) => told.messages.push(message),
      onHandedOver: (name) => told.persons.push(name),
      onLevels: (levels) => told.levels.push(levels),
      onMicrophoneReplaced: (label) => told.microphones.push(label),
      onError: (error) => told.errors.push(error),
    },
    dependencies,
  );
  const client = new WidgetClient({
    random: () => 0,
    fetch: (input, init) => {
      steps.push(init?.method === 'POST' ? 'connect' : 'record');
      return api.fetch(input, init);
    },
  });
  const plan: CallPlan = {
    agentId: 'agent_1',
    client,
    body: { userId: 'user_1' },
    extraLoaders: [],
    runTool: () => Promise.reject(new Error('no tools in this test')),
    describeFailure: setup.describeFailure ?? (async (reason) => describeFailureReason(reason)),
  };
  return {
    session,
    plan,
    transport,
    tracks,
    steps,
    told,
    onStatus,
    requests: api.requests,
    states: () => told.statuses.map((status) => status.callState),
    start: () => session.start(plan),
    /** Starts and waits until the link is up. */
    async startAndConnect(): Promise<void> {
      session.start(plan);
      await settle();
    },
    /** As above, with an agent that has joined and both sides heard. */
    async converse(): Promise<void> {
      session.start(plan);
      await settle();
      transport.emit({ type: 'agent-joined' });
      transport.hear();
      await vi.advanceTimersByTimeAsync(5_000);
    },
  };
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
