import { digest } from './digest.js';

/** The element's settings that say what the visitor is asked to agree to. */
export interface ConsentSettings {
  consentText?: string | undefined;
  consentKey?: string | undefined;
  termsUrl?: string | undefined;
  privacyUrl?: string | undefined;
}

/**
 * Whether the visitor has agreed to what this site asks. Without a `consent-key` it is asked anew on every page; blocked
 * storage does the same, and so do other words or other terms than those that were agreed to.
 */
export class Consent {
  #given: string | null = null;

  /** Nothing may be sent, no device looked at and no microphone opened while this is true. */
  needed(config: ConsentSettings): boolean {
    if (!config.consentText) return false;
    const version = versionOf(config);
    return this.#given !== version && remembered(config.consentKey) !== version;
  }

  /** Says to which version. */
  give(config: ConsentSettings): string {
    const version = versionOf(config);
    this.#given = version;
    try {
      if (config.consentKey) localStorage.setItem(config.consentKey, version);
    } catch {
      // Blocked storage: agreed for this page.
    }
    return version;
  }

  forget({ consentKey }: ConsentSettings): void {
    this.#given = null;
    try {
      if (consentKey) localStorage.removeItem(consentKey);
    } catch {
      // Blocked.
    }
  }
}

/** Names what was agreed to: the text, and where the terms and the privacy notice are. */
function versionOf({ consentText, termsUrl, privacyUrl }: ConsentSettings): string {
  return digest([consentText, termsUrl, privacyUrl].join('\n'));
}

function remembered(key: string | undefined): string | null {
  try {
    return key ? localStorage.getItem(key) : null;
  } catch {
    return null;
  }
}
