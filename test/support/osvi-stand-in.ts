import { randomUUID } from 'node:crypto';
import {
  startStandIn,
  type ReceivedRequest,
  type StandInAnswer,
  type StandInServer,
} from './stand-in-server.js';

/** 16 characters, as OSVI's are. */
export const OSVI_TOKEN = 'tok_0123456789ab';
export const OSVI_AGENT = 'agent_IsZ3Q6Sf_60Eh26XQMGbz-R_og';

type OsviCallStatus = 'picked' | 'not_picked' | 'failed' | 'busy' | 'voicemail' | 'in_progress';

interface OsviSession {
  id: string;
  customerId: string;
  inputFields: Record<string, unknown>;
  context: string[];
  mode: 'ai' | 'support';
  helpRequested: boolean;
  isActive: boolean;
  heard: string[];
}

export interface OsviStandIn extends StandInServer {
  sessions: OsviSession[];
  /** What became of the phone calls; the test says how they go on. */
  calls: Map<string, { phoneNumber: string; countryCode: string; data: unknown; status: OsviCallStatus }>;
}

class OsviError extends Error {
  constructor(
    readonly status: number,
    readonly errors: string[],
  ) {
    super(errors.join(' '));
  }
}

/**
 * OSVI as its documentation tells it (https://docs.osvi.ai/api-reference), and strict: an unknown or missing field, a wrong
 * header or type is its documented error. A message with the word "person" asks for one; from then on a person answers,
 * later, so that the reply is empty.
 */
export async function startOsviStandIn(): Promise<OsviStandIn> {
  const sessions: OsviSession[] = [];
  const calls: OsviStandIn['calls'] = new Map();

  const routes: Record<string, (request: ReceivedRequest) => unknown> = {
    'POST /v1/chat/session': ({ body }) => {
      const fields = readFields(
        body,
        { agent_uuid: 'string', customer_id: 'string' },
        {
          input_fields: 'object',
          context: 'array',
        },
      );
      requireAgent(fields.agent_uuid);
      for (const session of sessions) {
        if (session.customerId === fields.customer_id) session.isActive = false;
      }
      return sessionData(open(String(fields.customer_id), fields));
    },
    'GET /v1/chat/session/active': ({ query }) => {
      const customerId = query.get('customer_id');
      if (!customerId) throw new OsviError(422, ['customer_id is required']);
      requireAgent(query.get('agent_uuid'));
      const session = sessions.find((each) => each.customerId === customerId && each.isActive);
      if (!session) throw new OsviError(404, ['No active session']);
      return sessionData(session);
    },
    'POST /v1/chat/inbound': ({ body }) => {
      const fields = readFields(
        body,
        { agent_uuid: 'string', customer_id: 'string', content: 'string' },
        { session_id: 'string' },
      );
      requireAgent(fields.agent_uuid);
      const session = find(String(fields.customer_id), fields.session_id);
      return hear(session, String(fields.content));
    },
    'POST /v1/call': ({ body }) => {
      const fields = readFields(
        body,
        { agent_uuid: 'string', phone_number: 'string', country_code: 'string' },
        { additional_data: 'object', person_name: 'string', webhook_url: 'string' },
        400,
      );
      if (fields.agent_uuid !== OSVI_AGENT) throw new OsviError(403, ['Forbidden']);
      if (!/^\d{5,14}$/.test(String(fields.phone_number)))
        throw new OsviError(400, ['phone_number is implausible']);
      if (!/^[A-Z]{2}$/.test(String(fields.country_code)))
        throw new OsviError(400, ['country_code is invalid']);
      const call_id = randomUUID();
      calls.set(call_id, {
        phoneNumber: String(fields.phone_number),
        countryCode: String(fields.country_code),
        data: fields.additional_data,
        status: 'in_progress',
      });
      return { call_id };
    },
  };

  function open(customerId: string, fields: Record<string, unknown>): OsviSession {
    const session: OsviSession = {
      id: randomUUID(),
      customerId,
      inputFields: (fields.input_fields ?? {}) as Record<string, unknown>,
      context: ((fields.context ?? []) as string[]).filter((text) => text !== '').slice(-5),
      mode: 'ai',
      helpRequested: false,
      isActive: true,
      heard: [],
    };
    sessions.push(session);
    return session;
  }

  function find(customerId: string, id: unknown): OsviSession {
    const own = sessions.filter((session) => session.customerId === customerId && session.isActive);
    if (id === undefined) return own[0] ?? open(customerId, {});
    const session = own.find((each) => each.id === id);
    if (!session) throw new OsviError(404, ['Session not found']);
    return session;
  }

  function answer(request: ReceivedRequest): StandInAnswer {
    try {
      if (request.headers['api-token'] !== OSVI_TOKEN)
        throw new OsviError(401, ['Invalid or missing API token']);
      const route = routes[`${request.method} ${request.path}`];
      if (route) return { status: 200, body: { success: true, data: route(request) } };
      const id = /^\/v1\/call\/([^/]+)$/.exec(request.path)?.[1] ?? '';
      const call = request.method === 'GET' ? calls.get(id) : undefined;
      if (!call) throw new OsviError(404, ['Resource not found']);
      return { status: 200, body: { success: true, data: callData(id, call.status) } };
    } catch (error) {
      if (!(error instanceof OsviError)) throw error;
      return { status: error.status, body: { success: false, errors: error.errors } };
    }
  }

  return { ...(await startStandIn(answer)), sessions, calls };
}

function hear(session: OsviSession, content: string): unknown {
  session.heard.push(content);
  if (/\bperson\b/i.test(content)) Object.assign(session, { mode: 'support', helpRequested: true });
  const { id, mode, helpRequested } = session;
  const reply = mode === 'support' ? '' : `You said: ${content}`;
  return { session_id: id, reply, state: 'default', mode, help_requested: helpRequested };
}

function sessionData({ id, customerId, mode, helpRequested, inputFields, context }: OsviSession): unknown {
  return {
    id,
    customer_id: customerId,
    mode,
    help_requested: helpRequested,
    status: 'active',
    metadata: { input_fields: inputFields, state_fields: {}, context },
  };
}

function callData(call_id: string, status: OsviCallStatus): unknown {
  const isOver = status !== 'in_progress';
  return {
    call_id,
    agent_uuid: OSVI_AGENT,
    phone_number: '+10000000000',
    status,
    call_type: 'outbound',
    duration_seconds: isOver ? 42 : 0,
    created_at: '2026-06-12T09:30:00+05:30',
    call_picked_at: status === 'picked' ? '2026-06-12T09:30:04+05:30' : null,
    summary: 'Not for the page.',
  };
}

function requireAgent(agent: unknown): void {
  if (agent !== OSVI_AGENT) throw new OsviError(404, ['Agent not found']);
}

type Kind = 'string' | 'object' | 'array';

function readFields(
  body: Record<string, unknown> | undefined,
  required: Record<string, Kind>,
  optional: Record<string, Kind>,
  status = 422,
): Record<string, unknown> {
  const known = { ...required, ...optional };
  const fields = body ?? {};
  const errors = [
    ...Object.keys(required)
      .filter((name) => !fields[name])
      .map((name) => `${name} is required`),
    ...Object.keys(fields)
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => `${name} is not a field`),
    ...Object.entries(fields)
      .filter(([name, value]) => known[name] !== undefined && kindOf(value) !== known[name])
      .map(([name]) => `${name} has the wrong type`),
  ];
  if (errors.length > 0) throw new OsviError(status, errors);
  return fields;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
