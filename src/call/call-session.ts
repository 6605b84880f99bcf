import type { CallOffer } from '../wire/call-offer.js';
import type { CallRecord } from '../wire/call-record.js';
import type { Failure } from '../failures/failure.js';
import { toFailureReason, type FailureReason } from '../failures/failure-reasons.js';
import { FirstWords } from '../voice/first-words.js';
import { loadTransport } from '../voice/load-transport.js';
import { microphonePermission } from '../voice/microphone-permission.js';
import { microphoneWasRefused, openMicrophone } from '../voice/microphone.js';
import type { TransportEvent, VoiceTransport } from '../voice/transport.js';
import { VoiceError } from '../voice/voice-error.js';
import type { AudioLevels } from './audio-watch.js';
import type { CallTrace } from './call-timeline.js';
import { AgentPresence } from './agent-presence.js';
import { CallAttempt, type Leave, type OpenMeter } from './call-attempt.js';
import { CallLock } from './call-lock.js';
import { CALL_LIMITS } from './call-limits.js';
import type { CallListener, CallPlan } from './call-plan.js';
import { IDLE, isActive, isLive, type CallStatus } from './call-state.js';
import { isUnderWay, liveSeconds, transition, type CallEvent } from './call-transition.js';
import { enterCall } from './enter-call.js';
import type { EndedBy, CallOutcome } from './call-outcome.js';
import { resolveOutcome } from './resolve-outcome.js';
import { toFailure } from './to-failure.js';
import { openMeter } from './open-meter.js';

export interface CallDependencies {
  openMicrophone: typeof openMicrophone;
  microphoneWasRefused: typeof microphoneWasRefused;
  microphonePermission: typeof microphonePermission;
  loadTransport: typeof loadTransport;
  lock: Pick<CallLock, 'acquire' | 'takeOver' | 'release'>;
  now: () => number;
  openMeter: OpenMeter;
}

/**
 * Runs one call at a time: first the microphone, so that a refusal costs no connect request, then connect, then the media
 * connection.
 */
export class CallSession {
  #status: CallStatus = IDLE;
  #attempt: CallAttempt | null = null;
  readonly #listener: CallListener;
  readonly #deps: CallDependencies;
  readonly #presence: AgentPresence;
  readonly #report = (error: unknown): void => this.#listener.onError(error);

