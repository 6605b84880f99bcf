import * as fc from 'fast-check';

/** Of one run. What takes longer for so little text is a way to stop a page. In milliseconds of this process alone: others may be busy. */
const MOST_CPU_MS = 2_000;

interface CheckSettings {
  seed: number;
  numRuns: number;
  /** The run that failed, as a report names it. */
  path?: string;
  /** Stops between two runs. */
  limitMs?: number;
}

/** Something that must hold, whatever a reader is given. */
export interface Check {
  name: string;
  /** Given long texts: a few runs are enough for a short look. */
  isSlow: boolean;
  /** How many runs there were, and what was found. */
  run(settings: CheckSettings): Promise<{ runs: number; found: string | null }>;
}

/** `holds` throws, or takes too long, where it does not. */
export function check<T>(
  name: string,
  given: fc.Arbitrary<T>,
  holds: (value: T) => unknown,
  { isSlow = false } = {},
): Check {
  return {
    name,
    isSlow,
    async run({ limitMs, ...settings }) {
      const property = fc.asyncProperty(given, async (value) => {
        const before = process.cpuUsage();
        await holds(value);
        const { user, system } = process.cpuUsage(before);
        const ms = (user + system) / 1_000;
        if (ms > MOST_CPU_MS) throw new Error(`Took ${Math.round(ms)} ms`);
        expectUnpolluted();
      });
      const limits = limitMs === undefined ? {} : { interruptAfterTimeLimit: limitMs };
      const details = await fc.check(property, { ...settings, ...limits });
      const isFound = details.failed && details.counterexample !== null;
      return { runs: details.numRuns, found: isFound ? reportOf(name, details) : null };
    },
  };
}

/** Throws, unless it throws nothing but errors of which `isDocumented` says so. Says what it returned. */
export function orDocumented<T>(read: () => T, isDocumented: (error: unknown) => boolean): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDocumented(error)) return undefined;
    throw error;
  }
}

const OBJECT_KEYS = Reflect.ownKeys(Object.prototype).length;
const ARRAY_KEYS = Reflect.ownKeys(Array.prototype).length;

function expectUnpolluted(): void {
  if (
    Reflect.ownKeys(Object.prototype).length !== OBJECT_KEYS ||
    Reflect.ownKeys(Array.prototype).length !== ARRAY_KEYS
  )
    throw new Error('A prototype has been written to');
}

function reportOf<T>(name: string, details: fc.RunDetails<[T]>): string {
  const { seed, counterexamplePath, counterexample, errorInstance } = details;
  const shown = fc.stringify(counterexample?.[0]);
  const cut = shown.length > 2_000 ? `${shown.slice(0, 2_000)}… (${shown.length} characters)` : shown;
  return [
    `${name}: does not hold`,
    `  again: npm run fuzz -- --check ${JSON.stringify(name)} --seed ${seed} --path ${counterexamplePath ?? ''}`,
    `  given: ${cut}`,
    `  ${errorInstance instanceof Error ? errorInstance.stack : String(errorInstance)}`,
  ].join('\n');
}
