import { expect, it } from 'vitest';
import { callApi, startTestBackend } from './start-test-backend.js';

const outbound = (agentId: string) => ({ agentId, phoneNumberId: 'phone_demo', destination: '+12025550199' });

it.each([
  ['agent_receptionist', { status: 'completed', failureReason: null, didConnect: true }],
  ['agent_no_answer', { status: 'failed', failureReason: 'sip_no_answer', didConnect: false }],
  ['agent_rejected', { status: 'failed', failureReason: 'sip_rejected', didConnect: false }],
])('%s is phoned', async (agentId, expected) => {
  // It rings until this test has seen it ring, however slow the machine is.
  const backend = await startTestBackend({ timings: { ringMs: 1_000 } });
  const { callId } = await (await callApi(backend, '/calls/outbound', { body: outbound(agentId) })).json();
  const statuses = new Set<string>();
  await expect
    .poll(
      async () => {
        const record = await (await callApi(backend, `/calls/${callId}`)).json();
        statuses.add(record.status);
        return record;
      },
      { interval: 20 },
    )
    .toMatchObject({ channel: 'outbound', ...expected });
  expect([...statuses]).toContain('ringing');
});

it('needs a line and an agent', async () => {
  const backend = await startTestBackend();
  const noLine = await callApi(backend, '/calls/outbound', {
    body: { ...outbound('agent_echo'), phoneNumberId: 'x' },
  });
  expect([noLine.status, (await noLine.json()).error]).toEqual([404, 'phone_number_not_found']);
  expect((await callApi(backend, '/calls/outbound', { body: outbound('agent_of_nobody') })).status).toBe(404);
});
