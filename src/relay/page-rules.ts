import type { RelayOptions } from './relay-options.js';

/** What the site lets a page say about itself and about the agent. */
export interface PageRules {
  allow: RelayOptions['allow'];
  /** Whether the site names its visitors: the page then does not say who it is. */
  knowsVisitors: boolean;
  /** The site's own name of this visitor. */
  visitorName: string | undefined;
}

type Fields = Record<string, unknown>;

/** Returns the fields of these names; all without a list. `undefined` when none is left. */
export function pickFields(
  fields: Fields | undefined,
  names: readonly string[] | undefined,
): Fields | undefined {
  if (!fields || !names) return fields;
  const kept = Object.entries(fields).filter(([name]) => names.includes(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/**
 * Returns the fields of the page and of the server. The server's win, also over a name that only looks the same: in a prompt
 * `Tier` and ` tier` read like `tier`.
 */
export function mergeFields(ofPage: Fields | undefined, ofServer: Fields | undefined): Fields | undefined {
  if (!ofServer) return ofPage;
  const taken = new Set(Object.keys(ofServer).map(essenceOf));
  const others = Object.entries(ofPage ?? {}).filter(([name]) => !taken.has(essenceOf(name)));
  return { ...Object.fromEntries(others), ...ofServer };
}

function essenceOf(name: string): string {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '') || name
  );
}
