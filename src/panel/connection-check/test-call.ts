import { waitFor } from '../../async/wait-for.js';
import type { ConnectBody, WidgetClient } from '../../api/widget-client.js';
import { classifyError } from '../../failures/classify-error.js';
import { hasTrait, type FailureReason } from '../../failures/failure-reasons.js';
import type { LinkStats } from '../../voice/link-stats.js';
import type { loadTransport } from '../../voice/load-transport.js';
import type { TransportEvent, TransportLoader, VoiceTransport } from '../../voice/transport.js';
import type { CheckDetails, CheckName, CheckResult } from './connection-report.js';
import { abortWith, unlessAborted } from '../../async/unless-aborted.js';
import { withinMs } from '../../async/within-ms.js';

/** Limits in milliseconds; `all` counts from the request on. A network that takes longer to connect makes no good calls. */
const LIMITS = { link: 6_500, measuring: 3_000, all: 8_500, look: 500, leave: 900 };

/** Conversation still works up to this round trip (ITU-T G.114: 400 ms one way is the limit; this is half of that each way). */
const MAX_ROUND_TRIP_MS = 400;

/** The loss that the codec can bridge without a visitor noticing much. */
const MAX_LOSS_PERCENT = 5;

export interface TestCallOptions {
  agentId: string;
  client: Pick<WidgetClient, 'connect'>;
  body: ConnectBody;
  extraLoaders: readonly TransportLoader[];
  microphone: MediaStreamTrack;
  signal: AbortSignal;
  loadTransport: typeof loadTransport;
  now: () => number;
  /** Called once for each of `signalling`, `media` and `quality`. */
  onResult: (result: CheckResult) => void;
}

/**
 * Makes a real call of a few seconds with the site's settings alone. The page's tools are not run, and the agent is not heard.
 * Rejects only when `signal` aborts. The connection is closed in any case; the microphone is not touched.
 */
export async function makeTestCall(options: TestCallOptions): Promise<void> {
  const call = new TestCall(options);
  try {
    await call.run();
  } finally {
    await call.leave();
  }
}

class TestCall {
  readonly #options: TestCallOptions;
  readonly #startedAt: number;
  #stepAt: number;
  #transport: VoiceTransport | null = null;
  readonly #told = new Set<CheckName>();
  /** Whether the connection broke. */
  #broken = false;
  readonly #over = new AbortController();

  constructor(options: TestCallOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    this.#stepAt = this.#startedAt;
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    const attempt = abortWith(new AbortController(), signal);
    const limit = setTimeout(() => attempt.abort(), LIMITS.link);
    try {
      await unlessAborted(this.#connect(attempt.signal), attempt.signal);
    } catch (error) {
      signal.throwIfAborted();
      // After the time limit the error itself says nothing: the abort may have caused it.
      this.#tellFailure(attempt.signal.aborted ? this.#lateReason() : (classifyError(error) ?? 'unknown'));
      return;
    } finally {
      clearTimeout(limit);
    }
    this.#tell('signalling', true, { reason: null });
    await this.#measure();
  }

  /** Closes the connection. Never rejects: a transport of the site's own may break its promise. */
  async leave(): Promise<void> {
    this.#over.abort();
    const leaving = Promise.resolve().then(() => this.#transport?.disconnect());
    await withinMs(leaving, LIMITS.leave).catch(() => undefined);
  }

  async #connect(signal: AbortSignal): Promise<void> {
    const { client, agentId, body, extraLoaders, microphone } = this.#options;
    const offer = await client.connect(agentId, body, { signal });
    signal.throwIfAborted();
    const transport = await this.#options.loadTransport(offer, extraLoaders);
    signal.throwIfAborted();
    this.#transport = transport;
    silence(transport);
    await transport.connect({
      microphone,
      signal,
      onEvent: (event) => this.#onEvent(event),
      onSignalling: () => this.#tell('signalling', true, { reason: null }),
      onToolCall: () => Promise.reject(new Error('This call only checks the connection')),
    });
    // A transport of the site's own may have had nothing to silence before.
    silence(transport);
  }

  #onEvent(event: TransportEvent): void {
    if (event.type === 'reconnecting' || (event.type === 'disconnected' && event.end === 'lost'))
      this.#broken = true;
    if (event.type === 'disconnected') this.#over.abort();
  }

