import { expect, test } from '../support/backend-fixture.js';
import { chromiumArguments, requireChromium, silentMicrophone } from '../support/chromium.js';

// The agent waits long enough for a visitor who reads. Its visitor says nothing: an answer by voice would take the buttons away.
test.use({
  permissions: ['microphone'],
  launchOptions: { executablePath: requireChromium(), args: [...chromiumArguments, ...silentMicrophone] },
  timings: { toolTimeoutMs: 60_000, longestLineMs: 1_000, chatPieceGapMs: 1 },
});

const PATIENT = { timeout: 30_000 };
const built = { 'agent-id': 'agent_choices', 'built-in-tools': 'offer_choices ask_visitor' };

test('in a chat: an answer to tap is sent as the visitor’s words, and stays good over a reload', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen(built);
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  const row = page.getByRole('group', { name: 'Suggestions' });
  await expect(row.getByRole('link', { name: 'Our prices' })).toHaveAttribute(
    'href',
    'https://example.org/prices',
  );
  await page.reload();
  await widget.button('Talk to us').click();
  await row.getByRole('button', { name: 'Tomorrow' }).click();
  await expect(widget.log).toContainText('I would like to come tomorrow');
  expect(await widget.details('osmtalk-choice')).toEqual([{ label: 'Tomorrow' }]);
  // The next reply has answers of its own; those before have served.
  await expect(row).toHaveCount(1);
  await expect(page.getByRole('listitem').last().getByRole('button', { name: 'Today' })).toBeVisible();
  expect(widget.pageErrors).toEqual([]);
});

for (const key of ['osm_demo', 'osm_webrtc']) {
  test(`in a call with ${key}: an answer to tap, then a field whose text the agent repeats`, async ({
    widget,
    page,
  }) => {
    await widget.visitAndOpen({ ...built, 'api-key': key });
    await widget.startCall();
    await page.getByRole('button', { name: 'Today' }).click(PATIENT);
    await expect(widget.log).toContainText('I would like to come today');
    const field = page.getByRole('textbox', { name: 'Your e-mail address' });
    await field.fill('anna.oneill+x@example.org', PATIENT);
    await page.keyboard.press('Enter');
    await expect(widget.log).toContainText(
      'I have written down {"value":"anna.oneill+x@example.org"}',
      PATIENT,
    );
    await widget.button('End call').click();
    await widget.reached('ended');
    expect(widget.pageErrors).toEqual([]);
  });
}

test('without built-in-tools the agent is told that the page has no such tool', async ({
  widget,
  backend,
}) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_choices' });
  await widget.startCall();
  await expect
    .poll(async () => (await widget.details('osmtalk-tool-call')).map(({ status }) => status), PATIENT)
    .toContain('failed');
  expect(backend.liveCalls.get(await widget.backendCallId())).toBeDefined();
});
