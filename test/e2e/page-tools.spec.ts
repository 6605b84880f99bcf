import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

// The agent waits long enough for a visitor who reads.
test.use({ permissions: ['microphone'], timings: { toolTimeoutMs: 60_000, longestLineMs: 1_000 } });

declare global {
  interface Window {
    ran: unknown[];
  }
}

interface Tool {
  byName?: boolean;
  confirm?: boolean;
  /** The panel is closed before anybody answers. */
  closed?: boolean;
  key?: string;
  agent?: string;
}

/** A call whose agent uses the one tool of the page, `pay_now`, at once. */
async function callWithTool(
  widget: WidgetPage,
  { byName = false, confirm = false, closed = false, key = 'osm_demo', agent = 'agent_tools' }: Tool,
): Promise<void> {
  const dynamicVariables = { tool_name: 'pay_now', tool_arguments: { euros: 5 }, tool_by_name: byName };
  await widget.visitAndOpen({ 'agent-id': agent, 'api-key': key });
  await widget.element.evaluate(
    (element, options) => {
      const page = element as WidgetElement;
      window.ran = [];
      page.dynamicVariables = options.dynamicVariables;
      page.registerTool(
        'pay_now',
        (args) => {
          window.ran.push(args);
          return { paid: true };
        },
        { description: 'Pay 5 € with the card <b>ending</b> in 42', confirm: options.confirm },
      );
    },
    { dynamicVariables, confirm },
  );
  await widget.button('Start a call').click();
  if (closed) await widget.button('Close').click();
  await widget.reached('connected');
}

const ran = ({ page }: WidgetPage): Promise<unknown[]> => page.evaluate(() => window.ran);
const question = ({ page }: WidgetPage) => page.getByText('Pay 5 € with the card <b>ending</b> in 42');
const PATIENT = { timeout: 30_000 };

test('a LiveKit agent calls a tool by its own name, with its arguments as payload', async ({ widget }) => {
  await callWithTool(widget, { byName: true });
  await expect(widget.log).toContainText('Your page has answered: {"paid":true}', PATIENT);
  // The visitor goes on speaking, and the agent asks again after each of their turns.
  expect((await ran(widget))[0]).toEqual({ euros: 5 });
});

test('a tool that was taken back is none of the page: the agent hears so, by either way', async ({
  widget,
  page,
}) => {
  await callWithTool(widget, { byName: true });
  await expect(widget.log).toContainText('Your page has answered', PATIENT);
  const count = await widget.element.evaluate((element) => {
    (element as WidgetElement).unregisterTool('pay_now');
    return window.ran.length;
  });
  await page.getByRole('textbox', { name: 'Message' }).fill('Once more');
  await widget.button('Send').click();
  await expect(widget.log).toContainText(
    /Your page did not answer my question: (The page has no tool|Method not supported)/,
    PATIENT,
  );
  expect(await ran(widget)).toHaveLength(count);
});

const CARRIERS: Record<string, Tool> = {
  'LiveKit, client_tool': {},
  "LiveKit, by the tool's own name": { byName: true },
  'RTVI over LiveKit': { agent: 'agent_rtvi_tools' },
  'plain WebRTC': { key: 'osm_webrtc' },
};

for (const [carrier, tool] of Object.entries(CARRIERS)) {
  test(`${carrier}: a tool that the visitor must agree to runs after their yes, and not before`, async ({
    widget,
    page,
  }) => {
    await callWithTool(widget, { ...tool, confirm: true });
    await expect(question(widget)).toBeVisible(PATIENT);
    await expect(page.getByText('May the assistant do this?')).toBeVisible();
    expect(await ran(widget)).toEqual([]);
    await widget.button('Yes, do it').click();
    await expect(widget.log).toContainText('Your page has answered: {"paid":true}', PATIENT);
    // Each time needs a yes of its own.
    expect(await ran(widget)).toEqual([{ euros: 5 }]);
  });
}

test('a no by key: the agent hears "declined", and the call goes on', async ({ widget }) => {
  await callWithTool(widget, { confirm: true });
  await expect(question(widget)).toBeVisible(PATIENT);
  await widget.button('No').press('Enter');
  await expect(widget.log).toContainText('Your page did not answer my question: declined', PATIENT);
  expect(await ran(widget)).toEqual([]);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
});

test('a closed panel is opened for the question, and the end of the call is a no', async ({ widget }) => {
  await callWithTool(widget, { confirm: true, closed: true });
  await expect(question(widget)).toBeVisible(PATIENT);
  await widget.button('End call').click();
  await widget.reached('ended');
  await expect(question(widget)).toHaveCount(0);
  expect(await ran(widget)).toEqual([]);
});
