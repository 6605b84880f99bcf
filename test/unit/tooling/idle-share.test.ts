import { cpus, type CpuInfo } from 'node:os';
import { expect, it } from 'vitest';
import { idleShare, watchIdleShare, workersFor } from '../../support/idle-share.js';

const cpu = (busy: number, idle: number): CpuInfo => ({
  model: 'a core',
  speed: 1,
  times: { user: busy, nice: 0, sys: 0, idle, irq: 0 },
});

it('a machine with nothing else to do runs four browsers, one with a busy core three', () => {
  const before = [cpu(500, 500), cpu(0, 1_000)];
  expect(idleShare(before, [cpu(510, 1_490), cpu(10, 1_990)])).toBeCloseTo(0.99);
  expect(workersFor(idleShare(before, [cpu(510, 1_490), cpu(10, 1_990)]))).toBe(4);
  expect(idleShare(before, [cpu(1_500, 500), cpu(0, 2_000)])).toBe(0.5);
  expect(workersFor(0.5)).toBe(3);
});

it('where the system counts nothing, the machine is taken for free', () => {
  expect(idleShare([], [])).toBe(1);
  expect(idleShare(cpus().slice(0, 0), [cpu(0, 0)])).toBe(1);
});

it('this machine has a share between none and all', async () => {
  const share = await watchIdleShare(50);
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1);
});
