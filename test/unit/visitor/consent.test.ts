import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Consent } from '../../../src/visitor/consent.js';
import { blockStorages, stubStorages, type FakeStorage } from '../../support/fake-storage.js';

const asked = { consentText: 'We record calls.', consentKey: 'consent_1' };

let local: FakeStorage;
beforeEach(() => ({ local } = stubStorages()));
afterEach(() => void vi.unstubAllGlobals());

describe('a consent', () => {
  it.each([{}, { consentText: '' }, { consentKey: 'consent_1' }])(
    'is not needed when none is asked for: %j',
    (config) => {
      expect(new Consent().needed(config)).toBe(false);
    },
  );

  it('is needed until it is given', () => {
    const consent = new Consent();
    expect(consent.needed(asked)).toBe(true);
    consent.give(asked);
    expect(consent.needed(asked)).toBe(false);
  });

  it('is remembered on the next page under its key, and under no other', () => {
    new Consent().give(asked);
    expect(new Consent().needed(asked)).toBe(false);
    expect(new Consent().needed({ ...asked, consentKey: 'consent_2' })).toBe(true);
  });

  it('is asked anew on the next page when it has no key', () => {
    const consent = new Consent();
    consent.give({ consentText: 'We record calls.', consentKey: undefined });
    expect(consent.needed({ consentText: 'We record calls.' })).toBe(false);
    expect(new Consent().needed({ consentText: 'We record calls.' })).toBe(true);
    expect(local.items.size).toBe(0);
  });

  it.each([
    ['text', { consentText: 'We record and keep calls.' }],
    ['terms', { termsUrl: '/terms-2' }],
    ['privacy notice', { privacyUrl: '/privacy-2' }],
  ])('is asked anew when the %s changes, on this page and the next', (_what, changes) => {
    const consent = new Consent();
    const version = consent.give(asked);
    const changed = { ...asked, ...changes };
    expect(consent.needed(changed)).toBe(true);
    expect(new Consent().needed(changed)).toBe(true);
    expect(consent.give(changed)).not.toBe(version);
    expect(new Consent().needed(changed)).toBe(false);
  });

  it('can be forgotten', () => {
    const consent = new Consent();
    consent.give(asked);
    consent.forget(asked);
    expect(consent.needed(asked)).toBe(true);
    expect(new Consent().needed(asked)).toBe(true);
  });

  it('is not taken from something else under its key', () => {
    local.items.set('consent_1', 'no');
    expect(new Consent().needed(asked)).toBe(true);
  });

  it('lasts as long as the page where storage is blocked', () => {
    blockStorages();
    const consent = new Consent();
    expect(consent.needed(asked)).toBe(true);
    consent.give(asked);
    expect(consent.needed(asked)).toBe(false);
    expect(new Consent().needed(asked)).toBe(true);
  });
});
