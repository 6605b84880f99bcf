import { expect, test } from '../support/backend-fixture.js';

test.use({ permissions: ['microphone'] });

test('with the panel closed, a real call is heard, muted so that nothing is sent, and ended', async ({
  widget,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await widget.button('Close').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { heard } = await widget.energy();
  await expect
    .poll(async () => (await widget.energy()).heard, { timeout: 20_000 })
    .toBeGreaterThan(heard + 0.01);
  await widget.button('Mute').click();
  await expect(widget.button('Unmute')).toBeVisible();
  await widget.button('Unmute').click();
  await widget.button('End call').click();
  await widget.reached('ended');
  expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
  await expect(widget.button('Talk to us')).toBeVisible();
});
