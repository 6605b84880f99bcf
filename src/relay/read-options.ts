import { Destinations } from './destinations.js';
import type { RelayOptions } from './relay-options.js';
import type { Feature } from './upstream.js';

type WithDefault = 'maxBodyBytes' | 'maxAnswerBytes' | 'timeoutMs' | 'maxStreamMs' | 'pageHeaders';

/** The options, read and with their defaults. */
export type RelaySettings = Omit<RelayOptions, WithDefault | 'basePath'> &
  Required<Pick<RelayOptions, WithDefault>> & {
    /** The features that the upstream has and the site allows. */
    features: readonly Feature[];
    /** `null` where no callback is offered. */
    destinations: Destinations | null;
    /** Without a slash at its end; `null` for any. */
    basePath: string | null;
  };

const FEATURES: readonly Feature[] = ['voice', 'chat', 'callback'];
const SHORTEST_SECRET = 16;
const LONGEST_ID = 200;
const HOOKS = [
  'authorize',
  'botCheck',
  'dynamicVariables',
  'metadata',
  'visitor',
  'address',
  'onReport',
  'audit',
  'fetch',
] as const;

/** Returns the options with their defaults. Throws a `TypeError` for options that would let everything through, or nothing. */
export function readOptions(options: RelayOptions): RelaySettings {
  const { upstream, allow, secret } = options ?? {};
  if (typeof upstream?.name !== 'string')
    throw problem('`upstream` is missing: osmtalk(…), osvi(…), dialnexa(…), livekit(…) or pipecat(…)');
  if (typeof allow !== 'object' || allow === null) throw problem('`allow` is missing');
  checkIds('allow.agents', allow.agents);
  if (allow.agents.length === 0) throw problem('`allow.agents` is empty');
  if (!isList(allow.features) || allow.features.length === 0 || !allow.features.every(isFeature))
    throw problem(`\`allow.features\` takes ${FEATURES.join(', ')}`);
  for (const name of ['phoneNumberIds', 'variables', 'metadata', 'overrides'] as const)
    if (allow[name] !== undefined) checkIds(`allow.${name}`, allow[name]);
  if (
    allow.agentVersions !== undefined &&
    !(isList(allow.agentVersions) && allow.agentVersions.every(isVersion))
  )
    throw problem('`allow.agentVersions` is a list of positive integers');
  // A `secret` that is `undefined`, as from a missing environment variable, is an error, and no wish for a random one.
  if ('secret' in options) checkSecret(secret);
  if (options.answers !== undefined && secret === undefined)
    throw problem('`answers` are shared by instances that have one `secret`');
  for (const hook of HOOKS)
    if (options[hook] !== undefined && typeof options[hook] !== 'function')
      throw problem(`\`${hook}\` is no function`);
  const features = FEATURES.filter(
    (feature) => allow.features.includes(feature) && upstream.features.includes(feature),
  );
  return {
    ...options,
    features,
    destinations: readDestinations(options, features),
    basePath: readBasePath(options.basePath),
    pageHeaders: (options.pageHeaders ?? []).map(readHeaderName),
    maxBodyBytes: readLimit('maxBodyBytes', options.maxBodyBytes, 65_536),
    maxAnswerBytes: readLimit('maxAnswerBytes', options.maxAnswerBytes, 1_048_576),
    timeoutMs: readLimit('timeoutMs', options.timeoutMs, 30_000),
    maxStreamMs: readLimit('maxStreamMs', options.maxStreamMs, 120_000),
  };
}

/**
 * Reads which numbers callbacks may call. The site pays for them, so it must say so itself, even for `'any'`: throws a
 * `TypeError` when it does not.
 */
function readDestinations({ allow }: RelayOptions, features: readonly Feature[]): Destinations | null {
  if (allow.destinations !== undefined) return new Destinations(allow.destinations);
  if (!features.includes('callback')) return null;
  throw problem(
    "callbacks need `allow.destinations`: how the numbers begin that they may ring at your cost, like ['+49'], or 'any'",
  );
}

/** Whether a value is a list. A text must not pass for one: it has `includes`, too, and contains each of its own pieces. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isFeature(value: unknown): boolean {
  return FEATURES.some((feature) => feature === value);
}

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function checkIds(name: string, ids: unknown): void {
  if (!isList(ids)) throw problem(`\`${name}\` is a list`);
  for (const id of ids) {
    if (typeof id !== 'string' || id.trim() === '' || id.trim() !== id || id.length > LONGEST_ID)
      throw problem(
        `${JSON.stringify(id) ?? String(id)} in \`${name}\` is empty, has blanks around it, or is no text`,
      );
  }
}

/** Throws a `TypeError` for a secret that is too short, and does not quote it. */
function checkSecret(secret: unknown): void {
  const length = typeof secret === 'string' || secret instanceof Uint8Array ? secret.length : 0;
  if (length >= SHORTEST_SECRET) return;
  throw problem(
    `\`secret\` needs ${SHORTEST_SECRET} characters or more; leave the option out for a random one`,
  );
}

function readBasePath(path: string | undefined): string | null {
  if (path === undefined) return null;
  if (typeof path !== 'string' || (path !== '' && !/^(\/[\w.~!$&'()*+,;=:@-]+)*\/?$/.test(path)))
    throw problem('`basePath` is a path like /osmtalk');
  const base = path.replace(/\/$/, '');
  if (new URL(`https://site.example${base}`).pathname !== (base || '/'))
    throw problem('`basePath` is a path like /osmtalk');
  return base;
}

function readLimit(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!Number.isFinite(value) || value <= 0) throw problem(`\`${name}\` must be more than 0`);
  return value;
}

function readHeaderName(name: string): string {
  if (!/^[\w-]+$/.test(name)) throw problem(`${JSON.stringify(name)} is no name of a header`);
  return name.toLowerCase();
}

function problem(text: string): TypeError {
  return new TypeError(`createRelay: ${text}`);
}
