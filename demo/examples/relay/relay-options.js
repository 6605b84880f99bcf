import { osmtalk } from 'osmtalk-widget/relay';

/** What this relay lets through, from the environment. Throws when a name is missing; only `OSMTALK_URL` may be. */
export function relayOptions(env) {
  const text = (name) => {
    if (!env[name]?.trim()) throw new TypeError(`${name} is missing in the environment`);
    return env[name].trim();
  };
  // A comma too many is no entry.
  const list = (name) =>
    text(name)
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  return {
    upstream: osmtalk({ apiKey: text('OSMTALK_KEY'), baseUrl: env.OSMTALK_URL || undefined }),
    allow: {
      agents: list('OSMTALK_AGENTS'),
      features: ['voice', 'chat', 'callback'],
      // How the numbers begin that may be phoned at the site's cost: '+49,!+49151,+43'.
      destinations: list('OSMTALK_DESTINATIONS'),
    },
    origins: list('SITE_ORIGINS'),
    // The page's `base-url` ends in it. Any other path is 404.
    basePath: '/osmtalk',
    secret: text('RELAY_SECRET'),
  };
}
