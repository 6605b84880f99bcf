import { expect, test } from '../support/backend-fixture.js';

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const WAYS = {
  LiveKit: { 'agent-id': 'agent_receptionist' },
  'plain WebRTC': { 'agent-id': 'agent_receptionist', 'api-key': 'osm_webrtc' },
  'RTVI over LiveKit': { 'agent-id': 'agent_rtvi' },
};

for (const [way, attributes] of Object.entries(WAYS)) {
  test(`${way}: a live agent is told, of many the last, and says nothing to it; the visitor has said nothing`, async ({
    widget,
    backend,
  }) => {
    await widget.visitAndOpen(attributes);
    await widget.startCall();
    const callId = (await widget.callId()) ?? '';
    await expect.poll(async () => (await widget.energy()).heard, { timeout: 20_000 }).toBeGreaterThan(0.001);
    const told = await widget.element.evaluate((element) =>
      Promise.all(
        Array.from({ length: 20 }, (_, step) => (element as WidgetElement).sendContext({ cart: step })),
      ),
    );
    expect(new Set(told)).toEqual(new Set([true]));
    await expect.poll(() => backend.liveCalls.get(callId)?.dynamicVariables.context).toBe('{"cart":19}');
    expect(await widget.details('osmtalk-context')).toEqual([{ sent: true }]);
    await expect(widget.log).not.toContainText('cart');
    expect(await widget.details('osmtalk-message')).toEqual([]);
  });
}

test('without a call it is kept: the next message has it, and nobody is asked for anything before', async ({
  widget,
  page,
}) => {
  await widget.visitAndOpen();
  const isTold = await widget.element.evaluate((element) =>
    (element as WidgetElement).sendContext('The visitor looks at room 7'),
  );
  expect(isTold).toBe(false);
  const request = page.waitForRequest('**/chat');
  await page.getByRole('textbox', { name: 'Message' }).fill('Is it free?');
  await widget.button('Send').click();
  expect((await request).postDataJSON()).toMatchObject({
    message: 'Is it free?',
    dynamicVariables: { context: 'The visitor looks at room 7' },
  });
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
});
