import { firstNumber } from '../../wire/fields.js';
import { isObject, type JsonObject } from '../read-json.js';
import { badField, RelayError } from '../relay-error.js';
import type { Refusal } from '../upstream-refusal.js';
import type { UpstreamLink } from '../upstream-link.js';
import type { CallFacts, ChatRequest, ChatReply, Upstream } from '../upstream.js';
import { findCountry } from './find-country.js';
import { firstText, readBaseUrl, readId, readObject, readSecret } from './read-fields.js';

export interface OsviOptions {
  /** 16 characters; dashboard, Settings → API. OSVI forbids it in a browser. */
  apiToken: string;
  /** `agent_…`. Used for every request, whatever name the page uses for its agent. */
  agentUuid: string;
  /** Default `https://api.osvi.ai`. */
  baseUrl?: string | undefined;
}

/** The outcomes of OSVI, as the widget API has them. Voicemail counts as nobody who picked up. */
const OUTCOMES: Record<string, Pick<CallFacts, 'status' | 'failureReason' | 'didConnect'>> = {
  in_progress: { status: 'in_progress', failureReason: null, didConnect: null },
  picked: { status: 'completed', failureReason: null, didConnect: true },
  not_picked: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
  busy: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
  voicemail: { status: 'failed', failureReason: 'sip_no_answer', didConnect: false },
  failed: { status: 'failed', failureReason: 'unknown', didConnect: false },
};

const UNDER_WAY = { status: 'in_progress', failureReason: null, didConnect: null };

/**
 * Puts OSVI behind the relay: chat and callback.
 *
 * Facts (https://docs.osvi.ai/api-reference, from a stored copy): `https://api.osvi.ai`, header `API-Token` (16 characters).
 * - Chat: `POST /v1/chat/inbound {agent_uuid, customer_id, content, session_id?}` → `{success, data: {session_id, reply, state,
 *   mode, help_requested}}`.
 * - New conversation: `POST /v1/chat/session {agent_uuid, customer_id, input_fields, context}`, which closes the old one;
 *   context keeps the newest 5. Active session: `GET /v1/chat/session/active?customer_id=&agent_uuid=`, 404 when none.
 * - `mode: 'support'`: a person answers, and the reply may be empty. `help_requested`: the visitor asked for one.
 * - Callback: `POST /v1/call {agent_uuid, phone_number (digits without country code), country_code (ISO alpha-2)}`, with the
 *   optional `additional_data` → `{success, data: {call_id}}`. Progress: `GET /v1/call/{id}` with `status` picked,
 *   not_picked, failed, busy, voicemail, in_progress.
 * - Errors: `{success: false, errors: []}` with 401, 404, 422, 500; `/v1/call` also 400 (a field) and 403 (the agent belongs
 *   to another account).
 *
 * The `customer_id` is the relay's random id of a visitor, which only signed ids carry; never a phone number.
 * Throws a `TypeError` for an invalid token, agent or address.
 */
export function osvi(options: OsviOptions): Upstream {
  const apiToken = readSecret('apiToken', options.apiToken);
  const agent_uuid = readSecret('agentUuid', options.agentUuid);
  const api = readBaseUrl(options.baseUrl ?? 'https://api.osvi.ai');
  const headers = { 'api-token': apiToken };

  const post = async (link: UpstreamLink, path: string, body: JsonObject): Promise<JsonObject> =>
    readObject(
      await link.ask({
        method: 'POST',
        url: api + path,
        headers,
        body: { agent_uuid, ...body },
        readRefusal,
      }),
    );

  const findActive = async (customer_id: string, link: UpstreamLink): Promise<string | undefined> => {
    const query = new URLSearchParams({ customer_id, agent_uuid });
    try {
      const json = await link.ask({ method: 'GET', url: `${api}/v1/chat/session/active?${query}`, headers });
      return readId(readObject(json).id);
    } catch (error) {
      if (error instanceof RelayError && error.upstreamStatus === 404) return undefined;
      throw error;
    }
  };

  /** Resolves with the page's session, or with the active session of a visitor whom the site knows; else begins a new one. */
  const findSession = async (ask: ChatRequest, customer_id: string, link: UpstreamLink): Promise<string> => {
    const active = ask.sessionId ?? (ask.isKnownVisitor ? await findActive(customer_id, link) : undefined);
    if (active !== undefined) return active;
    const session = await post(link, '/v1/chat/session', {
      customer_id,
      input_fields: ask.dynamicVariables ?? {},
      context: [],
    });
    return readId(session.id);
  };

  return {
    name: 'osvi',
    features: ['chat', 'callback'],
    choosesLine: true,
    knowsIdempotencyKeys: false,
    secrets: [apiToken],
    chat: async (ask, link) => {
      const customer_id = `visitor_${ask.visitor}`;
      const session_id = await findSession(ask, customer_id, link);
      const data = await post(link, '/v1/chat/inbound', { customer_id, content: ask.message, session_id });
      return readReply(data, session_id);
    },
    startCall: async ({ destination, dynamicVariables }, link) => {
      const country = findCountry(destination);
      if (!country) throw badField('destination', 'is in no country that is known');
      const data = await post(link, '/v1/call', {
        phone_number: country.nationalNumber,
        country_code: country.countryCode,
        ...(dynamicVariables && { additional_data: dynamicVariables }),
      });
      return { callId: readId(data.call_id) };
    },
    readCall: async (callId, link) => {
      const json = await link.ask({
        method: 'GET',
        url: `${api}/v1/call/${encodeURIComponent(callId)}`,
        headers,
        readRefusal: (status) => (status === 404 ? { code: 'call_not_found' } : {}),
      });
      return readCall(readObject(json));
    },
  };
}

function readReply(data: JsonObject, sessionId: string): ChatReply {
  const { reply } = data;
  const isSupport = data.mode === 'support';
  if (typeof reply !== 'string' && !isSupport) throw new RelayError('bad_answer');
  return {
    reply: typeof reply === 'string' ? reply : '',
    sessionId: firstText(data, ['session_id']) === null ? sessionId : readId(data.session_id),
    mode: isSupport ? 'support' : 'agent',
    helpRequested: data.help_requested === true,
  };
}

function readCall(data: JsonObject): CallFacts {
  return {
    ...(OUTCOMES[firstText(data, ['status']) ?? ''] ?? UNDER_WAY),
    durationSeconds: firstNumber(data, ['duration_seconds']),
    startedAt: firstText(data, ['call_picked_at', 'created_at']),
    endedAt: null,
    channel: 'outbound',
  };
}

function readRefusal(_status: number, body: unknown): Refusal {
  const errors = isObject(body) && Array.isArray(body.errors) ? body.errors.join(' ') : '';
  return { fields: /phone_number|country_code/.test(errors) ? ['destination'] : [] };
}
