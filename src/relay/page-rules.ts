import type { RelayOptions } from './relay-options.js';

/** What of a page's words about itself and about the agent the site lets through. */
export interface PageRules {
  allow: RelayOptions['allow'];
  /** The site knows its visitors: the page does not say who it is. */
  knowsVisitors: boolean;
  /** The site's own name of this visitor. */
  visitorName: string | undefined;
}

type Fields = Record<string, unknown>;

/** The fields of these names; all without a list. `undefined` when none is left. */
export function pickFields(
  fields: Fields | undefined,
  names: readonly string[] | undefined,
): Fields | undefined {
  if (!fields || !names) return fields;
  const kept = Object.entries(fields).filter(([name]) => names.includes(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/**
 * What the server says wins over what the page has sent, also under a name that only looks like it: in a prompt `Tier` and ` tier` read
 * like `tier`.
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
