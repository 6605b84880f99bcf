import { expect, test } from '../support/backend-fixture.js';

test.use({ permissions: ['microphone'] });

// Pages are gone to as from the address bar, which announces nothing.
const ATTRIBUTES = { 'agent-id': 'agent_receptionist', persist: 'local', 'keep-call': 'always' };

test('reset() on a page that never opened the panel: nothing of the former visitor is shown, sent or offered to the next', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen(ATTRIBUTES);
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('My PIN is 4711');
  await page.keyboard.press('Enter');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  const [message] = await widget.details('osmtalk-message');
  expect(message?.text).toBe('My PIN is 4711');
  await box.fill('And my card');
  await widget.startCall();
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('And my card');

  // The page of the logout: the call is on offer there, and nobody presses anything.
  await widget.visit(ATTRIBUTES);
  await widget.button('Return to your call').waitFor();
  await widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).reset());
  await expect(widget.button('Talk to us')).toBeVisible();

  await widget.visit(ATTRIBUTES);
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(kept).not.toMatch(/4711|my card|session/);
  const asked = page.waitForRequest(/\/chat$/);
  await widget.button('Talk to us').click();
  await expect(box).toHaveValue('');
  await expect(widget.log.getByRole('listitem')).toHaveCount(0);
  await box.fill('Hello');
  await page.keyboard.press('Enter');
  expect((await asked).postDataJSON()).toEqual({ message: 'Hello' });
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await expect(widget.button('Return to your call')).toHaveCount(0);
});
