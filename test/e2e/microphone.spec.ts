import { expect, test } from '../support/backend-fixture.js';

// Headless Chromium without a granted permission denies the microphone, as a visitor who has chosen "Block".
test('denied: no connect request leaves the page, the card says how to allow it, and "Try again" works once it is', async ({
  widget,
  context,
  backend,
}) => {
  await widget.visitAndOpen();
  await widget.button('Start a call').click();
  await widget.reached('failed');
  await expect(widget.card).toContainText('The microphone is not allowed');
  await expect(widget.card).toContainText('How to allow it');
  await expect(widget.card.getByRole('listitem')).toHaveCount(3);
  await expect(widget.button('Try again')).toBeFocused();
  expect(widget.connectRequests()).toBe(0);
  expect(await widget.details('osmtalk-call-end')).toMatchObject([
    { callId: null, connected: false, failure: { reason: 'microphone-denied' } },
  ]);

  await widget.button('Allow microphone').click();
  await expect(widget.page.getByText('The microphone is still blocked.')).toBeVisible();

  await context.grantPermissions(['microphone'], { origin: backend.url });
  await widget.button('Allow microphone').click();
  await expect(widget.page.getByText('The microphone is allowed now.')).toBeVisible();
  expect(await widget.liveTracks()).toBe(0);
  expect(widget.connectRequests()).toBe(0);

  await widget.button('Try again').click();
  await widget.reached('connected');
  await expect(widget.card).toHaveCount(0);
});

test('chat never touches the microphone', async ({ widget }) => {
  await widget.visitAndOpen({ mode: 'chat' });
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  expect(await widget.page.evaluate(() => window.seen.tracks.length)).toBe(0);
  await expect(widget.button('Start a call')).toHaveCount(0);
});
