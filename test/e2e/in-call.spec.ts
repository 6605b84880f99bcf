import { expect, test } from '../support/backend-fixture.js';

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

test.use({ permissions: ['microphone'] });

test('push to talk: while muted, the microphone is open as long as the space bar is held', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  const muted = (): Promise<boolean> =>
    widget.element.evaluate((element) => (element as WidgetElement).muted);
  await widget.button('Mute').click();
  await expect(page.getByText('Hold the space bar to talk')).toBeVisible();
  await page.getByRole('dialog').focus();
  await page.keyboard.down('Space');
  await expect.poll(muted).toBe(false);
  await page.keyboard.up('Space');
  await expect.poll(muted).toBe(true);
  // In the message box a space is a space.
  await page.getByRole('textbox', { name: 'Message' }).press('Space');
  expect(await muted()).toBe(true);
});

test('a tool of the page runs for the agent, and its answer is used', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_tools' });
  await widget.element.evaluate((element) =>
    (element as WidgetElement).registerTool('get_page_title', () => ({ title: `It is ${document.title}` })),
  );
  await widget.startCall();
  await expect(widget.log).toContainText('It is osmtalk-widget demo', { timeout: 20_000 });
  const statuses = (await widget.details('osmtalk-tool-call'))
    .filter((tool) => tool.name === 'get_page_title')
    .map((tool) => tool.status);
  expect(statuses).toEqual(expect.arrayContaining(['running', 'done']));
});

test('a recording is told in words from the first moment of the call, to a screen reader once, and to the page', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_recorded' });
  // All that a live region says, as it is put in.
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const root = document.querySelector('osmtalk-widget')?.shadowRoot;
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest('[role=status]'),
      );
      for (const region of new Set(regions)) if (region?.isConnected) said.push(region.textContent.trim());
    }).observe(root as ShadowRoot, { childList: true, characterData: true, subtree: true });
  });
  const words = page.getByText('This call is being recorded', { exact: true });
  await widget.startCall();
  await expect(words).toBeVisible();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((text) => text.includes('recorded'))).toEqual(['This call is being recorded']);
  const events = await page.evaluate(() => window.seen.events.map(({ name }) => name));
  // Before anybody could have said a word.
  expect(events.indexOf('osmtalk-recording')).toBeLessThan(events.indexOf('osmtalk-transcript'));
  expect(await widget.details('osmtalk-recording')).toEqual([{ recording: true }]);

  await page.getByRole('textbox', { name: 'Message' }).fill('Please do not record me');
  await widget.button('Send').click();
  await expect(words).toHaveCount(0);
  expect(await widget.details('osmtalk-recording')).toEqual([{ recording: true }, { recording: false }]);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
});

test('a recording that runs to the end of the call is over with it', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_recorded' });
  await widget.startCall();
  await expect.poll(() => widget.details('osmtalk-recording')).toEqual([{ recording: true }]);
  await widget.button('End call').click();
  await widget.reached('ended');
  expect(await widget.details('osmtalk-recording')).toEqual([{ recording: true }, { recording: false }]);
});

