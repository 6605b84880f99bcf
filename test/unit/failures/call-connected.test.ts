import { expect, it } from 'vitest';
import { callConnected, type ConnectedFacts } from '../../../src/failures.js';

it.each<[ConnectedFacts | null | undefined, boolean]>([
  [{ didConnect: true }, true],
  [{ didConnect: true, status: 'failed', failureReason: 'stale_sweep' }, true],
  [{ didConnect: false }, false],
  [{ didConnect: false, status: 'completed' }, false],
  [{ status: 'completed' }, true],
  [{ status: 'completed', didConnect: null, failureReason: null }, true],
  [{ status: 'completed', failureReason: undefined }, true],
  [{ status: 'completed', failureReason: 'no_audio_output' }, false],
  [{ status: 'failed' }, false],
  [{ status: 'in_progress' }, false],
  [{ status: null }, false],
  [{}, false],
  [null, false],
  [undefined, false],
  [{ didConnect: 'yes', status: 'failed' } as never, false],
])('a call with the record %j was connected: %s', (record, expected) => {
  expect(callConnected(record)).toBe(expected);
});
