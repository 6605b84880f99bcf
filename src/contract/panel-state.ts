import type { CallState } from '../call/call-state.js';
import type { AgentState, TranscriptEntry } from '../voice/transport.js';

/** What the panel tells of the conversation, and the element by properties of the same names. */
export interface PanelState {
  readonly callState: CallState;
  readonly agentState: AgentState;
  readonly muted: boolean;
  readonly callId: string | null;
  readonly transcript: readonly TranscriptEntry[];
}

/** The state before there is a panel. */
const IDLE: PanelState = {
  callState: 'idle',
  agentState: 'initializing',
  muted: false,
  callId: null,
  transcript: [],
};

/** Defines a read-only property on `prototype` for each of these. `stateOf` finds the panel of an instance. */
export function defineState<T extends object>(
  prototype: T,
  stateOf: (element: T) => PanelState | null,
): void {
  for (const [name, idle] of Object.entries(IDLE) as [keyof PanelState, unknown][]) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: T) {
        return stateOf(this)?.[name] ?? idle;
      },
    });
  }
}
