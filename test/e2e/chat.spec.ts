import { expect, test } from '../support/backend-fixture.js';

test('three turns, in order, in one session', async ({ widget }) => {
  const sessions: unknown[] = [];
  widget.page.on('request', (request) => {
    if (request.url().endsWith('/chat'))
      sessions.push((request.postDataJSON() as { sessionId?: string }).sessionId);
  });
  await widget.visitAndOpen();
  const box = widget.page.getByRole('textbox', { name: 'Message' });
  const questions = ['Hello', 'What are your opening hours?', 'What did I ask first?'];
  for (const [index, question] of questions.entries()) {
    await box.fill(question);
    await box.press('Enter');
    await expect.poll(async () => (await widget.details('osmtalk-message')).length).toBe(2 * (index + 1));
  }
  const messages = await widget.details('osmtalk-message');
  expect(messages.map((message) => message.role)).toEqual([
    'user',
    'agent',
    'user',
    'agent',
    'user',
    'agent',
  ]);
  expect(messages[3]?.text).toContain('Monday to Friday');
  // Memory is the proof that the three were one session.
  expect(messages[5]?.text).toContain('Hello');
  expect(sessions[0]).toBeUndefined();
  expect(sessions[1]).toEqual(expect.any(String));
  // What follows the backend's own id is a relay's signature, new with every reply.
  expect(String(sessions[2]).split('.')[0]).toBe(String(sessions[1]).split('.')[0]);
  await expect(widget.log.getByRole('listitem')).toHaveCount(6);
});

test('a double click on "Send" sends once, and does not stop the answer', async ({ widget }) => {
  await widget.visitAndOpen();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').dblclick();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await expect(widget.log).not.toContainText('Stopped.');
});

test('a reply is streamed: its first words are shown before the last have come', async ({ widget }) => {
  await widget.visitAndOpen({ 'agent-id': 'agent_slow_chat' });
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('What are your opening hours?');
  await widget.button('Send').click();
  const reply = widget.page.locator('[part=message][data-role=agent]');
  await expect(reply).toHaveAttribute('data-status', 'arriving');
  await expect(reply).toHaveAttribute('data-status', 'sent');
});

test('a message that fails stays, and "Try again" sends it once, with the same idempotency key', async ({
  widget,
  page,
}) => {
  const keys: (string | undefined)[] = [];
  await page.route('**/chat', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length <= 3) return route.fulfill({ status: 503, body: '{}' });
    return route.continue();
  });
  await widget.visitAndOpen();
  await page.getByRole('textbox', { name: 'Message' }).fill('Do not lose me');
  await widget.button('Send').click();
  await expect(page.getByText('Not sent.')).toBeVisible();
  await widget.button('Try again').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(1);
  await expect(page.getByText('Not sent.')).toHaveCount(0);
});

test('conversation and draft survive a reload, in the same session', async ({ widget, page }) => {
  await widget.visitAndOpen();
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Hello');
  await box.press('Enter');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await box.fill('not sent yet');
  await page.reload();
  await widget.button('Talk to us').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await expect(box).toHaveValue('not sent yet');
  await box.fill('What did I ask first?');
  await box.press('Enter');
  await expect(widget.log.getByRole('listitem').last()).toContainText('Hello');
});

test('a reload while a message is on its way: it is there as failed, and can be sent again', async ({
  widget,
  page,
}) => {
  let hold = true;
  await page.route('**/chat', (route) => (hold ? undefined : route.continue()));
  await widget.visitAndOpen();
  await page.getByRole('textbox', { name: 'Message' }).fill('On my way');
  await widget.button('Send').click();
  await expect(widget.log).toContainText('On my way');
  await page.reload();
  hold = false;
  await widget.button('Talk to us').click();
  await widget.button('Try again').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
});

test('nothing is sent and no microphone opened before the visitor agrees', async ({
  widget,
  page,
  context,
  backend,
}) => {
  await context.grantPermissions(['microphone'], { origin: backend.url });
  await widget.visitAndOpen({ 'consent-text': 'We record calls.' });
  await expect(page.getByText('We record calls.')).toBeVisible();
  await expect(widget.button('Start a call')).toHaveCount(0);
  await widget.element.evaluate(async (element) => {
    const each = element as HTMLElementTagNameMap['osmtalk-widget'];
    await each.sendMessage('too early');
    await each.startCall();
  });
  expect(widget.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  expect(await page.evaluate(() => window.seen.tracks.length)).toBe(0);
  await widget.button('I agree').click();
  await widget.startCall();
});
