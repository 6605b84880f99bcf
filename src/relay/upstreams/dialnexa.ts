import { firstNumber } from '../../wire/fields.js';
import { isObject, type JsonObject } from '../read-json.js';
import type { Refusal } from '../upstream-refusal.js';
import type { CallFacts, Upstream } from '../upstream.js';
import { firstText, readBaseUrl, readId, readObject, readSecret } from './read-fields.js';

export interface DialnexaOptions {
  /** `id:secret`, both parts. DialNexa forbids it in a browser. */
  apiKey: string;
  /** Used for every call, whatever name the page uses for its agent. */
  agentId: string;
  /** The address of the API, without the version. Default `https://api.dialnexa.com`. */
  baseUrl?: string | undefined;
}

const UNDER_WAY = { status: 'in_progress', failureReason: null, didConnect: null };
const NO_ANSWER = { status: 'failed', failureReason: 'sip_no_answer', didConnect: false };

/** The statuses of DialNexa, as the widget API has them. */
const STATUSES: Record<string, Pick<CallFacts, 'status' | 'failureReason' | 'didConnect'>> = {
  initiated: { status: 'queued', failureReason: null, didConnect: null },
  'in-progress': UNDER_WAY,
  completed: { status: 'completed', failureReason: null, didConnect: true },
  busy: NO_ANSWER,
  'no-answer': NO_ANSWER,
  failed: { status: 'failed', failureReason: 'unknown', didConnect: false },
};

const SHORTEST_HALF = 8;

/** Retries of reading a call, which changes nothing. */
const RETRIES = 2;

/**
 * Puts DialNexa behind the relay: callback only, since its browser voice has no public API today.
 *
 * Facts (https://dialnexa.mintlify.app/api-reference, from a stored copy): `POST https://api.dialnexa.com/v1/calls` with
 * `agent_id` and `to_phone_number` required; `metadata` carries dynamic variables → 201 `{id, status: 'initiated', …}`;
 * `Authorization: Bearer`. `GET /v1/calls/{id}` with `status` initiated, in-progress, completed, failed, busy, no-answer.
 * Errors `{statusCode, message: string | string[], error}`; 403 also says that a country is not enabled. Retry only 502, 503,
 * 504 and network errors, never 4xx; 30 s timeout; never resend a billable create.
 *
 * Throws a `TypeError` for an invalid key or address.
 */
export function dialnexa(options: DialnexaOptions): Upstream {
  const apiKey = readSecret('apiKey', options.apiKey);
  const agent_id = readSecret('agentId', options.agentId);
  const calls = `${readBaseUrl(options.baseUrl ?? 'https://api.dialnexa.com')}/v1/calls`;
  const headers = { authorization: `Bearer ${apiKey}` };

  return {
    name: 'dialnexa',
    features: ['callback'],
    choosesLine: true,
    knowsIdempotencyKeys: false,
    secrets: [apiKey, ...halvesOf(apiKey)],
    startCall: async ({ destination, dynamicVariables }, link) => {
      const json = await link.ask({
        method: 'POST',
        url: calls,
        headers,
        body: {
          agent_id,
          to_phone_number: destination,
          ...(dynamicVariables && { metadata: dynamicVariables }),
        },
        readRefusal,
      });
      const call = readObject(json);
      return { callId: readId(call.id ?? call.call_id) };
    },
    readCall: async (callId, link) => {
      const json = await link.ask({
        method: 'GET',
        url: `${calls}/${encodeURIComponent(callId)}`,
        headers,
        retries: RETRIES,
        readRefusal: (status) => (status === 404 ? { code: 'call_not_found' } : {}),
      });
      return readCall(readObject(json));
    },
  };
}

/**
 * Returns the secret half of `id:secret`, which is worth as much as both. A short one is left out: it would be found in
 * ordinary words.
 */
function halvesOf(apiKey: string): string[] {
  return apiKey
    .split(':')
    .slice(1)
    .filter(({ length }) => length >= SHORTEST_HALF);
}

function readCall(call: JsonObject): CallFacts {
  return {
    ...(STATUSES[firstText(call, ['status']) ?? ''] ?? UNDER_WAY),
    durationSeconds: firstNumber(call, ['duration_seconds']),
    startedAt: firstText(call, ['created_at']),
    endedAt: firstText(call, ['ended_at']),
    channel: 'outbound',
  };
}

function readRefusal(status: number, body: unknown): Refusal {
  const message = isObject(body) ? [body.message].flat().join(' ') : '';
  const isAboutNumber = /phone|destination|country|prefix|E\.164/i.test(message);
  if (!isAboutNumber) return {};
  return { fields: ['destination'], ...(status === 403 && { code: 'bad_request' as const }) };
}
