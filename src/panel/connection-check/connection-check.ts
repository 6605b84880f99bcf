import type { ConnectBody, WidgetClient } from '../../api/widget-client.js';
import { classifyError } from '../../failures/classify-error.js';
import { hearMicrophone } from '../../voice/hear-microphone.js';
import { loadTransport } from '../../voice/load-transport.js';
import { openMicrophone } from '../../voice/microphone.js';
import { playTone } from '../../voice/play-tone.js';
import { reach } from '../../voice/preflight.js';
import type { TransportLoader } from '../../voice/transport.js';
import { VoiceError } from '../../voice/voice-error.js';
import { CallLock } from '../../call/call-lock.js';
import { toReport, type CheckDetails, type CheckResult, type ConnectionReport } from './connection-report.js';
import { makeTestCall, notCalled } from './test-call.js';
import { abortWith, unlessAborted } from '../../async/unless-aborted.js';

export interface ConnectionCheckOptions {
  agentId: string;
  client: Pick<WidgetClient, 'connect'>;
  /** Sent with connect, as for any call. */
  body: ConnectBody;
  extraLoaders: readonly TransportLoader[];
  /** API or relay: origin and path prefix. */
  baseUrl: string;
  fetch: typeof fetch;
  /** The visitor's choice of devices; the system's defaults when they are gone, or none was made. */
  microphoneId?: string | undefined;
  speakerId?: string | undefined;
  /** Aborts the check. */
  signal: AbortSignal;
  /** Called once for every check, as soon as its result is known. */
  onResult?: ((result: CheckResult) => void) | undefined;
  /** Called with the level of the microphone, 0 (silence) to 1 (loud speech), while it is listened to. */
  onLevel?: ((level: number) => void) | undefined;
}

export interface CheckDependencies {
  openMicrophone: typeof openMicrophone;
  hearMicrophone: typeof hearMicrophone;
  playTone: typeof playTone;
  reach: typeof reach;
  loadTransport: typeof loadTransport;
  /** Makes the lock of calls. `onTakenOver` is called when another tab wants its call. */
  makeLock: (onTakenOver: () => void) => Pick<CallLock, 'acquire' | 'release'>;
  now: () => number;
}

/**
 * Checks all that a call needs: microphone, speaker, API, and by a short real call the network. Takes less than 10 s from the
 * visitor's answer about the microphone on; without a microphone no call is made. Rejects with a `VoiceError`
 * `call-in-another-tab` when a call runs in this browser, and with the signal's reason when that aborts. Everything that was
 * opened is closed by then, and the next call may start.
 */
export async function checkConnection(
  options: ConnectionCheckOptions,
  dependencies: Partial<CheckDependencies> = {},
): Promise<ConnectionReport> {
  options.signal.throwIfAborted();
  return new ConnectionCheck(options, {
    openMicrophone,
    hearMicrophone,
    playTone,
    reach,
    loadTransport,
    makeLock: (onTakenOver) => new CallLock({ onTakenOver }),
    now: () => performance.now(),
    ...dependencies,
  }).run();
}

class ConnectionCheck {
  readonly #options: ConnectionCheckOptions;
  readonly #deps: CheckDependencies;
  readonly #over: AbortController;
  readonly #results: CheckResult[] = [];

  constructor(options: ConnectionCheckOptions, dependencies: CheckDependencies) {
    this.#options = options;
    this.#deps = dependencies;
    this.#over = abortWith(new AbortController(), options.signal);
  }

  async run(): Promise<ConnectionReport> {
    const startedAt = this.#deps.now();
    const lock = this.#deps.makeLock(() => this.#over.abort(inAnotherTab()));
    try {
      if ((await lock.acquire(this.#over.signal)) === 'elsewhere') throw inAnotherTab();
      await allDone([this.#checkApi(), this.#checkSound()]);
      return toReport(this.#results, Math.round(this.#deps.now() - startedAt));
    } finally {
      this.#over.abort();
      lock.release();
      // A request for the lock that is aborted at once still waits until the browser has released it.
      await lock.acquire(AbortSignal.abort()).catch(() => undefined);
    }
  }

  async #checkApi(): Promise<void> {
    const time = this.#stopwatch();
    const { baseUrl, fetch } = this.#options;
    const send: typeof fetch = (input, init) => {
      const signals = [this.#over.signal, ...(init?.signal ? [init.signal] : [])];
      return fetch(input, { ...init, signal: abortWith(new AbortController(), ...signals).signal });
    };
    const { ok, detail } = await unlessAborted(this.#deps.reach(baseUrl, send), this.#over.signal);
    this.#tell({ check: 'api', ok, detail: { answer: detail }, ms: time() });
  }

  async #checkSound(): Promise<void> {
    const speaker = this.#checkSpeaker();
    await allDone([speaker, this.#checkVoice(speaker)]);
  }

  async #checkVoice(speaker: Promise<void>): Promise<void> {
    const track = await this.#openMicrophone();
    if (!track) {
      for (const result of notCalled()) this.#tell(result);
      return;
    }
    try {
      // The tone is over before the microphone is listened to.
      await allDone([speaker.then(() => this.#hear(track)), this.#call(track)]);
    } finally {
      track.stop();
    }
  }

  async #checkSpeaker(): Promise<void> {
    const time = this.#stopwatch();
    const { signal } = this.#over;
    const played = await this.#deps
      .playTone({ signal, speakerId: this.#options.speakerId })
      .catch(() => false);
    signal.throwIfAborted();
    this.#tell({ check: 'speaker', ok: played, detail: { played }, ms: time() });
  }

  /**
   * Resolves with `null` when there is no microphone. When the check is aborted, a prompt that is still open is not waited for.
   */
  async #openMicrophone(): Promise<MediaStreamTrack | null> {
    const time = this.#stopwatch();
    const { signal } = this.#over;
    try {
      const opening = this.#deps.openMicrophone({ signal, deviceId: this.#options.microphoneId });
      return await unlessAborted(opening, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#tellMicrophone(false, { level: null, reason: classifyError(error) ?? 'unknown' }, time());
      return null;
    }
  }

  async #hear(track: MediaStreamTrack): Promise<void> {
    const time = this.#stopwatch();
    const { signal } = this.#over;
    const onLevel = this.#options.onLevel ?? (() => undefined);
    const { ok, level } = await this.#deps
      .hearMicrophone(track, { signal, onLevel })
      .catch(() => ({ ok: null, level: null }));
    signal.throwIfAborted();
    this.#tellMicrophone(ok, { level, reason: ok === false ? 'caller-silent' : null }, time());
  }

  #call(microphone: MediaStreamTrack): Promise<void> {
    const { agentId, client, body, extraLoaders } = this.#options;
    return makeTestCall({
      agentId,
      client,
      body,
      extraLoaders,
      microphone,
      signal: this.#over.signal,
      loadTransport: this.#deps.loadTransport,
      now: this.#deps.now,
      onResult: (result) => this.#tell(result),
    });
  }

  #tellMicrophone(ok: boolean | null, detail: CheckDetails['microphone'], ms: number): void {
    this.#tell({ check: 'microphone', ok, detail, ms });
  }

  #tell(result: CheckResult): void {
    this.#results.push(result);
    this.#options.onResult?.(result);
  }

  #stopwatch(): () => number {
    const startedAt = this.#deps.now();
    return () => Math.round(this.#deps.now() - startedAt);
  }
}

function inAnotherTab(): VoiceError {
  return new VoiceError('call-in-another-tab', 'A call runs in this browser');
}

/** Waits for all steps, also when one rejects; then rejects with its error. */
async function allDone(steps: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(steps)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
