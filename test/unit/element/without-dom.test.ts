import { expect, it } from 'vitest';

it('can be imported on a server, where the class does nothing', async () => {
  expect(globalThis).not.toHaveProperty('HTMLElement');
  const { OsmtalkWidget } = await import('../../../src/element.js');
  expect(OsmtalkWidget.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(OsmtalkWidget.observedAttributes).toContain('agent-id');
});

it('registers no tag where there is no registry, and still exports everything', async () => {
  const widget = await import('../../../src/index.js');
  expect(widget.TAG_NAME).toBe('osmtalk-widget');
  expect(widget).toMatchObject({
    OsmtalkWidget: expect.any(Function) as unknown,
    WidgetClient: expect.any(Function) as unknown,
    ApiError: expect.any(Function) as unknown,
    describeFailureReason: expect.any(Function) as unknown,
    isRetryableFailure: expect.any(Function) as unknown,
    callConnected: expect.any(Function) as unknown,
    RETRYABLE_FAILURE_REASONS: expect.any(Array) as unknown,
  });
});

it('can be created and spoken to all the same, quietly', async () => {
  const { OsmtalkWidget } = await import('../../../src/element.js');
  const element = new OsmtalkWidget();
  expect(element).toMatchObject({
    mode: 'both',
    callState: 'idle',
    agentState: 'initializing',
    muted: false,
    callId: null,
  });
  element.agentId = 'agent_1';
  expect(element.agentId).toBe('agent_1');
  expect(element.transcript).toEqual([]);
  await Promise.all([
    element.startCall(),
    element.endCall(),
    element.mute(),
    element.unmute(),
    element.sendMessage('Hi'),
  ]);
  element.show();
  element.close();
  element.toggle();
  element.reset();
  expect(element.callState).toBe('idle');
});
