import { expect, it } from 'vitest';
import { randomId } from '../../../src/wire/random-id.js';

it('makes ids of 128 bits that do not repeat', () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
