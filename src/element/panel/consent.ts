import type { WidgetConfig } from '../widget-panel.js';

/**
 * Whether the visitor has agreed to what this site asks. Without a `consent-key` it is asked anew on every page;
 * blocked storage does the same.
 */
export class Consent {
  #given = false;

  /** Nothing may be sent and no microphone opened while this is true. */
  needed(config: Pick<WidgetConfig, 'consentText' | 'consentKey'>): boolean {
    return Boolean(config.consentText) && !this.#given && !isRemembered(config.consentKey);
  }

  give(config: Pick<WidgetConfig, 'consentKey'>): void {
    this.#given = true;
    try {
      if (config.consentKey) localStorage.setItem(config.consentKey, 'agreed');
    } catch {
      // Blocked storage: agreed for this page.
    }
  }
}

function isRemembered(key: string | undefined): boolean {
  try {
    return Boolean(key) && localStorage.getItem(key ?? '') === 'agreed';
  } catch {
    return false;
  }
}
