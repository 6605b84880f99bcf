import { describe, expect, it } from 'vitest';
import { ApiError, type ApiErrorCode } from '../../../src/wire/api-error.js';
import { describeError, isOwnersFault } from '../../../src/failures/describe-error.js';
import { VoiceError } from '../../../src/voice/voice-error.js';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoicm9vbV8xIn0.c2lnbmF0dXJl-_';

describe('an error for the logs', () => {
  it.each([
    ['of the API', new ApiError('rate-limited', 'The widget API answered 429'), 'rate-limited', true],
    [
      'of the API that repeating cannot mend',
      new ApiError('no-credit', 'The widget API answered 402'),
      'no-credit',
      false,
    ],
    [
      'whose code is finer than its reason',
      new ApiError('network', 'The widget API could not be reached'),
      'network',
      true,
    ],
    [
      'of the microphone',
      new VoiceError('microphone-denied', 'getUserMedia: NotAllowedError'),
      'microphone-denied',
      true,
    ],
    ['of our own', new RangeError('a bug'), 'unknown', false],
  ])('%s has code, text and retryability', (_whose, error, code, retryable) => {
    const detail = describeError(error, []);
    expect(detail).toMatchObject({ code, retryable });
    expect(detail?.message).toContain(error.message);
  });

  it.each(['text', 7, undefined, null, Symbol('odd')])('may be anything: %s', (thrown) => {
    expect(describeError(thrown, [])).toEqual({ code: 'unknown', message: String(thrown), retryable: false });
  });

  it.each([
    ['of a request', new ApiError('aborted', 'The request was cancelled')],
    ['of a browser', new DOMException('stop', 'AbortError')],
  ])('is none for a cancellation %s', (_whose, error) => expect(describeError(error, [])).toBeNull());
});

describe('a fault that only the site owner can mend', () => {
  it.each<[ApiErrorCode, RegExp]>([
    ['unauthorized', /api-key/],
    ['scope-missing', /scope/],
    ['domain-not-allowed', /domain/],
    ['no-credit', /credit/],
    ['not-found', /agent-id/],
  ])('says what to look at: %s', (code, hint) => {
    const detail = describeError(new ApiError(code, 'The widget API answered'), []);
    expect(detail?.message).toMatch(hint);
    expect(detail && isOwnersFault(detail)).toBe(true);
  });

  it.each<ApiErrorCode>([
    'rate-limited',
    'server-error',
    'network',
    'offline',
    'timeout',
    'invalid-response',
  ])('is not %s', (code) => {
    const detail = describeError(new ApiError(code, 'The widget API answered'), []);
    expect(detail?.message).toBe('The widget API answered');
    expect(detail && isOwnersFault(detail)).toBe(false);
  });
});

describe('what must not be in a log', () => {
  const secret = 'osm_secret.key+1';

  it.each([
    ['the key', `Unknown key ${secret}`],
    ['the key, several times', `${secret} is not ${secret}`],
    ['a token', `Refused: ${jwt}`],
    ['a token in an address', `Cannot connect to wss://media.example/rtc?access_token=${jwt}&auto=1`],
    ['an opaque token in an address', 'Failed: "https://media.example/whip?token=opaque-secret" (403)'],
    ['several addresses', 'https://a.example/?t=opaque-secret and https://b.example/?t=opaque-secret'],
  ])('is taken out: %s', (_what, text) => {
    const errors = [
      new ApiError('unauthorized', text),
      new VoiceError('connection-blocked', text),
      new Error(text),
      text,
    ];
    for (const error of errors) {
      const message = describeError(error, [undefined, secret])?.message ?? '';
      expect(message).not.toMatch(/osm_secret|eyJ|opaque-secret|c2lnbmF0dXJl/);
      expect(message).toContain('…');
    }
  });

  it('leaves the rest to be read', () => {
    const error = new Error('Cannot connect to wss://media.example/rtc?access_token=x (ICE failed)');
    expect(describeError(error, ['osm_1'])?.message).toBe(
      'Cannot connect to wss://media.example/rtc?… (ICE failed)',
    );
  });

  it('takes nothing out when there is nothing secret', () => {
    expect(describeError(new Error('All is said.'), [undefined, ''])?.message).toBe('All is said.');
  });
});
