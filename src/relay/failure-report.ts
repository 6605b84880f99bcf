import { badField } from './relay-error.js';
import { isObject, type JsonObject } from './read-json.js';

/** The shape of reports that this relay takes. */
const SCHEMA = 'osmtalk-failure-report/1';

/**
 * What a widget with a `report-url` sends of a failed call. It comes from a page, so anybody may have made it up; its texts are
 * hostile until they are escaped.
 */
export interface FailureReport {
  schema: typeof SCHEMA;
  failure: {
    /** One of the failure reasons, e.g. `agent-never-joined`. */
    reason: string;
    /** Who found out: the platform's record, or the page. */
    source: 'server' | 'device';
    likelyBlame: string | null;
    retryable: boolean;
  };
  /** Whether visitor and agent were connected at all. */
  connected: boolean;
  durationSeconds: number;
  /** What `getDiagnostics()` told in the page; `null` where it could not be had. */
  diagnostics: JsonObject | null;
}

const LONGEST_NAME = 100;

/** Returns the report, without fields that it does not have. Throws a `RelayError` that names the first field that is wrong. */
export function readFailureReport(body: JsonObject): FailureReport {
  const { schema, failure, connected, durationSeconds, diagnostics } = body;
  if (schema !== SCHEMA) throw badField('schema', `must be ${SCHEMA}`);
  if (!isObject(failure)) throw badField('failure', 'must be an object');
  const { reason, source, likelyBlame, retryable } = failure;
  if (!isName(reason)) throw badField('failure.reason', 'must be a reason');
  if (source !== 'server' && source !== 'device')
    throw badField('failure.source', 'must be server or device');
  if (typeof durationSeconds !== 'number' || !(durationSeconds >= 0))
    throw badField('durationSeconds', 'must be a number');
  return {
    schema,
    failure: {
      reason,
      source,
      likelyBlame: isName(likelyBlame) ? likelyBlame : null,
      retryable: retryable === true,
    },
    connected: connected === true,
    durationSeconds,
    diagnostics: isObject(diagnostics) ? diagnostics : null,
  };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME;
}
