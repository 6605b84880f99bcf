import { REASON_FACTS, toFailureReason } from '../../failures/failure-reasons.js';
import type * as FailureGuidanceModule from './failure-guidance.js';

/** The words of all failures, for both audiences. */
export type Guidance = Pick<typeof FailureGuidanceModule, 'describeFailureReason' | 'guidanceFor'>;

/** Fetches the words. Where even that fails (offline since before the first idle moment) a plain sentence stands in. */
export async function loadGuidance(): Promise<Guidance> {
  return import('./failure-guidance.js').catch(() => STAND_IN);
}

const STAND_IN: Guidance = {
  describeFailureReason: (reason) => ({
    title: 'This did not work',
    cause: 'The connection to the internet seems to be missing.',
    whatToTry: 'Check your connection, then try again.',
    ...REASON_FACTS[toFailureReason(reason)],
  }),
  guidanceFor: (failure) => failure,
};
