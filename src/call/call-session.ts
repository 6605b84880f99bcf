import type { CallRecord } from '../api/responses.js';
import type { ConnectBody, WidgetClient } from '../api/widget-client.js';
import { classifyError } from '../failures/classify-error.js';
import { diagnoseCall } from '../failures/diagnose-call.js';
import type { Failure, FailureGuidance } from '../failures/failure.js';
import { REASON_FACTS, toFailureReason, type FailureReason } from '../failures/failure-reasons.js';
import { loadTransport } from '../voice/load-transport.js';
import { openMicrophone } from '../voice/microphone.js';
import type {
  LinkEnd,
  ToolStatus,
  TranscriptEntry,
  TransportEvent,
  TransportLoader,
} from '../voice/transport.js';
import { VoiceError } from '../voice/voice-error.js';
import { CallAttempt } from './call-attempt.js';
import type { AudioLevels } from './audio-watch.js';
import { IDLE, isActive, isLive, transition, type CallEvent, type CallStatus } from './call-state.js';
import { readOutcome } from './read-outcome.js';
import { withinMs } from './within-ms.js';

/** The agent must be there within this time of the link coming up; the platform's own limit is the same. */
const AGENT_JOIN_LIMIT_MS = 15_000;

/** An agent that vanished may be restarted by the platform; after this it will not come back. */
const AGENT_RETURN_LIMIT_MS = 8_000;

/** A call that the visitor ended sooner than this after the link came up was a change of mind, not a failure. */
const CHANGE_OF_MIND_MS = 3_000;

/** How long the visitor waits for the platform's reason before the page shows its own. A late one still corrects the card. */
const RECORD_PATIENCE_MS = 4_000;

export interface CallPlan {
  agentId: string;
  client: WidgetClient;
  body: ConnectBody;
  extraLoaders: readonly TransportLoader[];
  /** The words for a reason. They are fetched meanwhile: a call that works never needs them. */
  describeFailure: (reason: FailureReason) => Promise<FailureGuidance>;
}

export interface CallSummary {
  callId: string | null;
  durationSeconds: number;
  connected: boolean;
  failure: Failure | null;
}

export interface CallListener {
  onStatus(status: CallStatus): void;
  onConnected(callId: string | null): void;
  /** Exactly once for every `start()` that returned true. */
  onEnd(summary: CallSummary): void;
  onFailure(failure: Failure): void;
  onTranscript(entry: TranscriptEntry): void;
  onToolStatus(tool: ToolStatus): void;
  onLevels(levels: AudioLevels): void;
  /** Something for the site owner's logs; the call's own handling is done elsewhere. */
  onError(error: unknown): void;
}

export interface CallDependencies {
  openMicrophone: typeof openMicrophone;
  loadTransport: typeof loadTransport;
  now: () => number;
}

type EndedBy = 'visitor' | 'error' | LinkEnd;

interface Verdict {
  connected: boolean;
  /** `null`: the call ended as calls do. */
  reason: FailureReason | null;
  source: Failure['source'];
}

/** Runs one call at a time: microphone first, so that a refusal costs nothing, then connect, then the media link. */
export class CallSession {
  #status: CallStatus = IDLE;
  #attempt: CallAttempt | null = null;
  readonly #listener: CallListener;
  readonly #deps: CallDependencies;

  constructor(listener: CallListener, dependencies: Partial<CallDependencies> = {}) {
    this.#listener = listener;
    this.#deps = { openMicrophone, loadTransport, now: () => performance.now(), ...dependencies };
  }

  get status(): CallStatus {
    return this.#status;
  }

