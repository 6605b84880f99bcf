import { expect, it } from 'vitest';
import { allChecks } from '../../fuzz/all-checks.js';

/** Long and with another seed each time: `npm run fuzz`. */
const SEED = 20_261_129;
const RUNS = 40;

it.each(allChecks)('$name', async ({ isSlow, run }) => {
  const numRuns = isSlow ? RUNS / 10 : RUNS;
  const { runs, found } = await run({ seed: SEED, numRuns });
  expect(found).toBeNull();
  expect(runs).toBe(numRuns);
});