  async #measure(): Promise<void> {
    const { signal, now } = this.#options;
    const until = Math.min(now() + LIMITS.measuring, this.#startedAt + LIMITS.all);
    const over = abortWith(new AbortController(), signal, this.#over.signal);
    let stats: LinkStats | null = null;
    do {
      stats = (await this.#look()) ?? stats;
      if (stats?.protocol) this.#tell('media', true, mediaDetail(stats, null));
      await waitFor(Math.min(LIMITS.look, until - now()), over.signal).catch(() => undefined);
    } while (!over.signal.aborted && now() < until);
    over.abort();
    signal.throwIfAborted();
    this.#tell('media', true, mediaDetail(stats, null));
    this.#tellQuality(stats);
  }

  async #look(): Promise<LinkStats | null> {
    const looking = Promise.resolve().then(() => this.#transport?.linkStats?.());
    return (await withinMs(looking, LIMITS.look, this.#options.signal).catch(() => null)) ?? null;
  }

  /** Returns the reason when the time is up. */
  #lateReason(): FailureReason {
    return this.#transport ? 'connection-blocked' : 'timeout';
  }

  #tellFailure(reason: FailureReason): void {
    // Any other reason means that the network carries calls, and a server refused this one.
    const ok = hasTrait(reason, 'network') ? false : null;
    if (this.#told.has('signalling')) {
      this.#tell('media', ok, mediaDetail(null, reason));
    } else {
      this.#tell('signalling', ok, { reason });
      this.#tell('media', null, mediaDetail(null, null));
    }
    this.#tell('quality', null, qualityDetail(null, null));
  }

  #tellQuality(stats: LinkStats | null): void {
    if (this.#broken) this.#tell('quality', false, qualityDetail(stats, 'connection-lost'));
    else this.#tell('quality', judge(stats), qualityDetail(stats, null));
  }

  #tell<Name extends 'signalling' | 'media' | 'quality'>(
    check: Name,
    ok: boolean | null,
    detail: CheckDetails[Name],
  ): void {
    const { signal, now, onResult } = this.#options;
    if (signal.aborted || this.#told.has(check)) return;
    this.#told.add(check);
    const ms = Math.round(now() - this.#stepAt);
    this.#stepAt = now();
    onResult({ check, ok, detail, ms } as CheckResult);
  }
}

/** Mutes the agent: the check is of the page, not of the agent. */
function silence(transport: VoiceTransport): void {
  try {
    transport.setVolume(0);
  } catch {
    // The agent is then heard for a moment.
  }
}

/** Returns the results of a test call that was not made. */
export function notCalled(): CheckResult[] {
  return [
    { check: 'signalling', ok: null, detail: { reason: null }, ms: 0 },
    { check: 'media', ok: null, detail: mediaDetail(null, null), ms: 0 },
    { check: 'quality', ok: null, detail: qualityDetail(null, null), ms: 0 },
  ];
}

function judge(stats: LinkStats | null): boolean | null {
  const { roundTripMs = null, lossPercent = null, remoteLossPercent = null } = stats ?? {};
  if (roundTripMs === null && lossPercent === null && remoteLossPercent === null) return null;
  const loss = Math.max(lossPercent ?? 0, remoteLossPercent ?? 0);
  return (roundTripMs ?? 0) <= MAX_ROUND_TRIP_MS && loss <= MAX_LOSS_PERCENT;
}

function mediaDetail(stats: LinkStats | null, reason: FailureReason | null): CheckDetails['media'] {
  const { protocol = null, localCandidateType = null, remoteCandidateType = null } = stats ?? {};
  return { protocol, localCandidateType, remoteCandidateType, reason };
}

function qualityDetail(stats: LinkStats | null, reason: FailureReason | null): CheckDetails['quality'] {
  return {
    roundTripMs: stats?.roundTripMs ?? null,
    jitterMs: stats?.jitterMs ?? null,
    lossPercent: stats?.lossPercent ?? null,
    remoteLossPercent: stats?.remoteLossPercent ?? null,
    concealedSamplesPercent: stats?.concealedSamplesPercent ?? null,
    packetsReceived: stats?.packetsReceived ?? null,
    packetsSent: stats?.packetsSent ?? null,
    codec: stats?.codec ?? null,
    reason,
  };
}
