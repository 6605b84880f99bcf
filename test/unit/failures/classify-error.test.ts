import { describe, expect, it } from 'vitest';
import { ApiError, type ApiErrorCode } from '../../../src/wire/api-error.js';
import { classifyError } from '../../../src/failures/classify-error.js';
import { FAILURE_CATALOGUE } from '../../../src/failures/failure-catalogue.js';
import { VoiceError, type VoiceErrorCode } from '../../../src/voice/voice-error.js';

const API_CODES = {
  'bad-request': 'invalid-response',
  'too-large': 'invalid-response',
  unauthorized: 'unauthorized',
  'scope-missing': 'unauthorized',
  'domain-not-allowed': 'domain-not-allowed',
  'no-credit': 'no-credit',
  'not-found': 'agent-not-found',
  timeout: 'timeout',
  conflict: 'server-error',
  'too-many-calls': 'too-many-calls',
  'rate-limited': 'rate-limited',
  'server-error': 'server-error',
  offline: 'offline',
  network: 'timeout',
  aborted: null,
  'invalid-response': 'invalid-response',
  'unsupported-transport': 'unsupported-transport',
} satisfies Record<ApiErrorCode, string | null>;

const VOICE_CODES = {
  'microphone-denied': true,
  'microphone-dismissed': true,
  'microphone-blocked-by-system': true,
  'microphone-not-found': true,
  'microphone-in-use': true,
  'insecure-context': true,
  'blocked-by-permissions-policy': true,
  'in-app-browser': true,
  'connection-blocked': true,
  'connection-lost': true,
  'token-expired': true,
  'agent-never-joined': true,
  'call-in-another-tab': true,
  'unsupported-transport': true,
  'invalid-response': true,
} satisfies Record<VoiceErrorCode, true>;

describe('an error of the API', () => {
  it.each(Object.entries(API_CODES))('%s is the failure %s', (code, expected) => {
    expect(classifyError(new ApiError(code as ApiErrorCode, 'for the logs'))).toBe(expected);
  });
});

describe('an error of microphone or media', () => {
  it.each(Object.keys(VOICE_CODES))('%s is the failure of the same name', (code) => {
    expect(classifyError(new VoiceError(code as VoiceErrorCode, 'for the logs'))).toBe(code);
    expect(FAILURE_CATALOGUE).toHaveProperty(code);
  });
});

describe('a cancellation', () => {
  it.each([
    ['of an AbortController', AbortSignal.abort().reason],
    ['of a library', Object.assign(new Error('cancelled'), { name: 'AbortError' })],
    ['that is not even an Error', { name: 'AbortError' }],
  ])('is no failure: %s', (_what, error) => expect(classifyError(error)).toBeNull());
});

describe('anything else', () => {
  it.each([
    ['a time limit of the browser', new DOMException('too slow', 'TimeoutError'), 'timeout'],
    [
      'a chunk that Chromium cannot load',
      new TypeError('Failed to fetch dynamically imported module: /x.js'),
      'timeout',
    ],
    [
      'a chunk that Firefox cannot load',
      new TypeError('error loading dynamically imported module: /x.js'),
      'timeout',
    ],
    ['a chunk that Safari cannot load', new TypeError('Importing a module script failed.'), 'timeout'],
    ['a fetch that failed', new TypeError('Failed to fetch'), 'timeout'],
    ['a fault of our own', new TypeError("Cannot read properties of undefined (reading 'x')"), 'unknown'],
    ['an Error that only talks of a fetch', new Error('fetch'), 'unknown'],
    ['a DOMException', new DOMException('no', 'InvalidStateError'), 'unknown'],
    ['an object that looks like ours', { name: 'ApiError', code: 'no-credit' }, 'unknown'],
    ['text', 'AbortError', 'unknown'],
    ['nothing', undefined, 'unknown'],
    ['null', null, 'unknown'],
    ['a number', 7, 'unknown'],
    ['a symbol', Symbol('x'), 'unknown'],
    ['an object without a prototype', Object.create(null), 'unknown'],
    ['a function', () => undefined, 'unknown'],
  ])('%s is told apart from a cancellation', (_what, error, expected) => {
    expect(classifyError(error)).toBe(expected);
  });
});
