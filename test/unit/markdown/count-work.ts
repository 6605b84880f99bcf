import { Session } from 'node:inspector/promises';

// From before the first run until the process ends: what V8 has compiled meanwhile would not count.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * How much `run` does in `src/markdown`, the same on every machine: V8 counts how often each block of code is run, and
 * the built-in functions that may read far are counted by the characters they read.
 */
export async function countWork(run: () => void): Promise<number> {
  // Of code that it has never counted before V8 tells more blocks than later.
  await countOnce(run);
  return countOnce(run);
}

async function countOnce(run: () => void): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  const read = countCharacters(run);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => /\/src\/markdown\/[\w-]+\.ts$/.test(url));
  if (ours.length === 0) throw new Error('V8 has counted nothing in src/markdown');
  const blocks = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
  return read + blocks.reduce((sum, { count }) => sum + count, 0);
}

function countCharacters(run: () => void): number {
  const { indexOf, lastIndexOf } = String.prototype;
  const { exec } = RegExp.prototype;
  let read = 0;
  Object.assign(String.prototype, {
    indexOf(this: string, part: string, from = 0): number {
      const at = indexOf.call(this, part, from);
      read += (at === -1 ? this.length : at) - from + 1;
      return at;
    },
    lastIndexOf(this: string, part: string, from = this.length): number {
      const at = lastIndexOf.call(this, part, from);
      read += Math.min(from, this.length) - at + 1;
      return at;
    },
  });
  Object.assign(RegExp.prototype, {
    exec(this: RegExp, text: string): RegExpExecArray | null {
      const found = exec.call(this, text);
      read += found?.[0].length ?? 1;
      return found;
    },
  });
  try {
    run();
  } finally {
    Object.assign(String.prototype, { indexOf, lastIndexOf });
    Object.assign(RegExp.prototype, { exec });
  }
  return read;
}
