import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { abortWith } from '../../../src/async/unless-aborted.js';

/** Runs the garbage collector, in a job of its own: what this one has seen is held until it ends. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    await new Promise(setImmediate);
    gc();
  }
}

describe('a controller that aborts with signals', () => {
  it('gives the reason on', () => {
    const source = new AbortController();
    const { signal } = abortWith(new AbortController(), new AbortController().signal, source.signal);
    source.abort('enough');
    expect(signal.reason).toBe('enough');
  });

  it('is aborted at once by a signal that is, and leaves the others alone', () => {
    const { signal: other } = new AbortController();
    const { signal } = abortWith(new AbortController(), AbortSignal.abort('before'), other);
    expect(signal.reason).toBe('before');
    expect(getEventListeners(other, 'abort')).toEqual([]);
  });

  it('leaves no listener behind, however many share a signal', async () => {
    const { signal } = new AbortController();
    const controllers = Array.from({ length: 3 }, () => abortWith(new AbortController(), signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(3);
    await collectGarbage();
    for (const controller of controllers) controller.abort();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
