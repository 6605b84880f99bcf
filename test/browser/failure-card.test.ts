import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel, type Mounted } from './mount-widget.js';

afterEach(() => vi.restoreAllMocks());

const KEY = 'osm_secret_key';
const PHONE = '+49 170 1234567';

/** A widget whose link the test breaks, with this record of the call. */
function mountWithTransport(
  record: unknown,
  properties: Partial<OsmtalkWidget> = {},
): Mounted & { transport: FakeTransport } {
  const transport = new FakeTransport();
  const answer: typeof fetch = (input) => {
    const { url } = new Request(input);
    if (url.endsWith('/connect'))
      return Promise.resolve(json({ callId: 'call_1', token: 'tok_en', transport: 'fake' }));
    if (url.endsWith('/chat')) return Promise.resolve(json({ reply: 'agent words', sessionId: 's' }));
    return Promise.resolve(json(record));
  };
  const mounted = mountWidget({ apiKey: KEY, fetch: answer, transports: [transport.loader], ...properties });
  return { ...mounted, transport };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

async function failCall(transport: FakeTransport): Promise<void> {
  transport.emit({ type: 'agent-joined' });
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'test' });
  await expect.element(page.getByRole('alert')).toBeVisible();
}

async function startAndFail(transport: FakeTransport): Promise<void> {
  await openPanel();
  await button('Start a call').click();
  await expect.element(button('Mute')).toBeVisible();
  await failCall(transport);
}

function actions(): (string | undefined)[] {
  const root = document.querySelector('osmtalk-widget')?.shadowRoot;
  return [...(root?.querySelectorAll('.actions button') ?? [])].map((each) => each.textContent?.trim());
}

describe('the ways on', () => {
  test.each([
    ['no_audio_output', ['Try again', 'Chat instead']],
    ['no_audio_either_direction', ['Check your connection', 'Try again', 'Chat instead']],
    ['sip_rejected', ['Chat instead']],
  ])('after %s come in the order that fits', async (failureReason, expected) => {
    const { transport } = mountWithTransport({ status: 'failed', failureReason });
    await startAndFail(transport);
    expect(actions()).toEqual(expected);
  });

  test('where there is nothing to offer, the card can be put away', async () => {
    const { transport } = mountWithTransport(
      { status: 'failed', failureReason: 'sip_rejected' },
      { mode: 'voice' },
    );
    await startAndFail(transport);
    expect(actions()).toEqual(['Dismiss']);
    await button('Dismiss').click();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    await expect.element(button('Start a call')).toBeVisible();
  });

  test('"Try again" waits after three failures in a row, keeps the focus, and says how long', async () => {
    const { transport, details } = mountWithTransport({ status: 'failed', failureReason: 'stale_sweep' });
    await startAndFail(transport);
    for (let failures = 1; failures < 3; failures++) {
      await button('Try again').click();
      await expect.element(button('Mute')).toBeVisible();
      await failCall(transport);
    }
    await expect.element(page.getByText(/You can try again in \d+ s\./)).toBeVisible();
    await expect.element(button('Try again')).toHaveAttribute('aria-disabled', 'true');
    button('Try again').element().focus();
    await userEvent.keyboard('{Enter}');
    expect(details('osmtalk-call-start')).toHaveLength(3);
    expect(document.querySelector('osmtalk-widget')?.shadowRoot?.activeElement?.textContent).toContain(
      'Try again',
    );
    await expect.element(button('Try again')).not.toHaveAttribute('aria-disabled');
    await button('Try again').click();
    await expect.element(button('Mute')).toBeVisible();
  });
});

describe('what a tester reads', () => {
  test('the reason, what the record said, who found it out, the call, and how long what took', async () => {
    const { transport } = mountWithTransport(
      { status: 'failed', failureReason: 'quantum_flux' },
      { audience: 'tester' },
    );
    await startAndFail(transport);
    const card = document.querySelector('osmtalk-widget')?.shadowRoot?.querySelector('[part=failure-card]');
    const text = card?.textContent?.replace(/\s+/g, ' ');
    expect(text).toContain('no_audio_either_direction');
    expect(text).toContain('Record says quantum_flux');
    expect(text).toContain('Found out by this page');
    expect(text).toContain('call_1');
    expect(text).toMatch(
      /Timings microphone \d+\.\d s, answer \d+\.\d s, link \d+\.\d s, agent joined \d+\.\d s, end/,
    );
    expect(text).toContain('does not mean that the agent is broken');
    await expect
      .element(page.getByRole('link', { name: 'Contact support' }))
      .toHaveAttribute('href', 'mailto:support@osmapi.com');
  });

  test('"Copy call id" copies just that', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const { transport } = mountWithTransport({ status: 'failed' }, { audience: 'tester' });
    await startAndFail(transport);
    await button('Copy call id').click();
    await expect.element(page.getByText('Copied. You can paste it now.')).toBeVisible();
    expect(writeText).toHaveBeenCalledExactlyOnceWith('call_1');
  });
});

