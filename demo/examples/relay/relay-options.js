import { osmtalk } from 'osmtalk-widget/relay';

const list = (text) => text.split(',');

/** What this relay lets through, from the environment. Throws when a name is missing; only `OSMTALK_URL` may be. */
export function relayOptions(env) {
  return {
    upstream: osmtalk({ apiKey: env.OSMTALK_KEY, baseUrl: env.OSMTALK_URL }),
    allow: {
      agents: list(env.OSMTALK_AGENTS),
      features: ['voice', 'chat', 'callback'],
      // How the numbers begin that may be phoned at the site's cost: '+49,+43'.
      destinations: list(env.OSMTALK_DESTINATIONS),
    },
    origins: list(env.SITE_ORIGINS),
    secret: env.RELAY_SECRET,
  };
}
