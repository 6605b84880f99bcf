import type { Scenario } from '../scenarios/scenarios.js';
import { speechLine } from '../speech/speech-lines.js';
import { TimerSet } from '../timer-set.js';
import type { Timings } from '../timings.js';
import { type CallFacts, deriveOutcome } from './call-outcome.js';
import type { CallRecord } from './call-record.js';
import type { CallStore, NewCall } from './call-store.js';

/** Facts of a telephone call that was answered and went well. */
const answered: CallFacts = {
  endedBy: 'agent',
  agentJoined: true,
  callerConnected: true,
  agentFrames: 1,
  agentVoicedFrames: 1,
  welcomeFinished: true,
  callerPackets: 0,
  callerLoudestDb: null,
  providerErrors: 0,
  agentDied: false,
  durationSeconds: 0,
};

/** Telephone calls, played by the clock: there is no telephone here. */
export class OutboundCalls {
  readonly #timers = new TimerSet();

  constructor(
    private readonly calls: CallStore,
    private readonly timings: Timings,
  ) {}

  start(newCall: Omit<NewCall, 'channel'>, scenario: Scenario): CallRecord {
    const call = this.calls.create({ ...newCall, channel: 'outbound' });
    this.#timers.after(0, () => this.calls.setStatus(call, 'ringing'));
    this.#timers.after(this.timings.ringMs, () => this.#pickUp(call, scenario.outbound ?? 'answered'));
    return call;
  }

  close(): void {
    this.#timers.clear();
  }

  #pickUp(call: CallRecord, outcome: NonNullable<Scenario['outbound']>): void {
    if (outcome !== 'answered') {
      const facts: CallFacts = { ...answered, callerConnected: false, agentVoicedFrames: 0, sip: outcome };
      this.calls.finish(call, deriveOutcome(facts));
      return;
    }
    this.calls.setStatus(call, 'in_progress');
    this.calls.addLine(call, 'agent', speechLine('welcome').text);
    this.#timers.after(this.timings.outboundTalkMs, () => this.calls.finish(call, deriveOutcome(answered)));
  }
}
