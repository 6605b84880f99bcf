/**
 * The rooms of `src/`, from the top down: a room imports only rooms that stand below it, and of those only what its row names.
 * The lint rule `house/import-rules` checks every import against this table. A room is a folder or a file, without its suffix; an entry
 * such as `src/element.ts` belongs to the folder of its name.
 * - `code`: anything that is exported
 * - `types`: `import type` only, so that nothing of it is loaded
 * - `later`: `import()` only, so that it stays out of the chunk
 * - `packages`: npm packages
 * Naming a folder does not name a room inside it that has a row of its own. A room and a room inside it that it loads late may
 * import each other: the outer one by `later`, the inner one as its row says.
 */

/**
 * The features: each is one folder and one chunk. Only the panel and `in-page` name a feature, by `import()` of its `index.ts`; no
 * other feature does.
 */
const FEATURES = [
  // Loads some of the others, for the closed launcher.
  'in-page',
  'call',
  'call-and-message',
  'callback',
  'connection-check',
  'diagnostics',
  'failure-card',
  'feedback',
  'language-choice',
  'markdown',
  'measuring',
  'room',
  'teaser',
];

const feature = {
  code: [
    'contract/version',
    'ui',
    'context',
    'call',
    'chat',
    'failures',
    'markdown',
    'visitor',
    'api',
    'voice',
    'i18n/en-later',
    'i18n',
    'wire',
    'async',
  ],
  types: ['contract'],
  packages: ['lit'],
};

export const ROOMS = {
  index: { code: ['element', 'client', 'failures'] },
  client: { code: ['api', 'wire'] },
  embed: {
    code: ['element', 'element/keep-on-page', 'contract/attributes', 'async'],
    types: ['panel', 'i18n/import-locale'],
  },
  'element/keep-on-page': { code: ['element'], types: ['panel/in-page/index'] },
  // All that shows the launcher, and nothing else, is in the first load.
  element: {
    code: [
      'contract/attributes',
      'contract/version',
      'contract/panel-state',
      'contract/events',
      'ui/adopt-styles',
      'visitor/stored-keys',
      'i18n/interface-language',
      'i18n/locale-name',
      'i18n/import-locale',
      'async',
    ],
    types: [
      'panel',
      'panel/diagnostics/index',
      'panel/in-page/index',
      'contract',
      'call',
      'failures',
      'voice',
      'i18n',
    ],
    later: ['panel/index'],
  },
  // What the panel shows at once is one chunk; all other code is loaded when it is needed.
  panel: {
    code: [
      'ui',
      'call/call-state',
      'chat',
      'failures',
      'visitor',
      'api/features',
      'api/session-plan',
      'i18n',
      'async',
    ],
    types: ['contract', 'context', 'call', 'voice', 'i18n/en-later', 'i18n/import-locale'],
    later: [...FEATURES.map((name) => `panel/${name}/index`), 'voice/preflight', 'context'],
    packages: ['lit'],
  },
  ...Object.fromEntries(FEATURES.map((name) => [`panel/${name}`, feature])),
  // What belongs to the closed launcher: it loads the parts that only an attribute asks for.
  'panel/in-page': {
    ...feature,
    code: [...feature.code, 'contract/events'],
    later: ['call-and-message', 'language-choice', 'measuring', 'teaser'].map(
      (name) => `panel/${name}/index`,
    ),
  },
  'panel/callback': { ...feature, later: ['panel/callback/phone-number'] },
  'panel/callback/phone-number': {
    code: ['panel/callback/old-number-forms', 'panel/callback/read-typed-number'],
    packages: ['libphonenumber-js'],
  },
  // What an agent is told besides the visitor's words.
  context: { code: ['wire'], types: ['contract', 'chat', 'api'] },
  contract: { types: ['call', 'chat', 'failures', 'api', 'voice', 'i18n'] },
  ui: { code: ['markdown/url-of-scheme', 'i18n'], types: ['chat', 'wire'], packages: ['lit'] },
  call: { code: ['failures', 'api', 'voice', 'wire', 'async'] },
  chat: {
    code: ['failures', 'visitor', 'api', 'wire', 'async'],
    types: ['voice'],
    later: ['chat/support-notes'],
  },
  // Loaded late: few platforms have people who answer.
  'chat/support-notes': { types: ['chat', 'wire'] },
  failures: { code: ['voice/voice-error', 'i18n/en-later', 'wire'], types: ['i18n'] },
  api: { code: ['wire', 'async'], types: ['visitor'] },
  visitor: {},
  voice: {
    code: ['wire', 'async'],
    later: ['voice/livekit', 'voice/webrtc', 'voice/dialects/rtvi'],
  },
  'voice/livekit': { code: ['voice', 'wire'], packages: ['livekit-client'] },
  'voice/webrtc': { code: ['voice', 'wire'] },
  // Loaded only where a call speaks this dialect.
  'voice/dialects/rtvi': { code: ['voice', 'wire'] },
  i18n: { code: ['async', 'i18n/import-locale'], types: ['i18n/en-later'] },
  // What the script replaces by an import that needs no list of the files.
  'i18n/import-locale': { types: ['i18n'], later: ['i18n/locales'] },
  'i18n/locales': { types: ['i18n'] },
  // The English strings of what is loaded late.
  'i18n/en-later': {},
  // For servers, in one file each.
  'relay-redis': { code: ['relay'] },
  relay: { code: ['relay/number-barrier', 'wire'] },
  'relay/number-barrier': { code: ['relay'], packages: ['libphonenumber-js'] },
  // Pure readers of the platform's JSON, for the page and for the relay.
  wire: { code: ['markdown/safe-link'] },
  markdown: {},
  // General helpers for waiting.
  async: {},
};
