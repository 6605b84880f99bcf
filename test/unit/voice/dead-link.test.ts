import { expect, it } from 'vitest';
import { DeadLink } from '../../../src/voice/dead-link.js';

interface Counts {
  requestsSent?: number;
  responsesReceived?: number;
  bytesReceived?: number;
}

function report(counts: Counts): RTCStatsReport {
  return new Map<string, unknown>([
    ['T', { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }],
    ['P', { id: 'P', type: 'candidate-pair', ...counts }],
    // One that is not in use says nothing.
    ['Q', { id: 'Q', type: 'candidate-pair', requestsSent: 99, responsesReceived: 0 }],
  ]);
}

/** Whether the link is dead after each of these looks, a quarter of a second apart. */
function looks(seconds: number, at: (second: number) => Counts): boolean[] {
  const link = new DeadLink();
  return Array.from({ length: seconds * 4 }, (_, index) => link.look([report(at(index / 4))], index * 250));
}

it('a link without packets whose checks go unanswered is dead within four seconds, and not before three', () => {
  // Packets until second 2, then none; a check every half a second.
  const dead = looks(8, (second) => ({
    requestsSent: Math.floor(second * 2),
    responsesReceived: Math.min(4, Math.floor(second * 2)),
    bytesReceived: Math.min(2, second) * 1_000,
  }));
  const firstAt = dead.indexOf(true) / 4;
  expect(firstAt).toBeGreaterThan(2 + 3);
  expect(firstAt).toBeLessThanOrEqual(2 + 4);
});

it('one on which nobody speaks is not: its checks are answered', () => {
  const dead = looks(20, (second) => ({
    requestsSent: Math.floor(second / 2.5) + 1,
    responsesReceived: Math.floor(second / 2.5) + 1,
    bytesReceived: 500,
  }));
  expect(dead).not.toContain(true);
});

it('nor is one of a browser that counts no checks, or of a page that was asleep', () => {
  expect(looks(20, () => ({ bytesReceived: 500 }))).not.toContain(true);
  const link = new DeadLink();
  const counts = { requestsSent: 5, responsesReceived: 5, bytesReceived: 500 };
  link.look([report(counts)], 0);
  expect(link.look([report(counts)], 60_000)).toBe(false);
});

it('a dead one lives again with the next packet, and a new link is judged anew', () => {
  const link = new DeadLink();
  link.look([report({ requestsSent: 1, responsesReceived: 1 })], 0);
  expect(link.look([report({ requestsSent: 9, responsesReceived: 1 })], 4_000)).toBe(true);
  expect(link.look([report({ requestsSent: 9, responsesReceived: 2 })], 4_250)).toBe(false);
  link.look([report({ requestsSent: 19, responsesReceived: 2 })], 9_000);
  link.forget();
  expect(link.look([report({ requestsSent: 0, responsesReceived: 0 })], 9_250)).toBe(false);
});
