import type { CDPSession } from 'playwright';

/** What a page holds after a garbage collection. */
export interface Holdings {
  heapBytes: number;
  peerConnections: number;
  /** Open or closed, as the peer connections. */
  audioContexts: number;
  nodes: number;
  listeners: number;
}

/** Needs `Performance.enable`. */
export async function lookAtHoldings(devtools: CDPSession): Promise<Holdings> {
  // What a finalizer lets go of is free only after the next one.
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return {
    heapBytes: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN,
    peerConnections: await countLive(devtools, 'RTCPeerConnection'),
    audioContexts: await countLive(devtools, 'AudioContext'),
    nodes,
    listeners: jsEventListeners,
  };
}

/** Objects of this class that are still in memory, closed or not. */
async function countLive(devtools: CDPSession, className: string): Promise<number> {
  const objectGroup = 'count';
  const prototype = await devtools.send('Runtime.evaluate', {
    expression: `${className}.prototype`,
    objectGroup,
  });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId ?? '',
    objectGroup,
  });
  const length = await devtools.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length; }',
    objectId: objects.objectId ?? '',
    returnByValue: true,
  });
  await devtools.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(length.result.value);
}
