import { expect, it } from 'vitest';
import { scenarios } from '../../../demo/backend/scenarios/scenarios.js';
import { callApi, connectTo, startTestBackend } from './start-test-backend.js';

it('shows scenarios and requests, and what was measured in a call', async () => {
  const backend = await startTestBackend();
  const demo = async (path: string, method = 'GET'): Promise<unknown> =>
    (await backend.fetch(new Request(`${backend.url}/api/demo${path}`, { method }))).json();
  expect(await demo('/scenarios')).toEqual(JSON.parse(JSON.stringify(scenarios)));
  await callApi(backend, '/agents');
  expect(await demo('/requests')).toMatchObject({ data: [{ path: '/api/widget/agents', status: 200 }] });
  await demo('/requests/clear', 'POST');
  expect(await demo('/requests')).toEqual({ data: [] });

  const { callId } = await (await connectTo(backend, 'agent_receptionist')).json();
  expect(await demo(`/calls/${callId}`)).toMatchObject({
    callId,
    ended: false,
    liveCalls: 1,
    facts: {
      agentJoined: true,
      callerConnected: false,
      callerPackets: 0,
      callerLoudestDb: null,
      agentFrames: 0,
    },
  });
  await demo(`/calls/${callId}/hang-up`, 'POST');
  expect(await demo(`/calls/${callId}`)).toMatchObject({ ended: true, liveCalls: 0 });
});

it.each([
  ['/calls/call_of_nobody', 'GET'],
  ['/calls/call_of_nobody/hang-up', 'POST'],
  ['/nothing', 'GET'],
])('%s: 404', async (path, method) => {
  const backend = await startTestBackend();
  expect((await backend.fetch(new Request(`${backend.url}/api/demo${path}`, { method }))).status).toBe(404);
});
