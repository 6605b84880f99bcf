import { expect, it, onTestFinished } from 'vitest';
import { startLivekitStandIn, LIVEKIT_KEY, LIVEKIT_SECRET } from '../../support/livekit-stand-in.js';
import { startTestBackend } from './start-test-backend.js';

it('with LIVEKIT_AGENT_NAME a call is had with that worker, by the relay: voice, and no key', async () => {
  const server = await startLivekitStandIn();
  onTestFinished(() => server.close());
  const env = {
    LIVEKIT_URL: server.url,
    LIVEKIT_API_KEY: LIVEKIT_KEY,
    LIVEKIT_API_SECRET: LIVEKIT_SECRET,
    LIVEKIT_AGENT_NAME: 'my-worker',
  };
  const backend = await startTestBackend({ env });
  const api = `${backend.url}/api/widget`;
  expect(await (await fetch(`${api}/features`)).json()).toEqual({ features: ['voice'] });
  const headers = { 'content-type': 'application/json', origin: backend.url, 'x-api-key': 'osm_demo' };
  const connect = { method: 'POST', headers, body: '{}' };
  const call = await (await fetch(`${api}/agents/agent_receptionist/connect`, connect)).json();
  const [room] = server.rooms.values();
  expect(room?.settings.agents).toMatchObject([{ agent_name: 'my-worker' }]);
  expect(call).toMatchObject({ roomName: room?.name, serverUrl: server.url.replace('http', 'ws') });
  // As a page of the same origin reads it: without an `Origin`.
  expect(await (await fetch(`${api}/calls/${call.callId}`)).json()).toMatchObject({ status: 'queued' });
});