describe('the report', () => {
  /** A call that fails, with everything in it that must not be told. */
  async function failWithSecrets(properties: Partial<OsmtalkWidget> = {}): Promise<OsmtalkWidget> {
    const { element, transport } = mountWithTransport(
      { status: 'failed', failureReason: `carrier refused ${PHONE} with ${KEY}` },
      {
        userId: 'visitor-77',
        metadata: { phone: PHONE },
        dynamicVariables: { name: 'Grace Hopper' },
        ...properties,
      },
    );
    await openPanel();
    await page.getByRole('textbox', { name: 'Message' }).fill('typed words');
    await button('Send').click();
    await expect.element(page.getByText('agent words')).toBeVisible();
    await button('Start a call').click();
    await expect.element(button('Mute')).toBeVisible();
    transport.emit({
      type: 'transcript',
      entry: { id: 's1', role: 'user', text: 'spoken words', final: true },
    });
    await failCall(transport);
    return element;
  }

  const FORBIDDEN = [
    KEY,
    'tok_en',
    '1234567',
    'typed words',
    'agent words',
    'spoken words',
    'visitor-77',
    'Grace',
  ];

  test('tells the story, and holds no key, token, number or word', async () => {
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'write').mockImplementation(async ([item]) => {
      const blob = await item?.getType('text/plain');
      written.push((await blob?.text()) ?? '');
    });
    const element = await failWithSecrets();
    await button('Copy report').click();
    await expect.element(page.getByText('Copied. You can paste it now.')).toBeVisible();
    const [text = ''] = written;
    for (const secret of FORBIDDEN) expect(text).not.toContain(secret);
    expect(text).toContain('call_1');
    expect(text).toContain('no_audio_either_direction (device)');
    expect(text).toContain('carrier refused … with …');
    expect(text).toMatch(/\d+ ms {2}link-up/);

    const diagnostics = await element.getDiagnostics();
    expect(diagnostics).toMatchObject({
      widgetVersion: (customElements.get('osmtalk-widget') as typeof OsmtalkWidget).version,
      settings: { agentId: 'agent_1', hasKey: true, baseUrl: 'https://api.test/' },
      messages: { 'user chat sent': 1, 'agent chat sent': 1, 'user voice sent': 1 },
      call: { callId: 'call_1', endedBy: 'remote', record: { status: 'failed' } },
    });
    for (const secret of FORBIDDEN) expect(JSON.stringify(diagnostics)).not.toContain(secret);
  });

  test('is shown, to be copied by hand, where the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await failWithSecrets();
    await button('Copy report').click();
    const box = page.getByRole('textbox', { name: 'Report' });
    await expect.element(box).toBeVisible();
    expect((box.element() as HTMLTextAreaElement).value).toContain('no_audio_either_direction');
    await expect.element(page.getByText('Your browser does not let us copy. Here it is:')).toBeVisible();
  });

  test('can be had before any call, and not from an element that is nowhere', async () => {
    const { element } = mountWidget();
    expect(await element.getDiagnostics()).toMatchObject({ call: null, errors: [], callState: 'idle' });
    element.remove();
    expect(await document.createElement('osmtalk-widget').getDiagnostics()).toBeNull();
  });

  test('names the errors of the session by their codes alone', async () => {
    const { element, details } = mountWidget({
      apiKey: KEY,
      fetch: () => Promise.resolve(json({ message: `key ${KEY} is not known` }, 401)),
    });
    await openPanel();
    await page.getByRole('textbox', { name: 'Message' }).fill('typed words');
    await button('Send').click();
    await expect.poll(() => details('osmtalk-error')).toHaveLength(1);
    const diagnostics = await element.getDiagnostics();
    expect(diagnostics?.errors).toMatchObject([{ code: 'unauthorized' }]);
    expect(JSON.stringify(diagnostics)).not.toContain(KEY);
  });
});
