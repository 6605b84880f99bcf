import { cpus, type CpuInfo } from 'node:os';

/** Returns how much of this machine's processors was idle between two readings, from 0 to 1; 1 where nothing was counted. */
export function idleShare(before: readonly CpuInfo[], after: readonly CpuInfo[]): number {
  const idle = sum(after, idleOf) - sum(before, idleOf);
  const all = sum(after, allOf) - sum(before, allOf);
  return all > 0 ? idle / all : 1;
}

/** Watches the processors for this many milliseconds. */
export async function watchIdleShare(forMs = 1_000): Promise<number> {
  const before = cpus();
  // oxlint-disable-next-line house/no-sleep -- the time itself is what is watched
  await new Promise((resolve) => setTimeout(resolve, forMs));
  return idleShare(before, cpus());
}

/**
 * Returns how many browsers may run real calls beside each other. Of the four that two free cores bear, a machine that has
 * other work bears fewer: what a call waits for then comes too late for the limits that the tests hold it to.
 */
export function workersFor(idle: number): number {
  return idle > 0.75 ? 4 : 3;
}

function sum(of: readonly CpuInfo[], what: (cpu: CpuInfo) => number): number {
  return of.reduce((total, cpu) => total + what(cpu), 0);
}

function idleOf({ times }: CpuInfo): number {
  return times.idle;
}

function allOf({ times }: CpuInfo): number {
  return times.user + times.nice + times.sys + times.idle + times.irq;
}
