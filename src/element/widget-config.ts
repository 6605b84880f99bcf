import type { FailureGuidance } from '../failures/failure.js';
import type { Strings } from '../i18n/strings.js';
import type { TransportLoader } from '../voice/transport.js';

/** The element's settings, as the panel reads them at the moment it needs them. */
export interface WidgetConfig {
  agentId?: string | undefined;
  apiKey?: string | undefined;
  baseUrl: string;
  organizationId?: string | undefined;
  agentVersion?: number | undefined;
  dynamicVariables?: Record<string, unknown> | undefined;
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  mode: 'both' | 'voice' | 'chat';
  callback?: boolean | undefined;
  phoneNumberId?: string | undefined;
  layout: 'floating' | 'inline';
  placement: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  theme: 'auto' | 'light' | 'dark';
  heading?: string | undefined;
  greeting?: string | undefined;
  launcherLabel?: string | undefined;
  avatarSrc?: string | undefined;
  starters?: string[] | undefined;
  consentText?: string | undefined;
  termsUrl?: string | undefined;
  privacyUrl?: string | undefined;
  consentKey?: string | undefined;
  audience: 'visitor' | 'tester';
  persist: 'session' | 'local' | 'none';
  keepCall: 'announced' | 'always' | 'never';
  strings?: Partial<Strings> | undefined;
  transports?: readonly TransportLoader[] | undefined;
  fetch?: typeof fetch | undefined;
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
}