  constructor(listener: CallListener, dependencies: Partial<CallDependencies> = {}) {
    this.#listener = listener;
    this.#deps = {
      openMicrophone,
      microphoneWasRefused,
      microphonePermission,
      loadTransport,
      lock: new CallLock({ onTakenOver: () => void this.end('replaced') }),
      now: () => performance.now(),
      openMeter,
      ...dependencies,
    };
    this.#presence = new AgentPresence({
      status: () => this.#status,
      apply: (event) => this.#apply(event),
      finish: (attempt, error) => void this.#finish(attempt, error ? 'error' : 'remote', error),
      now: this.#deps.now,
    });
  }

  get status(): CallStatus {
    return this.#status;
  }

  /** The answer of connect for the current or the last call; `null` before that answer. */
  get offer(): CallOffer | null {
    return this.#attempt?.offer ?? null;
  }

  /** The trace of the current or the last call; `null` before the first one, and after `dispose()` or `leaveOpen()`. */
  get trace(): CallTrace | null {
    return this.#attempt?.trace ?? null;
  }

  /** Starts a call and returns true; returns false when a call is under way already. Failures are reported to the listener. */
  start(plan: CallPlan): boolean {
    if (isActive(this.#status.callState)) return false;
    this.#attempt?.forget();
    const attempt: CallAttempt = new CallAttempt({
      plan,
      openMicrophone: this.#deps.openMicrophone,
      onLevels: (levels) => this.#onLevels(attempt, levels),
      now: this.#deps.now,
      openMeter: this.#deps.openMeter,
      microphone: {
        onReplace: (track) => this.#sendMicrophone(attempt, track),
        onFellOver: (label) => this.#listener.onMicrophoneReplaced?.(label),
        onLost: (error) => void this.#finish(attempt, 'error', error),
      },
    });
    this.#attempt = attempt;
    this.#apply({ type: 'start' });
    void this.#run(attempt);
    return true;
  }

  /** Ends the call in any state. Resolves when the microphone is released and the outcome is known; at once when no call runs. */
  async end(endedBy: EndedBy = 'visitor'): Promise<void> {
    if (this.#attempt && isActive(this.#status.callState)) await this.#finish(this.#attempt, endedBy);
  }

  async setMuted(muted: boolean): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt || !isUnderWay(this.#status.callState)) return;
    // The track is disabled first, which alone silences the visitor; the transport only informs the other side.
    attempt.microphone.setMuted(muted);
    // Speech that was recorded before the agent joined and is not sent yet must not be heard after muting.
    if (muted) attempt.firstWords?.discard();
    this.#apply({ type: 'muted', muted });
    await attempt.transport?.setMuted(muted).catch(this.#report);
  }

  /** Switches to another microphone. When that fails, the present one stays and `onError` gets the error; never rejects. */
  async useMicrophone(deviceId: string | undefined): Promise<void> {
    if (!isLive(this.#status.callState)) return;
    await this.#attempt?.microphone.use(deviceId).catch(this.#report);
  }

  async setSpeaker(deviceId: string): Promise<void> {
    await this.#attempt?.transport?.setSpeaker(deviceId).catch(this.#report);
  }

  setVolume(volume: number): void {
    this.#attempt?.transport?.setVolume(volume);
  }

  /**
   * Sends typed text to the agent and resolves with true; with false when no connected agent can take it. Rejects when the
   * transport does.
   */
  async sendText(text: string): Promise<boolean> {
    const attempt = this.#attempt;
    if (!attempt?.transport || this.#status.callState !== 'connected' || !this.#status.agentJoined)
      return false;
    await attempt.transport.sendText(text);
    return (attempt.hasTyped = true);
  }

  /** Tells the agent something that the visitor has not said. Resolves with whether a connected agent takes it; never rejects. */
  async sendContext(context: string): Promise<boolean> {
    if (this.#status.callState !== 'connected' || !this.#status.agentJoined) return false;
    // A transport that the site has added, or code that could not be loaded, may reject.
    return (await this.#attempt?.transport?.sendContext?.(context).catch(() => false)) ?? false;
  }

  async startPlayback(): Promise<void> {
    await this.#attempt?.transport?.startPlayback().catch(this.#report);
  }

  /** Forgets the last call, e.g. when its card is dismissed. A running call is left alone. */
  reset(): void {
    if (isActive(this.#status.callState)) return;
    this.#attempt?.forget();
    this.#apply({ type: 'reset' });
  }

  /** Ends the call at once, without reading its outcome, for a page or an element that is going away. */
  dispose(): void {
    this.#leaveAt('goodbye');
  }

  /**
   * As `dispose`, but leaves a live call resumable where its transport can. Returns that call's offer for the next page to resume
   * it, else `null`.
   */
  leaveOpen(): CallOffer | null {
    const attempt = this.#attempt;
    const offer = isLive(this.#status.callState) && attempt?.isResumable ? attempt.offer : null;
    this.#leaveAt(offer ? 'leave-open' : 'goodbye');
    return offer;
  }

  #leaveAt(leave: Leave): void {
    const attempt = this.#attempt;
    if (!attempt) return;
    if (isActive(this.#status.callState)) {
      this.#apply({ type: 'end', durationSeconds: liveSeconds(this.#status, this.#deps.now()) });
      this.#settle(attempt, attempt.watch.heard.agent, null);
    }
    attempt.forget();
    void attempt.releaseNow(leave);
    this.#deps.lock.release();
    this.#attempt = null;
  }

  async #run(attempt: CallAttempt): Promise<void> {
    const { plan, signal } = attempt;
    const open = (): Promise<MediaStreamTrack> => attempt.microphone.open(signal, plan.microphoneId);
    // After a refusal only a request within the press makes the browser ask again, and the waits below would end the press. In
    // all other cases the lock comes first: a call in another tab of a phone loses its microphone when this page opens one.
    const opening = this.#deps.microphoneWasRefused() ? open() : null;
    // Its rejection is handled where `opening` is awaited below.
    opening?.catch(() => undefined);
    try {
      await this.#takeTurn(attempt);
      // The panel explains the browser's prompt while it is shown; a visitor who has decided before does not see the explanation.
      const permission = await this.#deps.microphonePermission();
      signal.throwIfAborted();
      this.#apply({ type: 'prompting', prompting: permission === 'prompt' || permission === 'unknown' });
      const track = await (opening ?? open());
      signal.throwIfAborted();
      attempt.firstWords = FirstWords.record(track);
      this.#apply({ type: 'microphone-granted' });
      await enterCall(attempt, {
        loadTransport: this.#deps.loadTransport,
        onAnswer: ({ callId }) => this.#apply({ type: 'connect-answered', callId }),
        onTransport: (event, from) => this.#onTransport(attempt, event, from),
        onError: this.#report,
      });
      signal.throwIfAborted();
      this.#onLinkUp(attempt);
    } catch (error) {
      if (!signal.aborted) return this.#finish(attempt, 'error', error);
      // The microphone may have been granted at the moment of giving up: release it, too.
      await attempt.release();
    }
  }

  /**
   * Takes the lock of one call per browser: a second tab fails, unless its visitor asked to take the call over. The lock is held
   * until the connection is left, so that two tabs never count as two calls.
   */
  async #takeTurn({ plan, outcomeSignal }: CallAttempt): Promise<void> {
    if (plan.takeOver) return this.#deps.lock.takeOver(outcomeSignal);
    if ((await this.#deps.lock.acquire(outcomeSignal)) === 'held') return;
    throw new VoiceError('call-in-another-tab', 'Another tab of this browser holds the call');
  }

  #onLinkUp(attempt: CallAttempt): void {
    this.#apply({ type: 'link-up', atMs: this.#deps.now() });
    attempt.watch.start();
    // Publishing the track may have enabled it after the visitor muted.
    if (this.#status.muted) void this.setMuted(true);
    this.#presence.expectAgent(attempt);
    this.#listener.onConnected(attempt.callId);
  }

  #onTransport(attempt: CallAttempt, event: TransportEvent, from: VoiceTransport): void {
    if (attempt !== this.#attempt || attempt.over || attempt.transport !== from) return;
    switch (event.type) {
      case 'transcript':
        return this.#listener.onTranscript(event.entry);
      case 'tool-status':
        return this.#listener.onToolStatus(event.tool);
      case 'message':
        return this.#listener.onMessage?.(event);
      case 'agent-joined':
        return this.#presence.noteAgent(attempt);
      case 'handed-over':
        this.#presence.notePerson(attempt, event.name);
        return this.#listener.onHandedOver?.(event.name);
      case 'agent-left':
        return this.#presence.noteLeft(attempt, event.how);
      case 'agent-link':
        return this.#presence.noteLink(attempt, event.lost);
      case 'agent-state':
        return this.#presence.noteState(attempt, event.agentState);
      case 'reconnecting':
        if (this.#status.callState === 'connected') {
          attempt.expect('reconnection', CALL_LIMITS.reconnectMs, () => void this.#finish(attempt, 'lost'));
        }
        return this.#apply(event);
      case 'reconnected':
        attempt.arrived('reconnection');
        attempt.hearing.restart();
        attempt.packets.restart();
        return this.#apply(event);
      case 'disconnected':
        return void this.#finish(attempt, event.end);
      default:
        return this.#apply(event);
    }
  }

  #onLevels(attempt: CallAttempt, levels: AudioLevels): void {
    if (attempt !== this.#attempt || attempt.over) return;
    this.#listener.onLevels(levels);
    attempt.diary.noteSound(levels, attempt.watch.heard);
    if (this.#status.callState !== 'connected') return;
    this.#presence.observe(attempt, levels);
    attempt.transport?.offerTools?.();
  }

  async #sendMicrophone({ transport }: CallAttempt, track: MediaStreamTrack): Promise<void> {
    await transport?.replaceMicrophone(track);
    // LiveKit mutes itself when a track ends, and enables a new track.
    await transport?.setMuted(this.#status.muted).catch(this.#report);
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
    const nowMs = this.#deps.now();
    const liveMs = connectedAtMs === null ? null : nowMs - connectedAtMs;
    const agentCutOff = nowMs - (attempt.agentCutOffAtMs ?? nowMs) >= CALL_LIMITS.hangUpMs;
    // A call that is not connected yet is aborted before any listener is called; a live one is measured once more before it is
    // left.
    if (!isLive(callState)) attempt.abort.abort();
    attempt.diary.endedBy = endedBy;
    this.#apply({ type: 'end', durationSeconds: liveSeconds(this.#status, nowMs) });
    if (error !== undefined) this.#listener.onError(error);
    await attempt.release();
    // After a `dispose()` meanwhile, the lock may belong to a new call.
    if (attempt === this.#attempt) this.#deps.lock.release();

    const { verdict, late } = await resolveOutcome({ attempt, endedBy, error, liveMs, agentCutOff });
    await this.#conclude(attempt, verdict);
    void late?.then((record) => this.#correct(attempt, record));
  }

  /**
   * Handles a record that arrives after the outcome was shown: corrects the failure card, or shows one for a call that had seemed
   * to end normally.
   */
  async #correct(attempt: CallAttempt, record: CallRecord | null): Promise<void> {
    if (record) attempt.diary.noteRecord(record);
    if (record?.status !== 'failed') return;
    const reason = toFailureReason(record.failureReason);
    if (reason === 'unknown') return;
    const failure = await this.#describe(attempt, reason, 'server');
    const { callState, failure: shown } = this.#status;
    const isOver = callState === 'failed' || callState === 'ended';
    if (attempt !== this.#attempt || !isOver || shown?.reason === reason) return;
    attempt.diary.failure = { reason, source: 'server' };
    this.#apply({ type: 'failed', failure });
    this.#listener.onFailure(failure);
  }

  async #conclude(attempt: CallAttempt, { connected, reason, source }: CallOutcome): Promise<void> {
    this.#settle(attempt, connected, reason && (await this.#describe(attempt, reason, source)));
  }

  #describe({ plan }: CallAttempt, reason: FailureReason, source: Failure['source']): Promise<Failure> {
    return toFailure(plan, reason, source, this.#report);
  }

  #settle(attempt: CallAttempt, connected: boolean, failure: Failure | null): void {
    if (attempt.concluded) return;
    attempt.concluded = true;
    attempt.diary.failure = failure && { reason: failure.reason, source: failure.source };
    this.#apply(failure ? { type: 'failed', failure } : { type: 'ended' });
    if (failure) this.#listener.onFailure(failure);
    this.#listener.onEnd({
      callId: attempt.callId,
      durationSeconds: this.#status.durationSeconds,
      connected,
      failure,
    });
  }

  #apply(event: CallEvent): void {
    const next = transition(this.#status, event);
    if (next === this.#status) return;
    this.#attempt?.diary.noteEvent(event);
    this.#status = next;
    this.#listener.onStatus(next);
  }
}