  /** Starts a call; false when one is under way already. */
  start(plan: CallPlan): boolean {
    if (isActive(this.#status.callState)) return false;
    this.#attempt?.forget();
    const attempt = new CallAttempt(plan, (levels) => this.#listener.onLevels(levels));
    this.#attempt = attempt;
    this.#apply({ type: 'start' });
    void this.#run(attempt);
    return true;
  }

  /** Ends the call at whatever point it is. Resolves when the microphone is released and the outcome is known. */
  async end(): Promise<void> {
    if (this.#attempt && isActive(this.#status.callState)) await this.#finish(this.#attempt, 'visitor');
  }

  async setMuted(muted: boolean): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt || !isActive(this.#status.callState)) return;
    // Silence first: the track is the truth, the link only tells the other side.
    if (attempt.microphone) attempt.microphone.enabled = !muted;
    this.#apply({ type: 'muted', muted });
    await attempt.transport?.setMuted(muted).catch((error: unknown) => this.#listener.onError(error));
  }

  /** Hands typed text to the live agent; false when no call can take it. */
  async sendText(text: string): Promise<boolean> {
    const transport = this.#attempt?.transport;
    if (!transport || this.#status.callState !== 'connected' || !this.#status.agentJoined) return false;
    await transport.sendText(text);
    return true;
  }

  async startPlayback(): Promise<void> {
    await this.#attempt?.transport?.startPlayback();
  }

  /** Forgets the last call, e.g. when its card is dismissed. A running call goes on. */
  reset(): void {
    if (isActive(this.#status.callState)) return;
    this.#attempt?.forget();
    this.#apply({ type: 'reset' });
  }

  /** Leaves at once, without asking for an outcome: the page or the element is going away. */
  dispose(): void {
    const attempt = this.#attempt;
    if (!attempt) return;
    if (isActive(this.#status.callState)) {
      const seconds = this.#seconds();
      this.#apply({ type: 'end', durationSeconds: seconds });
      this.#settle(attempt, attempt.watch.heard.agent, null);
    }
    attempt.forget();
    void attempt.releaseNow();
    this.#attempt = null;
  }

  async #run(attempt: CallAttempt): Promise<void> {
    const { plan, signal } = attempt;
    try {
      attempt.microphone = await this.#deps.openMicrophone({ signal });
      signal.throwIfAborted();
      this.#apply({ type: 'microphone-granted' });
      const offer = await plan.client.connect(plan.agentId, plan.body, { signal });
      signal.throwIfAborted();
      attempt.callId = offer.callId;
      this.#apply({ type: 'connect-answered', callId: offer.callId });
      const transport = await this.#deps.loadTransport(offer, plan.extraLoaders);
      signal.throwIfAborted();
      attempt.transport = transport;
      await transport.connect({
        microphone: attempt.microphone,
        signal,
        onEvent: (event) => this.#onTransport(attempt, event),
      });
      signal.throwIfAborted();
      this.#onLinkUp(attempt);
    } catch (error) {
      if (!signal.aborted) return this.#finish(attempt, 'error', error);
      // What was granted in the very moment of giving up is given back too.
      await attempt.release();
    }
  }

  #onLinkUp(attempt: CallAttempt): void {
    this.#apply({ type: 'link-up', atMs: this.#deps.now() });
    attempt.watch.start();
    // Publishing may have switched on a track that the visitor muted meanwhile.
    if (this.#status.muted) void this.setMuted(true);
    if (!this.#status.agentJoined)
      attempt.expectAgent(AGENT_JOIN_LIMIT_MS, () => this.#onAgentMissing(attempt));
    this.#listener.onConnected(attempt.callId);
  }

  #onAgentMissing(attempt: CallAttempt): void {
    void this.#finish(
      attempt,
      'error',
      new VoiceError('agent-never-joined', `No agent within ${AGENT_JOIN_LIMIT_MS} ms`),
    );
  }

  #onTransport(attempt: CallAttempt, event: TransportEvent): void {
    if (attempt !== this.#attempt || attempt.over) return;
    switch (event.type) {
      case 'transcript':
        return this.#listener.onTranscript(event.entry);
      case 'tool-status':
        return this.#listener.onToolStatus(event.tool);
      case 'agent-joined':
        attempt.agentSeen = true;
        attempt.agentArrived();
        return this.#apply(event);
      case 'agent-left':
        attempt.expectAgent(AGENT_RETURN_LIMIT_MS, () => void this.#finish(attempt, 'remote'));
        return this.#apply(event);
      case 'disconnected':
        return void this.#finish(attempt, event.end);
      default:
        return this.#apply(event);
    }
  }

  async #finish(attempt: CallAttempt, endedBy: EndedBy, error?: unknown): Promise<void> {
    if (attempt.over) return attempt.finishing;
    attempt.over = true;
    attempt.finishing = this.#finishOnce(attempt, endedBy, error).catch((fault: unknown) => {
      this.#listener.onError(fault);
      return this.#conclude(attempt, { connected: false, reason: 'unknown', source: 'device' });
    });
    return attempt.finishing;
  }

  async #finishOnce(attempt: CallAttempt, endedBy: EndedBy, error: unknown): Promise<void> {
    const { callState, connectedAtMs } = this.#status;
    const liveMs = connectedAtMs === null ? null : this.#deps.now() - connectedAtMs;
    // A start is given up before anybody hears of it; a live link is measured once more before it is left.
    if (!isLive(callState)) attempt.abort.abort();
    this.#apply({ type: 'end', durationSeconds: this.#seconds() });
    if (error !== undefined) this.#listener.onError(error);
    await attempt.release();

    const { agent: agentHeard } = attempt.watch.heard;
    const visitorChose =
      endedBy === 'visitor' && (agentHeard || liveMs === null || liveMs < CHANGE_OF_MIND_MS);
    if (visitorChose) return this.#settle(attempt, agentHeard, null);

    const own = ownReason(attempt, endedBy, error);
    const callId = attempt.callId;
    // Before the link was up the page knows better than a record that says, at most, that nobody came.
    if (callId === null || !isLive(callState))
      return this.#conclude(attempt, verdict(null, own, agentHeard, endedBy));

    const reading = readOutcome({ client: attempt.plan.client, callId, signal: attempt.outcomeSignal });
    const record = await withinMs(reading, RECORD_PATIENCE_MS, attempt.outcomeSignal);
    await this.#conclude(attempt, verdict(record, own, agentHeard, endedBy));
    if (!record) void reading.then((late) => this.#correct(attempt, late));
  }

  /** A record that came after the card: the card is corrected in place. */
  async #correct(attempt: CallAttempt, record: CallRecord | null): Promise<void> {
    if (record?.status !== 'failed') return;
    const reason = toFailureReason(record.failureReason);
    if (reason === 'unknown') return;
    const failure = await this.#describe(attempt, reason, 'server');
    if (
      attempt !== this.#attempt ||
      this.#status.callState !== 'failed' ||
      reason === this.#status.failure?.reason
    )
      return;
    this.#apply({ type: 'failed', failure });
    this.#listener.onFailure(failure);
  }

  async #conclude(attempt: CallAttempt, { connected, reason, source }: Verdict): Promise<void> {
    this.#settle(attempt, connected, reason && (await this.#describe(attempt, reason, source)));
  }

  /** A call ends even when nobody finds words for it. */
  async #describe(attempt: CallAttempt, reason: FailureReason, source: Failure['source']): Promise<Failure> {
    try {
      return { ...(await attempt.plan.describeFailure(reason)), reason, source };
    } catch (fault) {
      this.#listener.onError(fault);
      return { title: reason, cause: '', whatToTry: '', ...REASON_FACTS[reason], reason, source };
    }
  }

  #settle(attempt: CallAttempt, connected: boolean, failure: Failure | null): void {
    if (attempt.concluded) return;
    attempt.concluded = true;
    this.#apply(failure ? { type: 'failed', failure } : { type: 'ended' });
    if (failure) this.#listener.onFailure(failure);
    this.#listener.onEnd({
      callId: attempt.callId,
      durationSeconds: this.#status.durationSeconds,
      connected,
      failure,
    });
  }