test('LiveKit: what an agent writes is shown once, as Markdown; an agent that is idle neither speaks nor listens, and one that failed is said to have', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_writes' });
  await widget.startCall();
  const link = page.getByRole('link', { name: 'book a visit' });
  await expect(link).toHaveAttribute('href', 'https://example.org/book');
  await expect(widget.log.locator('strong')).toHaveText(['Open today']);
  const running = page.getByRole('group', { name: 'Call in progress' });
  await expect(running.getByText('Call in progress', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('Are you there?');
  await widget.button('Send').click();
  await expect(running.getByText('The assistant has a problem', { exact: true })).toBeVisible();
  // The second copy, in a packet, had come before the state could change.
  await expect(link).toHaveCount(1);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
});

const BAD_TOOLS: [name: string, register: (element: WidgetElement) => void][] = [
  [
    'throws',
    (element) =>
      element.registerTool('get_page_title', () => {
        throw new Error('no title today');
      }),
  ],
  ['never answers', (element) => element.registerTool('get_page_title', () => new Promise(() => undefined))],
  ['is not there', () => undefined],
];

for (const [name, register] of BAD_TOOLS) {
  test(`a tool that ${name} is an error for the agent, and never the end of the call`, async ({ widget }) => {
    await widget.visitAndOpen({ 'agent-id': 'agent_tools' });
    await widget.element.evaluate(register as (element: Node) => void);
    await widget.startCall();
    await expect
      .poll(
        async () => (await widget.details('osmtalk-tool-call')).some((tool) => tool.status === 'failed'),
        { timeout: 25_000 },
      )
      .toBe(true);
    expect(await widget.details('osmtalk-call-end')).toEqual([]);
    await expect(widget.button('End call')).toBeVisible();
  });
}

test('a second tab does not disturb the first, and can take the call over', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  const second = await widget.another();
  await second.visitAndOpen({ 'agent-id': 'agent_echo' });
  await second.button('Start a call').click();
  await second.reached('failed');
  await expect(second.card).toContainText('You are already in a call');
  expect(second.connectRequests()).toBe(0);
  expect(await second.liveTracks()).toBe(0);
  expect(await widget.element.evaluate((element) => (element as WidgetElement).callState)).toBe('connected');

  await second.button('End it there and call here').click();
  await second.reached('connected');
  await expect.poll(async () => (await second.energy()).heard).toBeGreaterThan(0.01);
  await widget.reached('failed');
  expect(await widget.details('osmtalk-call-end')).toMatchObject([
    { failure: { reason: 'call-in-another-tab' } },
  ]);
  expect(await widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
});

test('a token that expired on the way is renewed once, by a new connect', async ({ widget, page }) => {
  let tampered = 0;
  await page.route('**/connect', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { participantToken: string };
    if (tampered++ === 0) body.participantToken += 'x';
    await route.fulfill({ response, json: body });
  });
  await widget.visitAndOpen();
  await widget.startCall();
  expect(widget.connectRequests()).toBe(2);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
});

test('pre-flight looks at everything without a prompt and without a call', async ({ widget }) => {
  await widget.visit();
  const report = await widget.element.evaluate((element) => (element as WidgetElement).runPreflight());
  expect(report?.ok).toBe(true);
  expect(report?.results.map((result) => result.check)).toEqual([
    'secure-context',
    'permissions-policy',
    'browser',
    'webrtc',
    'permission',
    'microphone',
    'api',
  ]);
  expect(widget.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  expect(await widget.page.evaluate(() => window.seen.tracks.length)).toBe(0);
});

test('a screen wake lock is held during the call, and let go after it', async ({ widget, page }) => {
  await page.addInitScript(() => {
    const held: string[] = [];
    Object.assign(window, { held });
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        request: (type: string) => {
          held.push(type);
          return Promise.resolve({ release: () => Promise.resolve(held.splice(0)) });
        },
      },
    });
  });
  const held = (): Promise<string[]> => page.evaluate(() => (window as unknown as { held: string[] }).held);
  await widget.visitAndOpen();
  await widget.startCall();
  await expect.poll(held).toEqual(['screen']);
  await widget.button('End call').click();
  await expect.poll(held).toEqual([]);
});

test('sound settings: another microphone in the middle of the call, and it is remembered', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await page.getByText('Sound settings').click();
  const picker = page.getByRole('combobox', { name: 'Microphone' });
  const names = await picker.getByRole('option').allTextContents();
  expect(names.length).toBeGreaterThan(2);
  await picker.selectOption({ index: 2 });
  await expect
    .poll(() => page.evaluate(() => window.seen.tracks.map((track) => [track.label, track.readyState])))
    .toEqual([
      [expect.any(String), 'ended'],
      [names[2], 'live'],
    ]);
  const { heard } = await widget.energy();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.005);
  await page.getByRole('slider', { name: 'Volume' }).fill('0');
  expect(await page.evaluate(() => localStorage.getItem('osmtalk:microphone'))).toBeTruthy();

  await widget.button('End call').click();
  await widget.reached('ended');
  await widget.startCall();
  expect(await page.evaluate(() => window.seen.tracks.at(-1)?.label)).toBe(names[2]);
});
