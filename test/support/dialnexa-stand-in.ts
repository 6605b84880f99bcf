import { randomBytes } from 'node:crypto';
import {
  startStandIn,
  type ReceivedRequest,
  type StandInAnswer,
  type StandInServer,
} from './stand-in-server.js';

/** `id:secret`, as DialNexa's are. */
export const DIALNEXA_KEY = 'abcdefghijklmn:123456a1b1234b';
export const DIALNEXA_AGENT = 'agt_abc123';

type DialnexaStatus = 'initiated' | 'in-progress' | 'completed' | 'failed' | 'busy' | 'no-answer';

export interface DialnexaStandIn extends StandInServer {
  /** What became of the phone calls; the test says how they go on. */
  calls: Map<string, { number: string; metadata: unknown; status: DialnexaStatus }>;
  /** Statuses to answer with in the place of the real thing, one request each. */
  faults: number[];
}

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Fields of create-call, with what they must be. */
const FIELDS: Record<string, (value: unknown) => boolean> = {
  agent_id: (value) => typeof value === 'string',
  to_phone_number: (value) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value),
  from_phone_number: (value) => typeof value === 'string',
  agent_version_number: (value) => Number.isInteger(value),
  metadata: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/**
 * DialNexa's calls as its documentation tells them (https://dialnexa.mintlify.app/api-reference/calls/create), and strict: an
 * unknown or missing field, a wrong header or type is its documented error. Numbers of +99… are in a country that is not enabled.
 */
export async function startDialnexaStandIn(): Promise<DialnexaStandIn> {
  const calls: DialnexaStandIn['calls'] = new Map();
  const faults: number[] = [];

  function answer(request: ReceivedRequest): StandInAnswer {
    const fault = faults.shift();
    if (fault !== undefined) return failure(fault, 'Something about +15550100200 and the key.');
    if (request.headers.authorization !== `Bearer ${DIALNEXA_KEY}`) return failure(401, 'Unauthorized');
    if (request.method === 'POST' && request.path === '/v1/calls') return create(request.body ?? {});
    const id = /^\/v1\/calls\/([^/]+)$/.exec(request.path)?.[1] ?? '';
    const call = request.method === 'GET' ? calls.get(id) : undefined;
    if (!call) return failure(404, `Cannot ${request.method} ${request.path}`);
    return { status: 200, body: record(id, call) };
  }

  function create(body: Record<string, unknown>): StandInAnswer {
    const problems = [
      ...['agent_id', 'to_phone_number']
        .filter((name) => !body[name])
        .map((name) => `${name} should not be empty`),
      ...Object.entries(body)
        .filter(([name, value]) => FIELDS[name]?.(value) === false)
        .map(([name]) => `${name} is not valid`),
      ...Object.keys(body)
        .filter((name) => !FIELDS[name])
        .map((name) => `property ${name} should not exist`),
    ];
    if (problems.length > 0) return failure(400, problems);
    if (body.agent_id !== DIALNEXA_AGENT) return failure(404, 'Agent not found');
    const number = String(body.to_phone_number);
    if (number.startsWith('+99')) return failure(403, 'Calls to this destination country are not enabled');
    const id = `call_${randomBytes(6).toString('hex')}`;
    const call = { number, metadata: body.metadata, status: 'initiated' as const };
    calls.set(id, call);
    return { status: 201, body: record(id, call) };
  }

  return { ...(await startStandIn(answer)), calls, faults };
}

function record(
  id: string,
  { number, metadata, status }: { number: string; metadata: unknown; status: DialnexaStatus },
) {
  const isOver = status !== 'initiated' && status !== 'in-progress';
  return {
    id,
    agent_id: DIALNEXA_AGENT,
    agent_version_number: 1,
    to_phone_number: number,
    status,
    metadata,
    created_at: '2024-03-01T10:00:00.000Z',
    ...(isOver && {
      duration_seconds: 145,
      ended_at: '2024-03-01T10:02:25.000Z',
      recording_url: 'https://recordings.dialnexa.com/not-for-the-page.mp3',
    }),
  };
}

function failure(statusCode: number, message: string | string[]): StandInAnswer {
  return { status: statusCode, body: { statusCode, message, error: NAMES[statusCode] ?? 'Error' } };
}
