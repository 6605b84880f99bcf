import { expect, test } from '../support/backend-fixture.js';

test.use({ permissions: ['microphone'], timings: { longestLineMs: 3_000 } });

test('a call: both sides are heard, the words are shown, the end is told once and nothing stays open', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
  await widget.startCall();

  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
  await expect(widget.log).toContainText('Alder and Finch');
  const callId = await widget.callId();
  const backendCallId = await widget.backendCallId();
  // 20 ms each: who hangs up in the first two seconds has changed their mind, and had no call.
  await expect.poll(() => backend.liveCalls.get(backendCallId)?.facts.callerPackets).toBeGreaterThan(110);
  expect(backend.liveCalls.get(backendCallId)?.facts.agentJoined).toBe(true);

  await widget.button('End call').click();
  await widget.reached('ended');
  expect(await widget.details('osmtalk-call-end')).toEqual([
    { callId, connected: true, durationSeconds: expect.any(Number), failure: null },
  ]);
  expect(await widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
  await expect.poll(() => backend.calls.get(backendCallId)?.status).toBe('completed');
  await expect(widget.button('Start a call')).toBeFocused();
  expect(widget.pageErrors).toEqual([]);
});

test('the receptionist takes turns: it answers after the caller has spoken', async ({ widget }) => {
  await widget.visitAndOpen();
  await widget.startCall();
  await expect
    .poll(
      async () =>
        new Set(
          (await widget.details('osmtalk-transcript'))
            .filter((entry) => entry.final)
            .map((entry) => entry.role),
        ).size,
      {
        timeout: 30_000,
      },
    )
    .toBe(2);
  await expect
    .poll(
      async () =>
        (await widget.details('osmtalk-transcript')).filter((entry) => entry.final && entry.role === 'agent')
          .length,
      {
        timeout: 30_000,
      },
    )
    .toBeGreaterThan(1);
});

test('agent_echo sends the caller’s own voice back: energy on both legs, none while muted', async ({
  widget,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).spoken).toBeGreaterThan(0.01);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);

  await widget.button('Mute').click();
  await expect(widget.button('Unmute')).toBeVisible();
  const before = (await widget.energy()).spoken;
  await expect
    .poll(() =>
      widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).muted),
    )
    .toBe(true);
  await widget.button('Unmute').click();
  await expect.poll(async () => (await widget.energy()).spoken).toBeGreaterThan(before + 0.005);
});

test('text typed in a call goes to the live agent, and the call goes on', async ({ widget }) => {
  await widget.visitAndOpen();
  await widget.startCall();
  await expect(widget.log).toContainText('Alder');
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('What are your opening hours?');
  await widget.button('Send').click();
  await expect(widget.log).toContainText('What are your opening hours?');
  await expect(widget.log).toContainText('Monday to Friday', { timeout: 20_000 });
  expect(widget.requests.filter((request) => request.endsWith('/chat'))).toEqual([]);
  await expect(widget.button('End call')).toBeVisible();
});

test('the agent hangs up after a conversation: the call ends without a card', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_hangs_up' });
  await widget.startCall();
  await widget.reached('ended');
  expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
  await expect(widget.card).toHaveCount(0);
});

test('a double press starts one call', async ({ widget }) => {
  await widget.visitAndOpen();
  await widget.element.evaluate((element) => {
    const widgetElement = element as HTMLElementTagNameMap['osmtalk-widget'];
    void widgetElement.startCall();
    void widgetElement.startCall();
  });
  await widget.reached('connected');
  expect(widget.connectRequests()).toBe(1);
  expect(await widget.details('osmtalk-call-start')).toHaveLength(1);
});

test('a listener can prevent the call, or change what is sent', async ({ widget, backend }) => {
  await widget.visitAndOpen();
  await widget.page.evaluate(() =>
    addEventListener('osmtalk-call-start', (event) => event.preventDefault(), { once: true }),
  );
  await widget.button('Start a call').click();
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
  expect(widget.connectRequests()).toBe(0);

  await widget.page.evaluate(() =>
    addEventListener('osmtalk-call-start', (event) => {
      const { detail } = event as CustomEvent<{ agentId: string; dynamicVariables: Record<string, unknown> }>;
      detail.agentId = 'agent_echo';
      detail.dynamicVariables['first name'] = 'Ada';
    }),
  );
  await widget.startCall();
  const record = backend.calls.get(await widget.backendCallId());
  expect(record).toMatchObject({ agentId: 'agent_echo', dynamicVariables: { 'first name': 'Ada' } });
});

test('removing the element ends the call; moving it does not', async ({ widget }) => {
  await widget.visitAndOpen();
  await widget.startCall();
  await widget.element.evaluate((element) => document.querySelector('main')?.append(element));
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);

  await widget.element.evaluate((element) => element.remove());
  await expect.poll(() => widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
});

test('leaving the page ends the call on the server', async ({ widget, backend }) => {
  await widget.visitAndOpen();
  await widget.startCall();
  const callId = await widget.backendCallId();
  await expect(widget.log).toContainText('Alder');
  await widget.page.goto('about:blank');
  await expect.poll(() => backend.calls.get(callId)?.endedAt, { timeout: 10_000 }).toBeTruthy();
});

test('the media server’s WebSocket breaks: the call recovers by itself and is heard again', async ({
  widget,
  backend,
  request,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
  await request.post(`${backend.url}/api/demo/calls/${await widget.backendCallId()}/drop-websocket`);
  await widget.reached('reconnecting');
  await widget.reached('connected');
  const { heard } = await widget.energy();
  await expect
    .poll(async () => (await widget.energy()).heard, { timeout: 10_000 })
    .toBeGreaterThan(heard + 0.01);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
});
