import { expect, test } from '../support/backend-fixture.js';
import { readSnippets, startReadmeSite, type ReadmeSite } from '../support/readme-snippets.js';

test.use({ permissions: ['microphone'] });

let readme: ReadmeSite;

test.beforeAll(async ({ backendWith }) => {
  readme = await startReadmeSite(await backendWith({}));
});

test.afterAll(() => readme.close());

for (const [index, { title }] of readSnippets().entries()) {
  test(`${title}: as it stands, from another origin, it opens, chats and calls`, async ({ widget, page }) => {
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

test('the README has a snippet to begin with', () => {
  expect(snippetsOf('README.md')).toEqual([expect.stringContaining('data-agent-id="agent_1"')]);
});

test('the page of the script tag has a snippet of each form', () => {
  const snippets = snippetsOf('demo/docs/script-tag.md');
  for (const form of ['data-agent-id=', '<osmtalk-widget agent-id=', 'osmtalkSettings = {', '.js?agent-id='])
    expect(snippets).toContainEqual(expect.stringContaining(form));
});

function snippetsOf(path: string): string[] {
  return readSnippets()
    .filter(({ title }) => title.startsWith(`${path}, `))
    .map(({ html }) => html);
}
