import axe from 'axe-core';
import { html, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CheckName, CheckResult } from '../../src/panel/connection-check/connection-report.js';
import { checkRows } from '../../src/panel/connection-check/check-rows.js';
import { cardStyles } from '../../src/ui/card-styles.js';
import { checkStyles } from '../../src/panel/connection-check/check-styles.js';
import { panelStyles } from '../../src/panel/panel-styles.js';
import { checkView, type CheckModel } from '../../src/panel/connection-check/check-view.js';
import { launcherStyles } from '../../src/element/styles/launcher-styles.js';
import { createStyleSheet } from '../../src/ui/adopt-styles.js';
import { checkWordsEn as words } from '../../src/i18n/en-later/check-words.js';
import { MEDIA, PASSED, QUALITY } from '../support/check-results.js';

afterEach(() => document.body.replaceChildren());

const FAILED: readonly CheckResult[] = [
  { check: 'microphone', ok: false, detail: { level: 0, reason: 'caller-silent' }, ms: 3_000 },
  { check: 'speaker', ok: false, detail: { played: false }, ms: 1_000 },
  { check: 'api', ok: false, detail: { answer: 'TypeError' }, ms: 5_000 },
  { check: 'signalling', ok: false, detail: { reason: 'timeout' }, ms: 6_500 },
  { check: 'media', ok: false, detail: { ...MEDIA, reason: 'connection-blocked' }, ms: 4_000 },
  { check: 'quality', ok: false, detail: { ...QUALITY, lossPercent: 12 }, ms: 3_000 },
];

interface Shown extends Partial<CheckModel> {
  results?: readonly CheckResult[];
  withFigures?: boolean;
}

/** The view as it stands in the panel: inside a shadow root, with all its sheets. */
function mount(first: Shown = {}, theme = 'light') {
  const onAgain = vi.fn<() => void>();
  const onClose = vi.fn<() => void>();
  const host = document.createElement('main');
  const shadow = host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [launcherStyles, panelStyles, cardStyles, checkStyles].map(createStyleSheet);
  document.body.append(host);
  const show = ({ results = [], withFigures = false, running = false, summary = '' }: Shown): void => {
    const rows = checkRows(results, { words, running, withFigures });
    const view = checkView({ words, running, rows, summary, onAgain, onClose });
    render(
      html`<div
        class="root"
        data-layout="floating"
        data-raised
        data-placement="bottom-right"
        data-theme=${theme}
        data-open
      >
        <div class="panel-place"><div class="panel">${view}</div></div>
      </div>`,
      shadow,
    );
  };
  show(first);
  return { shadow, show, onAgain, onClose };
}

const again = page.getByRole('button', { name: 'Run again' });

function row(shadow: ShadowRoot, check: CheckName): { state: string | undefined; text: string } {
  const item = shadow.querySelector<HTMLElement>(`li[data-check=${check}]`);
  return { state: item?.dataset.state, text: item?.innerText.replaceAll(/\s+/g, ' ').trim() ?? '' };
}

function states(shadow: ShadowRoot): (string | undefined)[] {
  return [...shadow.querySelectorAll<HTMLElement>('li')].map((item) => item.dataset.state);
}

test('while it runs: what is done, what is looked at, what waits; the level of the microphone', async () => {
  const { shadow, show } = mount({ running: true, summary: words.checkRunning });
  expect(states(shadow)).toEqual(['running', 'running', 'running', 'running', 'waiting', 'waiting']);
  await expect.element(page.getByRole('status')).toHaveTextContent('Please speak');
  shadow.querySelector('rect[data-check-level]')?.setAttribute('width', '42');
  show({ running: true, results: PASSED.slice(1, 4) });
  expect(states(shadow)).toEqual(['running', 'passed', 'passed', 'passed', 'running', 'waiting']);
  expect(shadow.querySelector('rect[data-check-level]')?.getAttribute('width')).toBe('42');
  show({ running: true, results: PASSED.slice(0, 5) });
  expect(states(shadow).slice(-2)).toEqual(['passed', 'running']);
  expect(shadow.querySelector('.level')).toBeNull();
});

test('one that was given up says of no check that it is still going on', () => {
  const { shadow } = mount({ results: PASSED.slice(0, 2) });
  expect(states(shadow)).toEqual(['passed', 'passed', 'waiting', 'waiting', 'waiting', 'waiting']);
  expect(row(shadow, 'api').text).toBe('Our service Not checked');
});

test('passed: one line each', () => {
  const { shadow } = mount({ results: PASSED });
  expect(new Set(states(shadow))).toEqual(new Set(['passed']));
  expect(row(shadow, 'microphone').text).toBe('Microphone Works: we can hear you.');
  expect(row(shadow, 'quality').text).toBe('Quality Good: 41 ms there and back.');
  expect(shadow.querySelectorAll('li .hint')).toHaveLength(0);
});

test('failed: what is wrong, and what to do, each in its own words', () => {
  const { shadow } = mount({ results: FAILED });
  expect(new Set(states(shadow))).toEqual(new Set(['failed']));
  const hints = [...shadow.querySelectorAll('li .hint')].map((hint) => hint.textContent);
  expect(hints).toHaveLength(6);
  expect(row(shadow, 'microphone').text).toContain('No sound came in.');
  expect(row(shadow, 'microphone').text).toContain('Speak while the check runs');
  expect(row(shadow, 'media').text).toContain('lets no sound of a call through');
});

