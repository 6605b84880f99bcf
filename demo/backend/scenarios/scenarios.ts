import type { BehaviourName } from '../agent/behaviours.js';

export interface Scenario {
  name: string;
  description: string;
  /** What the agent does in a call. */
  behaviour: BehaviourName;
  chat?: 'receptionist' | 'echo' | 'slow' | 'choices';
  /** An HTTP answer in the place of connect, chat and outbound. */
  fault?: FaultName;
  /** An HTTP answer in the place of connect alone. */
  connectFault?: 'unsupported-transport';
  outbound?: 'answered' | 'no-answer' | 'rejected';
  /** How the record of the call is shown after its end. */
  record?: 'late' | 'missing';
  idleWindow?: 'short';
  /** What the agent says besides its sound; LiveKit's, or our own, by the transport. */
  dialect?: 'rtvi';
}

export type FaultName = 'no-credit' | 'busy' | 'rate-limited' | 'server-error' | 'broken-json' | 'timeout';

function faulty(name: string, description: string, fault: FaultName): Scenario {
  return { name, description, fault, behaviour: 'receptionist' };
}

/** Every agent of the local backend, one for each thing that can happen. */
export const scenarios = {
  agent_receptionist: {
    name: 'Receptionist',
    description: 'Speaks a welcome, listens and answers, by voice and by text.',
    behaviour: 'receptionist',
  },
  agent_echo: {
    name: 'Echo',
    description: 'Sends your own sound straight back; repeats text.',
    behaviour: 'echo',
    chat: 'echo',
  },
  agent_silent: {
    name: 'Silent',
    description:
      'Joins and never speaks: no_audio_output when you were heard, no_audio_either_direction when not.',
    behaviour: 'silent',
  },
  agent_never_joins: {
    name: 'Never joins',
    description: 'Does not start in its 15 seconds: bot_startup_failed.',
    behaviour: 'never-joins',
  },
  agent_slow_start: {
    name: 'Slow start',
    description: 'Joins after some seconds, then works.',
    behaviour: 'slow-start',
  },
  agent_crashes: {
    name: 'Crashes',
    description:
      'Its process dies in the middle of the welcome; a sweeper finds the call later: stale_sweep.',
    behaviour: 'crashes',
  },
  agent_idle: {
    name: 'Short idle window',
    description: 'Ends the call when nobody has spoken for eight seconds: idle_timeout.',
    behaviour: 'waits',
    idleWindow: 'short',
  },
  agent_provider_storm: {
    name: 'Provider error storm',
    description: 'Three errors of a speech provider: provider_circuit_open.',
    behaviour: 'provider-storm',
  },
  agent_unknown_failure: {
    name: 'Unknown failure',
    description: 'Fails with a reason that nobody knows.',
    behaviour: 'unknown-failure',
  },
  agent_hangs_up: {
    name: 'Hangs up',
    description: 'Says goodbye and ends the call: completed.',
    behaviour: 'hangs-up',
  },
  agent_tools: {
    name: 'Client tool',
    description: 'Calls a tool of the page by RPC (get_page_title, or the dynamic variable tool_name).',
    behaviour: 'tools',
  },
  agent_choices: {
    name: 'Choices',
    description:
      'Offers answers to tap, then a field; in a call with built-in-tools="offer_choices ask_visitor".',
    behaviour: 'offers',
    chat: 'choices',
  },
  agent_recorded: {
    name: 'Recorded',
    description: 'The room says that it is recorded, until you write something (LiveKit only).',
    behaviour: 'recorded',
  },
  agent_writes: {
    name: 'Writes',
    description:
      'Sends a message in writing and is idle then; when you write something, its state is failed (LiveKit only).',
    behaviour: 'writes',
  },
  agent_rtvi: {
    name: 'RTVI bot',
    description: "Speaks RTVI as Pipecat's bots do, and begins when the page says that it is ready.",
    behaviour: 'receptionist',
    dialect: 'rtvi',
  },
  agent_rtvi_tools: {
    name: 'RTVI bot with a client tool',
    description: 'Calls a tool of the page by an RTVI function call, and says goodbye by leaving.',
    behaviour: 'tools',
    dialect: 'rtvi',
  },
  agent_late_record: {
    name: 'Late record',
    description: 'Like Silent, but the record says in_progress for some seconds after the end.',
    behaviour: 'silent',
    record: 'late',
  },
  agent_missing_record: {
    name: 'Missing record',
    description: 'Like Silent, but there is no record of the call: 404.',
    behaviour: 'silent',
    record: 'missing',
  },
  agent_slow_chat: {
    name: 'Slow chat',
    description: 'Takes some seconds to answer a chat message.',
    behaviour: 'receptionist',
    chat: 'slow',
  },
  agent_no_answer: {
    name: 'Nobody picks up',
    description: 'An outbound call rings out: sip_no_answer.',
    behaviour: 'receptionist',
    outbound: 'no-answer',
  },
  agent_rejected: {
    name: 'Rejected by the carrier',
    description: 'An outbound call is refused: sip_rejected.',
    behaviour: 'receptionist',
    outbound: 'rejected',
  },
  agent_unsupported: {
    name: 'Unsupported transport',
    description: 'connect answers with a transport nobody knows.',
    behaviour: 'receptionist',
    connectFault: 'unsupported-transport',
  },
  agent_no_credit: faulty('No credit', '402.', 'no-credit'),
  agent_busy: faulty('All lines busy', '429 for too many calls, with Retry-After: 2.', 'busy'),
  agent_rate_limited: faulty('Rate limited', '429 for too many requests.', 'rate-limited'),
  agent_server_error: faulty('Server error', '503.', 'server-error'),
  agent_broken_json: faulty('Broken answer', '200 with a page of HTML.', 'broken-json'),
  agent_timeout: faulty('Timeout', 'Never answers.', 'timeout'),
} satisfies Record<string, Scenario>;

type AgentId = keyof typeof scenarios;

export function findScenario(agentId: string): Scenario | undefined {
  return Object.hasOwn(scenarios, agentId) ? scenarios[agentId as AgentId] : undefined;
}
