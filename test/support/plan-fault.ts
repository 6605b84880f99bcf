import type { z } from 'zod';
import type { plannedFault } from '../../demo/backend/http-faults/http-faults.js';
import type { Backend } from '../../demo/backend/start-backend.js';

/** From now on a route of the backend fails in this way; what was planned for it before is forgotten. */
export async function planFault(backend: Backend, fault: z.input<typeof plannedFault>): Promise<void> {
  const response = await fetch(`${backend.url}/api/demo/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`The fault was not planned: ${await response.text()}`);
}

/** No route fails on purpose any more. */
export async function clearFaults(backend: Backend): Promise<void> {
  await fetch(`${backend.url}/api/demo/faults`, { method: 'DELETE' });
}

/** Empties the list of `backend.requests()`. */
export async function clearRequests(backend: Backend): Promise<void> {
  await fetch(`${backend.url}/api/demo/requests/clear`, { method: 'POST' });
}
