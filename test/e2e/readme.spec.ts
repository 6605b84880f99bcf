import { expect, test } from '../support/backend-fixture.js';
import { readSnippets, startReadmeSite, type ReadmeSite } from '../support/readme-snippets.js';

test.use({ permissions: ['microphone'] });

let readme: ReadmeSite;

test.beforeAll(async ({ backendWith }) => {
  readme = await startReadmeSite(await backendWith({}));
});

test.afterAll(() => readme.close());

for (const [index, { title }] of readSnippets().entries()) {
  test(`README, ${title}: as it stands, from another origin, it opens, chats and calls`, async ({
    widget,
    page,
  }) => {
    await page.goto(readme.pages[index]?.url ?? '');
    await widget.button('Talk to us').click();
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await widget.button('Send').click();
    await expect(widget.log.getByRole('listitem')).toHaveCount(2);
    await widget.startCall();
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
    await widget.button('End call').click();
    await expect.poll(() => widget.details('osmtalk-call-end')).toMatchObject([{ connected: true }]);
    await expect(widget.element).toHaveCount(1);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('the README has a snippet of both forms of the script tag', () => {
  expect(readSnippets().map(({ html }) => html.includes('<osmtalk-widget'))).toEqual(
    expect.arrayContaining([true, false]),
  );
});