  #seconds(): number {
    const { connectedAtMs } = this.#status;
    return connectedAtMs === null ? 0 : Math.round((this.#deps.now() - connectedAtMs) / 100) / 10;
  }

  #apply(event: CallEvent): void {
    const next = transition(this.#status, event);
    if (next === this.#status) return;
    this.#status = next;
    this.#listener.onStatus(next);
  }
}

/** What the page itself knows of why the call is over. */
function ownReason(attempt: CallAttempt, endedBy: EndedBy, error: unknown): FailureReason {
  if (endedBy === 'error') return classifyError(error) ?? 'unknown';
  if (endedBy === 'lost') return 'connection-lost';
  if (endedBy === 'replaced') return 'call-in-another-tab';
  const { agent, caller } = attempt.watch.heard;
  return diagnoseCall({ agentJoined: attempt.agentSeen, agentHeard: agent, callerHeard: caller });
}

/** The platform's reason when it gives one, else what the page measured. */
function verdict(
  record: CallRecord | null,
  own: FailureReason,
  agentHeard: boolean,
  endedBy: EndedBy,
): Verdict {
  const stated = record?.status === 'failed' ? toFailureReason(record.failureReason) : null;
  // The record's `didConnect` is true as soon as the agent was in the session; the visitor counts what they heard.
  const connected = agentHeard;
  if (stated !== null && stated !== 'unknown') return { connected, reason: stated, source: 'server' };
  // The agent hung up after a conversation: that is how calls end.
  if (stated === null && agentHeard && (endedBy === 'remote' || own === 'unknown'))
    return { connected, reason: null, source: 'device' };
  return { connected, reason: own, source: own === 'unknown' && record ? 'server' : 'device' };
}
