import { expect, test } from '../support/backend-fixture.js';
import { CALLER_HEARD_WITHIN_MS } from '../support/chromium.js';

test.use({ permissions: ['microphone'], timings: { noSoundMs: CALLER_HEARD_WITHIN_MS } });

test('agent_silent: the card says that the agent could not speak, and "Try again" starts a new call', async ({
  widget,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_silent', audience: 'tester' });
  await widget.startCall();
  const first = await widget.callId();
  await widget.reached('failed');
  await expect(widget.card).toContainText("Bot connected but couldn't speak");
  await expect(widget.card).toContainText('Platform-side');
  await expect(widget.page.getByText('no_audio_output', { exact: true })).toBeVisible();
  expect(await widget.details('osmtalk-failure')).toMatchObject([
    {
      reason: 'no_audio_output',
      source: 'server',
      title: "Bot connected but couldn't speak",
      likelyBlame: 'platform',
      retryable: true,
    },
  ]);
  expect(await widget.details('osmtalk-call-end')).toMatchObject([
    { callId: first, connected: false, failure: { reason: 'no_audio_output' } },
  ]);
  expect(await widget.liveTracks()).toBe(0);

  await widget.button('Try again').click();
  // The second call fails in its turn, on a slow machine before anybody has looked whether it is connected.
  await expect(widget.card).toHaveCount(0);
  const connected = () => widget.details('osmtalk-call-connected');
  await expect.poll(connected).toHaveLength(2);
  expect((await connected())[1]).not.toEqual((await connected())[0]);
});

test('a visitor reads the same failure in plain words', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_silent' });
  await widget.startCall();
  await expect(widget.card).toContainText('our voice did not come through', { timeout: 20_000 });
  await expect(widget.card).not.toContainText('Bot');
  await expect(widget.button('Try again')).toBeVisible();
});

test('agent_missing_record: the page says what it measured', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_missing_record' });
  await widget.startCall();
  await widget.reached('failed');
  expect(await widget.details('osmtalk-failure')).toMatchObject([
    { reason: 'agent-silent', source: 'device' },
  ]);
  await expect(widget.card).toBeVisible();
  expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
});

test('a record that comes late corrects the card in place', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_late_record', audience: 'tester' });
  await widget.startCall();
  await widget.reached('failed');
  await expect(widget.card).toContainText('Agent sent no sound');
  await expect(widget.card).toContainText("Bot connected but couldn't speak");
  expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
});

/** An answer to connect, and the card for it; all faults of HTTP are in http-faults.spec.ts. */
const HTTP: [agent: string, reason: string, retryable: boolean][] = [
  ['agent_no_credit', 'no-credit', false],
  ['agent_busy', 'too-many-calls', true],
  ['agent_unsupported', 'unsupported-transport', false],
  ['agent_nobody', 'agent-not-found', false],
];

for (const [agent, reason, retryable] of HTTP) {
  test(`${agent}: connect fails with ${reason}`, async ({ widget }) => {
    await widget.visitAndOpen({ 'agent-id': agent });
    await widget.button('Start a call').click();
    await widget.reached('failed');
    expect(await widget.details('osmtalk-failure')).toMatchObject([{ reason, source: 'device', retryable }]);
    await expect(widget.button('Try again')).toHaveCount(retryable ? 1 : 0);
    expect(await widget.liveTracks()).toBe(0);
    expect(widget.pageErrors).toEqual([]);
  });
}

/** A token that no LiveKit server has signed. */
const OPAQUE = 'opaque-to-all-but-its-server';

for (const [engine, answer] of [
  ['Daily, as Pipecat Cloud answers', { dailyRoom: 'https://x.daily.co/room', dailyToken: OPAQUE }],
  ['Daily, by its host', { callId: 'call_1', url: 'https://x.daily.co/room', token: OPAQUE }],
  ['a WebSocket of Pipecat', { wsUrl: 'wss://bot.example/ws', sessionId: 's1', token: OPAQUE }],
] as const) {
  test(`connect answers with the address of another engine, ${engine}: that is no fault of the visitor's network`, async ({
    widget,
  }) => {
    await widget.page.route('**/connect', (route) => route.fulfill({ json: answer }));
    await widget.visitAndOpen({ audience: 'tester' });
    await widget.button('Start a call').click();
    await widget.reached('failed');
    expect(await widget.details('osmtalk-failure')).toMatchObject([
      { reason: 'unsupported-transport', likelyBlame: 'platform' },
    ]);
    await expect(widget.card).not.toContainText('network');
    expect(await widget.liveTracks()).toBe(0);
  });
}

test('a key for another domain is named for the owner, not for the visitor', async ({ widget }) => {
  const errors: string[] = [];
  widget.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await widget.visitAndOpen({ 'api-key': 'osm_other_domain' });
  await widget.button('Start a call').click();
  await widget.reached('failed');
  expect(await widget.details('osmtalk-error')).toMatchObject([{ code: 'domain-not-allowed' }]);
  expect(errors.join('\n')).toContain('allowed domains');
  expect(errors.join('\n')).not.toContain('osm_other_domain');
  await expect(widget.card).not.toContainText('domain');
});

test('chat instead: the card goes, the message box has the focus, nothing is lost', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_no_credit' });
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('half a sen');
  await widget.button('Start a call').click();
  await widget.reached('failed');
  await widget.button('Chat instead').click();
  await expect(widget.card).toHaveCount(0);
  await expect(widget.page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(widget.page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a sen');
});
