import { speechLine } from '../../demo/backend/speech/speech-lines.js';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({
  permissions: ['microphone'],
  timings: { longestLineMs: 2_000, turnQuietMs: 300, longestTurnMs: 2_000 },
});

const TRANSPORTS = { LiveKit: 'osm_demo', 'plain WebRTC': 'osm_webrtc' };

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

/** The lines as they stand at last, `[role, text]`, once each. */
async function finalLines(widget: WidgetPage): Promise<[string, string][]> {
  const entries = await widget.details('osmtalk-transcript');
  return entries.filter(({ final }) => final).map(({ role, text }) => [role, text.trim()]);
}

for (const [name, key] of Object.entries(TRANSPORTS)) {
  test(`${name}: a bot that speaks RTVI and waits to be greeted is heard, read, written to, and interrupted by nobody`, async ({
    widget,
    backend,
    request,
  }) => {
    await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_rtvi' });
    await widget.startCall();
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.01);
    await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('welcome').text]);
    const states = (await widget.details('osmtalk-state-change')).map(({ agentState }) => agentState);
    expect(states).toContain('speaking');
    await expect.poll(async () => (await finalLines(widget)).some(([role]) => role === 'user')).toBe(true);

    await widget.page.getByRole('textbox', { name: 'Message' }).fill('What are your opening hours?');
    await widget.button('Send').click();
    await expect.poll(() => finalLines(widget)).toContainEqual(['agent', speechLine('hours').text]);
    const lines = (await finalLines(widget)).map(([role, text]) => `${role}: ${text}`);
    expect(lines.filter((line) => line.includes('opening hours')).length).toBeLessThanOrEqual(1);

    const callId = await widget.callId();
    expect(backend.calls.get(callId ?? '')?.transcript).toContainEqual(
      expect.objectContaining({ role: 'user', text: 'What are your opening hours?' }),
    );
    await request.post(`${backend.url}/api/demo/calls/${callId}/hang-up`);
    await widget.reached('ended');
    expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
    expect(widget.pageErrors).toEqual([]);
  });

  test(`${name}: a tool of the page runs for an RTVI bot`, async ({ widget }) => {
    await widget.visitAndOpen({ 'api-key': key, 'agent-id': 'agent_rtvi_tools' });
    await widget.element.evaluate((element) =>
      (element as WidgetElement).registerTool('get_page_title', () => ({ title: document.title })),
    );
    await widget.startCall();
    await expect(widget.log).toContainText('Your page has answered', { timeout: 20_000 });
    await expect(widget.log).toContainText('osmtalk-widget demo');
  });
}
