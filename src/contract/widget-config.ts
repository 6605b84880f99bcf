import type { FailureGuidance } from '../failures/failure.js';
import type { Strings } from '../i18n/strings.js';
import type { TransportLoader } from '../voice/transport.js';
import type { AttributeValues } from './attributes.js';

/** The element's settings, as the panel reads them at the moment it needs them. */
export type WidgetConfig = AttributeValues & {
  strings?: Partial<Strings> | undefined;
  transports?: readonly TransportLoader[] | undefined;
  fetch?: typeof fetch | undefined;
  describeFailure?: ((reason: unknown) => FailureGuidance) | undefined;
};
