import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** What a host app's own test does with a page that has the widget on it: none of it may fail that test. */
export function useWidget(): void {
  const faults: unknown[] = [];
  const note = (fault: unknown): void => void faults.push(fault);

  beforeEach(() => {
    faults.length = 0;
    process.on('unhandledRejection', note).on('uncaughtException', note);
    window.addEventListener('error', ({ error, message }) => note(error ?? message));
    for (const level of ['error', 'warn'] as const)
      vi.spyOn(console, level).mockImplementation((...words) => {
        if (!String(words[0]).startsWith('Lit is in dev mode')) note(words);
      });
  });

  afterEach(() => {
    process.off('unhandledRejection', note).off('uncaughtException', note);
    vi.restoreAllMocks();
    document.body.replaceChildren();
  });

  it('is mounted, opened by its launcher, written to, closed and unmounted without a fault', async () => {
    const widget = await mount();
    const shadow = widget.shadowRoot as ShadowRoot;
    const button = (name: string): HTMLButtonElement | undefined =>
      [...shadow.querySelectorAll('button')].find(
        (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name,
      );
    button('Talk to us')?.click();
    await vi.waitFor(() => expect(shadow.querySelector('[role=dialog]')).not.toBeNull(), 50_000);
    expect(widget.open).toBe(true);
    await widget.sendMessage('Hello');
    await vi.waitFor(
      () => expect(shadow.querySelector('[role=log]')?.textContent).toContain('Good morning'),
      50_000,
    );
    button('Close')?.click();
    expect(widget.open).toBe(false);
    widget.remove();
    await settled();
    expect(faults).toEqual([]);
  });

  it('is rendered open and inline, changed, moved and taken away without a fault', async () => {
    const widget = await mount({ open: '', layout: 'inline', starters: '["Hi"]', theme: 'dark', lang: 'de' });
    const shadow = widget.shadowRoot as ShadowRoot;
    await vi.waitFor(() => expect(shadow.querySelector('[part=panel]')).not.toBeNull(), 50_000);
    widget.setAttribute('layout', 'floating');
    document.body.append(document.createElement('main'));
    document.querySelector('main')?.append(widget);
    await settled();
    widget.reset();
    document.body.replaceChildren();
    await settled();
    expect(faults).toEqual([]);
  });

  it('is taken away before its code has come', async () => {
    const widget = await mount({ open: '' });
    widget.remove();
    await settled();
    expect(faults).toEqual([]);
  });

  it('fails a call in a way that its page can read', async () => {
    const widget = await mount();
    const failures: string[] = [];
    widget.addEventListener('osmtalk-failure', ({ detail }) => failures.push(detail.reason));
    await widget.startCall();
    await vi.waitFor(() => expect(failures).toHaveLength(1), 50_000);
    await widget.endCall();
    widget.remove();
    await settled();
    expect(faults).toEqual([]);
  });

  async function mount(attributes: Record<string, string> = {}) {
    await import('../../../src/index.js');
    const widget = document.createElement('osmtalk-widget');
    const all = {
      'agent-id': 'agent_1',
      'api-key': 'osm_1',
      'base-url': 'http://localhost:9',
      ...attributes,
    };
    for (const [name, value] of Object.entries(all)) widget.setAttribute(name, value);
    widget.fetch = () => Promise.resolve(Response.json({ reply: 'Good morning', sessionId: 'session_1' }));
    document.body.append(widget);
    return widget;
  }

  /** Later than everything that an unmounted widget still has to do, and than Node's notice of a rejection. */
  async function settled(): Promise<void> {
    const since = Date.now();
    await vi.waitFor(() => expect(Date.now() - since).toBeGreaterThan(200), 50_000);
  }
}
