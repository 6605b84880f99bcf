import { vi } from 'vitest';
import { WidgetClient } from '../../../src/api/widget-client.js';
import {
  CallSession,
  type CallDependencies,
  type CallPlan,
  type CallSummary,
} from '../../../src/call/call-session.js';
import type { AudioLevels } from '../../../src/call/audio-watch.js';
import type { CallStatus } from '../../../src/call/call-state.js';
import { describeFailureReason } from '../../../src/failures/describe-failure-reason.js';
import type { Failure } from '../../../src/failures/failure.js';
import type { ToolStatus, TranscriptEntry } from '../../../src/voice/transport.js';
import { fakeApi, json, type Answer } from '../api/fake-api.js';
import { FakeTransport } from './fake-transport.js';

/** A microphone that tells whether it is still on. */
export class FakeTrack {
  enabled = true;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

export interface CallSetup {
  openMicrophone?: (track: FakeTrack) => Promise<FakeTrack>;
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

export function failedRecord(failureReason: unknown): Answer {
  return json({ callId: 'call_1', status: 'failed', failureReason });
}

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
    levels: [] as AudioLevels[],
    errors: [] as unknown[],
  };
  const dependencies = {
    openMicrophone: async () => {
      steps.push('microphone');
      const track = new FakeTrack();
      tracks.push(track);
      return (await (setup.openMicrophone?.(track) ?? track)) as unknown as MediaStreamTrack;
    },
    loadTransport: async () => {
      steps.push('transport');
      return (await setup.loadTransport?.(transport)) ?? transport;
    },
    now: () => Date.now(),
  } satisfies CallDependencies;
  const onStatus = vi.fn((status: CallStatus) => void told.statuses.push(status));
  const session = new CallSession(
    {
      onStatus,
      onConnected: (callId) => told.connected.push(callId),
      onEnd: (summary) => told.ends.push(summary),
      onFailure: (failure) => told.failures.push(failure),
      onTranscript: (entry) => told.transcript.push(entry),
      onToolStatus: (tool) => told.tools.push(tool),
      onLevels: (levels) => told.levels.push(levels),
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
