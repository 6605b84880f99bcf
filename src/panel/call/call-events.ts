import { publicState, type CallStatus } from '../../call/call-state.js';
import type { Dispatch } from '../../contract/events.js';

/** Reports to the page what a call does, and whether it is recorded: each time that this changes. */
export class CallEvents {
  readonly #dispatch: Dispatch;
  #states = 'idle initializing';
  #recording = false;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
  }

  tell({ callState, agentState: told, recording }: CallStatus): void {
    const agentState = publicState(told);
    if (`${callState} ${agentState}` !== this.#states) {
      this.#states = `${callState} ${agentState}`;
      this.#dispatch('osmtalk-state-change', { callState, agentState });
    }
    if (recording !== this.#recording) {
      this.#recording = recording;
      this.#dispatch('osmtalk-recording', { recording });
    }
  }
}
