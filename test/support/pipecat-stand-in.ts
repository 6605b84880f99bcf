import {
  startStandIn,
  type ReceivedRequest,
  type StandInAnswer,
  type StandInServer,
} from './stand-in-server.js';

export const PIPECAT_KEY = 'pk_0123456789abcdef';

type Fields = Record<string, unknown>;

export interface PipecatStandIn extends StandInServer {
  /** What `/start` was asked. */
  starts: Fields[];
  /** Another `/start` than the runner's: one of the site's own. */
  answerStartWith(answer: StandInAnswer): void;
}

const FIELDS = [
  'transport',
  'body',
  'createDailyRoom',
  'dailyRoomProperties',
  'dailyMeetingTokenProperties',
  'enableDefaultIceServers',
];
const SESSION = '5f0c7f9e-0000-4000-8000-000000000000';

/**
 * `/start` as Pipecat's runner answers it (pipecat-ai/pipecat, `runner/run.py`), for the key of its cloud, and strict: a field that it does
 * not know is an error.
 */
export async function startPipecatStandIn(): Promise<PipecatStandIn> {
  const starts: Fields[] = [];
  let own: StandInAnswer | undefined;

  function answer({ method, path, headers, body = {} }: ReceivedRequest): StandInAnswer {
    if (method !== 'POST' || path !== '/bots/start') return { status: 404, body: { detail: 'Not Found' } };
    if (headers.authorization !== `Bearer ${PIPECAT_KEY}`)
      return { status: 401, body: { error: 'Unauthorized', code: 'PCC-1001' } };
    const unknown = Object.keys(body).find((name) => !FIELDS.includes(name));
    if (unknown) return { status: 400, body: { detail: `Unknown field '${unknown}'` } };
    starts.push(body);
    return own ?? { status: 200, body: startData(body) };
  }

  const server = await startStandIn(answer);
  return { ...server, starts, answerStartWith: (answered) => (own = answered) };
}

function startData({ transport, createDailyRoom }: Fields): Fields {
  if (transport === 'daily' && createDailyRoom)
    return { dailyRoom: 'https://site.daily.co/room', dailyToken: 'daily-token', sessionId: SESSION };
  if (transport === 'websocket')
    return { wsUrl: 'ws://localhost:7860/ws-client', sessionId: SESSION, token: 'mock_token' };
  return { sessionId: SESSION };
}
