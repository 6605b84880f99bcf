import { parseArgs } from 'node:util';
import { allChecks } from './all-checks.js';

/**
 * `npm run fuzz -- --seconds N [--seed S] [--check "part of a name"]`: gives every reader what nobody would write, in turns, until the
 * time is over (default 60 s). Prints the seed, with which the same is given again. Ends with code 1 at the first thing that
 * does not hold, and says how to see it again.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    check: { type: 'string', default: '' },
    path: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(values.seed);
if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new TypeError('--seconds and --seed are numbers');

const checks = allChecks.filter(({ name }) => name.includes(values.check));
if (checks.length === 0) throw new TypeError(`No check has ${JSON.stringify(values.check)} in its name`);

/** Short, so that each has its turn also in a short run. */
const TURN_MS = Math.min(1_000, (seconds * 1_000) / checks.length);
const until = performance.now() + seconds * 1_000;

process.on('unhandledRejection', (error) => {
  console.error('Nobody waited for this error:', error);
  process.exit(1);
});
console.log(`Seed ${seed}, ${seconds} s, ${checks.length} checks`);
const counts = new Map<string, number>();
for (let turn = 0; performance.now() < until; turn += 1) {
  for (const { name, run } of checks) {
    const limitMs = Math.min(TURN_MS, until - performance.now());
    if (limitMs <= 0) break;
    const again = values.path === undefined ? {} : { path: values.path };
    const { runs, found } = await run({ seed: seed + turn, numRuns: 1_000_000, limitMs, ...again });
    counts.set(name, (counts.get(name) ?? 0) + runs);
    if (found === null) continue;
    console.error(found);
    process.exit(1);
  }
  if (values.path !== undefined) break;
}
for (const [name, runs] of counts) console.log(`${String(runs).padStart(9)}  ${name}`);
console.log(`Seed ${seed}: nothing found`);
