import type { FeatureSettings } from '../api/features.js';
import type { PersistenceSettings } from '../chat/thread-persistence.js';
import type { FailureGuidance } from '../failures/failure.js';
import type { Strings } from '../i18n/strings.js';
import type { TransportLoader } from '../voice/transport.js';

/** The element's settings, as the panel reads them at the moment it needs them. */
export interface WidgetConfig extends FeatureSettings, PersistenceSettings {
  layout: 'floating' | 'inline';
  placement: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  theme: 'auto' | 'light' | 'dark';
  heading?: string | undefined;
  greeting?: string | undefined;
  launcherLabel?: string | undefined;
  avatarSrc?: string | undefined;
  starters?: string[] | undefined;
  audience: 'visitor' | 'tester';
  keepCall: 'announced' | 'always' | 'never';
  strings?: Partial<Strings> | undefined;
  transports?: readonly TransportLoader[] | undefined;
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
}
