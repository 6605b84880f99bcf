import type { CallOffer } from '../wire/call-offer.js';
import type { loadTransport } from '../voice/load-transport.js';
import type { TransportEvent, VoiceTransport } from '../voice/transport.js';
import { VoiceError } from '../voice/voice-error.js';
import { ApiError } from '../wire/api-error.js';
import type { CallAttempt } from './call-attempt.js';
import type { CallPlan } from './call-plan.js';
import { CALL_LIMITS } from './call-limits.js';
import { withinMs } from '../async/within-ms.js';

export interface EnterCallOptions {
  loadTransport: typeof loadTransport;
  onAnswer: (offer: CallOffer) => void;
  onTransport: (event: TransportEvent, from: VoiceTransport) => void;
  onError: (error: unknown) => void;
}

/**
 * Asks for a call and connects to it. Once, it asks for a new call instead of failing: when the token expired on the way (a slow
 * network, a sleeping laptop), or when a call cannot be resumed. Rejects when no connection comes up, and with the signal's
 * reason when it aborts.
 */
export async function enterCall(attempt: CallAttempt, options: EnterCallOptions): Promise<void> {
  const { returnTo } = attempt.plan;
  try {
    await connect(attempt, options, returnTo);
  } catch (error) {
    const mayRenew = error instanceof VoiceError && (returnTo || error.code === 'token-expired');
    if (attempt.signal.aborted || !mayRenew) throw error;
    options.onError(error);
    await withinMs(attempt.leave(), CALL_LIMITS.leaveMs);
    attempt.signal.throwIfAborted();
    await connect(attempt, options);
  }
}

async function connect(attempt: CallAttempt, options: EnterCallOptions, returnTo?: CallOffer): Promise<void> {
  const { plan, signal } = attempt;
  const offer = returnTo ?? (await askForCall(plan, signal, options.onError));
  signal.throwIfAborted();
  attempt.offer = offer;
  options.onAnswer(offer);
  const tooLate = new Promise<never>((_resolve, reject) =>
    attempt.expect('link', CALL_LIMITS.linkUpMs, () =>
      reject(new VoiceError('connection-blocked', `No link within ${CALL_LIMITS.linkUpMs} ms`)),
    ),
  );
  await Promise.race([bringUp(attempt, options, offer), tooLate]);
  attempt.arrived('link');
}

/** What is told besides the visitor's wish to talk must not cost the call: a platform that refuses it is asked without it. */
async function askForCall(
  { client, agentId, body, plainBody }: CallPlan,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<CallOffer> {
  try {
    return await client.connect(agentId, body, { signal });
  } catch (error) {
    if (!plainBody || !(error instanceof ApiError) || error.code !== 'bad-request') throw error;
    onError(error);
    return client.connect(agentId, plainBody, { signal });
  }
}

async function bringUp(attempt: CallAttempt, options: EnterCallOptions, offer: CallOffer): Promise<void> {
  const { plan, signal, microphone } = attempt;
  const transport = await options.loadTransport(offer, plan.extraLoaders);
  signal.throwIfAborted();
  // A new connect has replaced this offer meanwhile.
  if (attempt.offer !== offer) return;
  if (!microphone.track) throw new VoiceError('microphone-not-found', 'The microphone is gone');
  attempt.transport = transport;
  if (offer.transport !== 'livekit') attempt.firstWords?.discard();
  const sent = microphone.track;
  await transport.connect({
    microphone: sent,
    firstWords: attempt.firstWords,
    signal,
    onEvent: (event) => options.onTransport(event, transport),
    onToolCall: plan.runTool,
    toolNames: plan.toolNames,
  });
  // The microphone was replaced while the transport connected, which cannot replace a track before the connection is up.
  if (microphone.track !== sent) await transport.replaceMicrophone(microphone.track);
}
