import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  describeFailureReason as describeHere,
  guidanceFor,
} from '../../../../src/panel/failure-card/failure-guidance.js';
import { FailureCardFeature } from '../../../../src/panel/failure-card-feature.js';
import { describeFailureReason } from '../../../../src/failures/describe-failure-reason.js';
import { FAILURE_CATALOGUE } from '../../../../src/failures/failure-catalogue.js';
import type { FailureReason } from '../../../../src/failures/failure-reasons.js';
import type { WidgetConfig } from '../../../../src/contract/widget-config.js';
import { messagesEn } from '../../../../src/i18n/messages.en.js';
import { visitorGuidanceEn } from '../../../../src/i18n/en-later/visitor-guidance.js';

const REASONS = Object.keys(FAILURE_CATALOGUE) as FailureReason[];
const failureOf = (reason: FailureReason) => ({
  ...describeFailureReason(reason),
  reason,
  source: 'device' as const,
});

beforeEach(() => void vi.stubGlobal('RTCPeerConnection', class {}));
afterEach(() => void vi.unstubAllGlobals());

describe.each(REASONS)('%s', (reason) => {
  it('reads plainly for a visitor', () => {
    expect(guidanceFor(failureOf(reason), { audience: 'visitor' }, messagesEn)).toEqual(
      visitorGuidanceEn[reason],
    );
  });

  it('reads as the platform says it for a tester', () => {
    const { title, cause, whatToTry } = describeFailureReason(reason);
    expect(guidanceFor(failureOf(reason), { audience: 'tester' }, messagesEn)).toMatchObject({
      title,
      cause,
      whatToTry,
    });
  });
});

it('a browser without WebRTC is told so, and not that the page is out of date', () => {
  vi.unstubAllGlobals();
  const told = (audience: 'visitor' | 'tester', reason: FailureReason = 'unsupported-transport') =>
    guidanceFor({ ...describeHere(reason), reason, source: 'device' }, { audience }, messagesEn);
  expect(told('visitor')).toEqual(visitorGuidanceEn['webrtc-missing']);
  expect(told('tester')).toMatchObject({ title: 'Browser has no WebRTC', likelyBlame: 'environment' });
  expect(told('visitor', 'offline')).toEqual(visitorGuidanceEn.offline);
});

describe('in another language', () => {
  const said = { title: 'Sie sind offline', cause: 'Kein Internet.', whatToTry: 'Verbinden Sie sich.' };
  const words = { ...messagesEn, guidance: { offline: said } };
  const guidance = (reason: FailureReason, audience: 'visitor' | 'tester') =>
    guidanceFor(failureOf(reason), { audience }, words);

  it('speaks it to visitors', () => expect(guidance('offline', 'visitor')).toEqual(said));

  it('speaks English where a reason has no words in it', () =>
    expect(guidance('timeout', 'visitor')).toEqual(visitorGuidanceEn.timeout));

  it('speaks as the platform does to testers', () =>
    expect(guidance('offline', 'tester').title).toBe(describeFailureReason('offline').title));
});

it('has the site’s own words for both when it brings some; they are in the failure already', () => {
  const failure = { ...failureOf('stale_sweep'), title: 'Our own title' };
  const describeFailure = vi.fn(describeFailureReason);
  expect(guidanceFor(failure, { audience: 'visitor', describeFailure }, messagesEn).title).toBe(
    'Our own title',
  );
  expect(guidanceFor(failure, { audience: 'tester', describeFailure }, messagesEn).title).toBe(
    'Our own title',
  );
});

it('is fetched when it is needed, with both sets of words', async () => {
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync(): void {}
    },
  );
  const config = { audience: 'visitor' } as WidgetConfig;
  const shadowRoot = { adoptedStyleSheets: [] } as unknown as ShadowRoot;
  const failures = new FailureCardFeature({ config, shadowRoot }, () => undefined);
  expect((await failures.describe('no_audio_output')).title).toBe("Bot connected but couldn't speak");
  expect(failures.guidanceFor(failureOf('offline'), messagesEn)).toEqual(visitorGuidanceEn.offline);
});
