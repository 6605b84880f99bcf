import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

afterEach(() => vi.restoreAllMocks());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const star = (count: number) => page.getByRole('radio', { name: `${count} of 5` });

/** After a call in which both sides were heard. */
async function afterCall() {
  const transport = new FakeTransport();
  const ratings: unknown[] = [];
  const mounted = mountWidget({
    transports: [transport.loader],
    fetch: (input) =>
      Promise.resolve(
        new Request(input).url.endsWith('/connect')
          ? json({ callId: 'call_1', transport: 'fake' })
          : json({ status: 'completed', didConnect: true }),
      ),
  });
  mounted.element.addEventListener('osmtalk-rating', ({ detail }) => ratings.push(detail));
  await openPanel();
  await button('Start a call').click();
  await expect.element(button('Mute')).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.emit({
    type: 'transcript',
    entry: { id: 's1', role: 'agent', text: 'Good morning', final: true },
  });
  transport.totals = { agentEnergy: 1, agentPackets: 50, callerEnergy: 1, callerPackets: 50 };
  await button('End call').click();
  await expect.element(page.getByText('How was it?')).toBeVisible();
  return { ...mounted, transport, ratings };
}

test('after a call it can be rated, once, with a line', async () => {
  const { ratings } = await afterCall();
  await expect.element(button('Send rating')).not.toBeInTheDocument();
  star(4).element().focus();
  await userEvent.keyboard(' ');
  await page.getByRole('textbox', { name: 'Anything to add? (optional)' }).fill('  Friendly  ');
  await button('Send rating').click();
  await expect.element(page.getByText('Thank you.')).toBeVisible();
  expect(ratings).toMatchObject([{ rating: 4, comment: 'Friendly', callId: 'call_1' }]);
  await expect.element(button('Send rating')).not.toBeInTheDocument();
});

test('it can be copied, with the notes of the call', async () => {
  await afterCall();
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await button('Copy transcript').click();
  await expect.element(page.getByText('Copied.')).toBeVisible();
  expect(writeText.mock.calls[0]?.[0]).toMatch(
    /\[.+\] Call started\n\[.+\] Assistant: Good morning\n\[.+\] Call ended after 0:0\d/,
  );
  writeText.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  await button('Copy transcript').click();
  await expect
    .element(page.getByText('Your browser does not let us copy. Download it instead.'))
    .toBeVisible();
});

test('it can be downloaded, as text and as JSON', async () => {
  await afterCall();
  const files: Promise<string>[] = [];
  const names: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push((file as Blob).text());
    return 'blob:test';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  await button('Download as text').click();
  await button('Download as JSON').click();
  expect(names).toEqual([
    expect.stringMatching(/^conversation-\d{4}-\d\d-\d\d\.txt$/),
    expect.stringMatching(/^conversation-\d{4}-\d\d-\d\d\.json$/),
  ]);
  const [text = '', data = ''] = await Promise.all(files);
  expect(text).toContain('Assistant: Good morning');
  expect(JSON.parse(data)).toMatchObject({
    messages: [{ note: 'call-started' }, { text: 'Good morning' }, {}],
  });
});

test('a chat can be saved and rated at any time; a new conversation puts it away', async () => {
  mountWidget({ fetch: () => Promise.resolve(json({ reply: 'Hi', sessionId: 's' })) });
  await openPanel();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await button('Send').click();
  await expect.element(page.getByText('Hi', { exact: true })).toBeVisible();
  await expect.element(page.getByText('How was it?')).not.toBeInTheDocument();
  await button('Save or rate this conversation').click();
  await expect.element(page.getByText('How was it?')).toBeVisible();
  await button('Hide').click();
  await expect.element(page.getByText('How was it?')).not.toBeInTheDocument();
  await button('Save or rate this conversation').click();
  await button('New conversation').click();
  await expect.element(page.getByText('How was it?')).not.toBeInTheDocument();
});

test('the next call puts it away', async () => {
  await afterCall();
  await button('Start a call').click();
  await expect.element(button('Mute')).toBeVisible();
  await expect.element(page.getByText('How was it?')).not.toBeInTheDocument();
});