test.each(['tcp', 'relay-tcp', 'relay-tls'] as const)('by %s it works, and could be better', (protocol) => {
  const media: CheckResult = { check: 'media', ok: true, detail: { ...MEDIA, protocol }, ms: 1 };
  const { shadow } = mount({ results: [media] });
  expect(row(shadow, 'media')).toMatchObject({ state: 'slow' });
  expect(row(shadow, 'media').text).toContain('the slow way');
});

test.each(['udp', 'relay-udp', null] as const)('by %s all is well', (protocol) => {
  const media: CheckResult = { check: 'media', ok: true, detail: { ...MEDIA, protocol }, ms: 1 };
  expect(row(mount({ results: [media] }).shadow, 'media').state).toBe('passed');
});

test('a reason that the failure card knows speaks as there', () => {
  const refused: CheckResult = {
    check: 'microphone',
    ok: false,
    detail: { level: null, reason: 'microphone-denied' },
    ms: 9,
  };
  const busy: CheckResult = { check: 'signalling', ok: null, detail: { reason: 'too-many-calls' }, ms: 9 };
  const { shadow } = mount({ results: [refused, busy] });
  expect(row(shadow, 'microphone')).toMatchObject({ state: 'failed' });
  expect(row(shadow, 'microphone').text).toContain('The microphone is not allowed');
  expect(row(shadow, 'signalling')).toMatchObject({ state: 'unknown' });
  expect(row(shadow, 'signalling').text).toContain('All lines are busy');
});

test('what could not be looked at is not called wrong', () => {
  const results: CheckResult[] = [
    { check: 'microphone', ok: null, detail: { level: null, reason: null }, ms: 9 },
    { check: 'quality', ok: null, detail: { ...QUALITY, roundTripMs: null }, ms: 9 },
  ];
  const { shadow } = mount({ results });
  expect(row(shadow, 'microphone').text).toContain('could not be measured');
  expect(row(shadow, 'quality')).toEqual({ state: 'unknown', text: 'Quality Not checked' });
});

test('testers see the figures, visitors do not', () => {
  const { shadow, show } = mount({ results: PASSED, withFigures: true });
  expect(row(shadow, 'media').text).toContain('protocol udp, localCandidateType host');
  expect(row(shadow, 'quality').text).toContain('roundTripMs 40.2');
  expect(row(shadow, 'quality').text).not.toContain('remoteLossPercent');
  show({ results: PASSED });
  expect(row(shadow, 'media').text).not.toContain('protocol');
  expect(shadow.querySelector('code')).toBeNull();
});

test('visitors read no platform words', () => {
  const texts = Object.values(words).join('\n');
  expect(texts).not.toMatch(/\b(TTS|STT|SIP|API|UDP|TCP|TLS|TURN|ICE|RTT)\b/);
  expect(texts).not.toMatch(/\b(WebSocket|WebRTC|bot|provider|agent|signalling|relay)\b/i);
});

test('"Run again" keeps the focus while it runs, and does nothing then', async () => {
  const { shadow, show, onAgain, onClose } = mount({ results: PASSED });
  await again.click();
  expect(onAgain).toHaveBeenCalledTimes(1);
  show({ running: true });
  await expect.element(again).toHaveAttribute('aria-disabled', 'true');
  expect(shadow.activeElement?.textContent).toContain('Run again');
  await userEvent.keyboard('{Enter}');
  expect(onAgain).toHaveBeenCalledTimes(1);
  await page.getByRole('button', { name: 'Close the check' }).click();
  expect(onClose).toHaveBeenCalledTimes(1);
  show({ results: PASSED });
  await expect.element(again).not.toHaveAttribute('aria-disabled');
});

test('has a name, and its heading can be stood on', async () => {
  const { shadow } = mount();
  await expect.element(page.getByRole('region', { name: 'Connection check' })).toBeVisible();
  const heading = page.getByRole('heading', { name: 'Connection check' }).element() as HTMLElement;
  heading.focus();
  expect(shadow.activeElement).toBe(heading);
});

test('fits into a narrow panel, whatever there is to say', async () => {
  await page.viewport(320, 568);
  const { shadow } = mount({ results: FAILED, withFigures: true, summary: words.checkFailed });
  const view = shadow.querySelector('.check');
  expect(view?.scrollWidth).toBeLessThanOrEqual(view?.clientWidth ?? 0);
  const close = page.getByRole('button', { name: 'Close the check' });
  await close.click();
  expect(close.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
  await page.viewport(1000, 800);
});

for (const theme of ['light', 'dark']) {
  test(`no accessibility violation, running, passed and failed, ${theme}`, async () => {
    const { shadow, show } = mount({ running: true, summary: words.checkRunning }, theme);
    const panel = shadow.querySelector('.panel');
    await Promise.all(panel?.getAnimations().map((each) => each.finished) ?? []);
    expect(await violations()).toEqual([]);
    show({ results: PASSED, withFigures: true, summary: words.checkAllWell });
    expect(await violations()).toEqual([]);
    show({ results: FAILED, withFigures: true, summary: words.checkFailed });
    expect(await violations()).toEqual([]);
  });
}

async function violations(): Promise<string[]> {
  const { violations: found, passes } = await axe.run('main', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // The heading of the page is the page's.
    rules: { 'heading-order': { enabled: false } },
  });
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
