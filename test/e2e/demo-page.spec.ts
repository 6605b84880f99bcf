import { expect, test } from '../support/backend-fixture.js';

test.use({ timings: { chatPieceGapMs: 1 } });

test('the demo page lists what the element says, also consent and rating', async ({ widget, page }) => {
  await widget.visitAndOpen({ 'consent-text': 'We record what you write.' });
  const list = page.locator('#events');
  await widget.button('I agree').click();
  await expect(list).toContainText('osmtalk-consent');
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await widget.button('Save or rate this conversation').click();
  await page.getByRole('radio', { name: '5 of 5' }).check();
  await widget.button('Send rating').click();
  await expect(list).toContainText('osmtalk-rating {"rating":5');
});
