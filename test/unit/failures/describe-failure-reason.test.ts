import { describe, expect, it } from 'vitest';
import {
  RETRYABLE_FAILURE_REASONS,
  describeFailureReason,
  isRetryableFailure,
  type DeviceFailureReason,
} from '../../../src/failures.js';
import { FAILURE_CATALOGUE } from '../../../src/failures/failure-catalogue.js';
import { toFailureReason } from '../../../src/failures/failure-reasons.js';
import { PLATFORM_REASONS } from './platform-reasons.js';

/** The page's own reasons, as the public contract lists them. */
const DEVICE_REASONS =
  `microphone-denied microphone-dismissed microphone-blocked-by-system microphone-not-found
  microphone-in-use insecure-context blocked-by-permissions-policy in-app-browser playback-blocked agent-never-joined
  agent-silent caller-silent connection-blocked connection-lost token-expired call-in-another-tab unauthorized
  domain-not-allowed no-credit too-many-calls agent-not-found rate-limited server-error offline timeout invalid-response
  unsupported-transport`.split(/\s+/) as DeviceFailureReason[];

const garbage = [
  'made_up_reason',
  'NO_AUDIO_OUTPUT',
  ' no_audio_output',
  '',
  'toString',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  null,
  undefined,
  0,
  42,
  true,
  {},
  [],
  ['no_audio_output'],
  { toString: () => 'no_audio_output' },
  Symbol('no_audio_output'),
  () => 'no_audio_output',
];

it('knows the reasons of the contract, all of them and no others', () => {
  expect(Object.keys(FAILURE_CATALOGUE).toSorted()).toEqual(
    [...Object.keys(PLATFORM_REASONS), ...DEVICE_REASONS].toSorted(),
  );
});

describe.each(Object.entries(PLATFORM_REASONS))('%s', (reason, facts) => {
  it('has the platform’s title, blame and retryability', () => {
    const { title, likelyBlame, retryable } = facts;
    expect(describeFailureReason(reason)).toMatchObject({ title, likelyBlame, retryable });
    expect(isRetryableFailure(reason)).toBe(retryable);
  });

  it.each(facts.told)('tells a tester %s', (fact) => {
    const { title, cause, whatToTry } = describeFailureReason(reason);
    expect(`${title}. ${cause} ${whatToTry}`).toMatch(fact);
  });
});

describe.each(DEVICE_REASONS)('%s', (reason) => {
  it('is described like a reason of the platform', () => {
    expect(describeFailureReason(reason)).toEqual({
      title: expect.stringMatching(/\S/) as string,
      cause: expect.stringMatching(/\S/) as string,
      whatToTry: expect.stringMatching(/\S/) as string,
      likelyBlame: expect.stringMatching(/^(platform|caller|carrier|environment)$/) as string,
      retryable: isRetryableFailure(reason),
    });
  });
});

describe('anything else', () => {
  it.each(garbage)('is described as unknown: %o', (reason) => {
    expect(toFailureReason(reason)).toBe('unknown');
    expect(describeFailureReason(reason)).toEqual(describeFailureReason('unknown'));
    expect(isRetryableFailure(reason)).toBe(false);
  });
});

describe('the retryable reasons', () => {
  it('are the seven of the platform', () => {
    expect([...RETRYABLE_FAILURE_REASONS].toSorted()).toEqual([
      'bot_startup_failed',
      'idle_timeout',
      'no_audio_either_direction',
      'no_audio_output',
      'provider_circuit_open',
      'sip_no_answer',
      'stale_sweep',
    ]);
  });

  it('are those that the table calls so', () => {
    const retryable = Object.keys(PLATFORM_REASONS).filter((reason) => isRetryableFailure(reason));
    expect(retryable.toSorted()).toEqual([...RETRYABLE_FAILURE_REASONS].toSorted());
  });

  it('cannot be changed by a page', () => {
    expect(() => (RETRYABLE_FAILURE_REASONS as string[]).push('unknown')).toThrow(TypeError);
  });
});

it('gives out a description that a page may change without changing the next one', () => {
  const first = describeFailureReason('stale_sweep');
  first.title = 'changed';
  expect(describeFailureReason('stale_sweep').title).toBe('Call was orphaned');
});
