/** The fields of a call record that say whether caller and agent were connected; a record of `WidgetClient` has them. */
export interface ConnectedFacts {
  status?: string | null;
  didConnect?: boolean | null;
  failureReason?: unknown;
}

/**
 * Whether caller and agent were really connected. The platform's `didConnect` decides; a record without it counts as
 * connected when it completed without a failure reason.
 */
export function callConnected(record: ConnectedFacts | null | undefined): boolean {
  if (typeof record?.didConnect === 'boolean') return record.didConnect;
  return record?.status === 'completed' && (record.failureReason ?? null) === null;
}
