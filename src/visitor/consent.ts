import { digest } from './digest.js';

/** The element's settings for the visitor's consent. */
export interface ConsentSettings {
  consentText?: string | undefined;
  consentKey?: string | undefined;
  termsUrl?: string | undefined;
  privacyUrl?: string | undefined;
}

/**
 * Remembers whether the visitor has agreed to what this site asks. Without a `consent-key`, or where storage is blocked, the
 * visitor is asked again on every page. Another text or other terms than those agreed to are asked about again, too.
 */
export class Consent {
  #given: string | null = null;

  /**
   * Whether the visitor must still agree. While this is true, nothing may be sent, no devices listed and no microphone opened.
   */
  needed(config: ConsentSettings): boolean {
    if (!config.consentText) return false;
    const version = versionOf(config);
    return this.#given !== version && remembered(config.consentKey) !== version;
  }

  /** Remembers that the visitor agrees, and returns the version of the text that they agreed to. */
  give(config: ConsentSettings): string {
    const version = versionOf(config);
    this.#given = version;
    try {
      if (config.consentKey) localStorage.setItem(config.consentKey, version);
    } catch {
      // Storage is blocked: the consent holds for this page only.
    }
    return version;
  }

  forget({ consentKey }: ConsentSettings): void {
    this.#given = null;
    try {
      if (consentKey) localStorage.removeItem(consentKey);
    } catch {
      // Storage is blocked.
    }
  }
}

/** A digest of what the visitor agreed to: the text, and the addresses of the terms and the privacy notice. */
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
