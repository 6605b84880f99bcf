import { setTimeout as wait } from 'node:timers/promises';
import { answerFault } from '../scenarios/faults.js';
import { OFFER } from '../scenarios/offer.js';
import { findScenario, type Scenario, scenarios } from '../scenarios/scenarios.js';
import { prefersEventStream, streamedReply, wholeReply } from '../chat/chat-reply.js';
import type { ChatSession } from '../chat/chat-sessions.js';
import { HttpError } from '../http/http-error.js';
import type { Access } from './access.js';
import type { ApiHandler, ApiRequest } from './api-context.js';
import { chatBody, connectBody, outboundBody, parseWith } from './schemas.js';
import { phoneNumbers } from './phone-numbers.js';

export const listAgents: ApiHandler = () =>
  Response.json({
    data: Object.entries(scenarios).map(([id, { name, description }]) => ({ id, name, description })),
  });

export const connect: ApiHandler = async (api) => {
  const scenario = requireScenario(api.id);
  const { dynamicVariables } = parseWith(connectBody, api.body);
  requireCredit(api.access);
  if (scenario.fault) return answerFault(scenario.fault, api.signal);
  if (scenario.connectFault)
    return Response.json({ callId: 'call_unsupported', transport: 'carrier-pigeon' });
  requireFreeLine(api);
  const { keyName, key } = api.access;
  const call = await api.liveCalls.start(
    { agentId: api.id, keyName, dynamicVariables },
    { scenario, transport: key.transport, request: api.request },
  );
  return Response.json(call);
};

export const chat: ApiHandler = async (api) => {
  const scenario = requireScenario(api.id);
  const { message, sessionId, dynamicVariables } = parseWith(chatBody, api.body);
  requireCredit(api.access);
  if (scenario.fault) return answerFault(scenario.fault, api.signal);
  const visitor = { agentId: api.id, keyName: api.access.keyName, dynamicVariables };
  const session = api.chatSessions.resume(sessionId, visitor);
  if (scenario.chat === 'slow') await wait(api.timings.slowChatMs, undefined, { signal: api.signal });
  const reply = {
    text: replyTo(message, session, scenario),
    sessionId: session.id,
    choices: scenario.chat === 'choices' ? OFFER.choices : undefined,
  };
  api.calls.addLine(session.record, 'user', message);
  api.calls.addLine(session.record, 'agent', reply.text);
  const isStreamed = prefersEventStream(api.request.headers.get('accept'));
  return isStreamed ? streamedReply(reply, api.timings.chatPieceGapMs) : wholeReply(reply);
};

export const startOutbound: ApiHandler = async (api) => {
  const { agentId, phoneNumberId, dynamicVariables } = parseWith(outboundBody, api.body);
  const scenario = requireScenario(agentId);
  if (!phoneNumbers.some((line) => line.id === phoneNumberId)) {
    throw new HttpError(404, 'phone_number_not_found', 'There is no phone number of this id.');
  }
  requireCredit(api.access);
  if (scenario.fault) return answerFault(scenario.fault, api.signal);
  requireFreeLine(api);
  const call = { agentId, keyName: api.access.keyName, dynamicVariables };
  return Response.json({ callId: api.outboundCalls.start(call, scenario).id });
};

function replyTo(message: string, session: ChatSession, scenario: Scenario): string {
  return scenario.chat === 'echo' ? message : session.script.answer(message).text;
}

function requireScenario(agentId: string): Scenario {
  const scenario = findScenario(agentId);
  if (!scenario) throw new HttpError(404, 'agent_not_found', 'There is no agent of this id.');
  return scenario;
}

function requireCredit({ key }: Access): void {
  if (!key.hasCredit) throw new HttpError(402, 'no_credit', 'The organization has no credit left.');
}

function requireFreeLine({ calls, access }: ApiRequest): void {
  if (calls.activeCalls(access.keyName) < access.key.concurrentCalls) return;
  throw new HttpError(429, 'too_many_calls', 'All lines of this key are in use.', { retryAfterSeconds: 5 });
}
