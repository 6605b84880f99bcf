import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The rules of the house that no published plugin knows.
 *
 * `import-rules` lists what each part of `src/` may import from the others; what is not listed is refused. A part is a
 * folder or a file, without its suffix, and an entry file such as `src/element.ts` belongs to the folder of its name.
 * - `code`: whatever is exported
 * - `types`: `import type` only, so that nothing of it is loaded
 * - `later`: `import()` only, so that it stays out of the chunk
 * - `packages`: npm packages
 * Naming a folder does not name a part inside it that has rules of its own.
 */
const PARTS = {
  index: { code: ['element', 'client', 'failures'] },
  client: { code: ['api', 'wire'] },
  embed: { code: ['async', 'element', 'element/keep-on-page'] },
  'element/keep-on-page': { code: ['element'], types: ['element/panel/in-page'] },
  'element/panel/in-page': { types: ['element'] },
  'element/stored-keys': {},
  'element/version': {},
  // All that shows the launcher, and nothing else, is in the first load.
  element: {
    code: ['async', 'element/stored-keys', 'element/version', 'i18n/locale-name'],
    types: [
      'call',
      'failures',
      'i18n',
      'voice/link-stats',
      'voice/preflight',
      'voice/transport',
      'element/panel/diagnostics',
      'element/panel/in-page',
    ],
    later: ['element/panel/create-panel'],
  },
  'element/panel': {
    code: [
      'element/stored-keys',
      'element/styles',
      'call/call-state',
      'async',
      'chat',
      'failures',
      'i18n',
      'wire/api-error',
      'api/random-id',
      'api/chat-client',
      'markdown/url-of-scheme',
      'voice/voice-error',
    ],
    types: [
      'element',
      'api/request',
      'wire',
      'call',
      'i18n/locale-name',
      'voice',
      'element/panel/call-control',
      'element/panel/callback-control',
      'element/panel/connection-check-control',
      'element/panel/wrap-up-control',
      'element/panel/diagnostics',
      'element/panel/failure-guidance',
      'element/panel/views/failure-card-view',
      'element/panel/views/markdown-view',
      'element/panel/views/running-call-view',
    ],
    later: [
      'element/panel/in-page',
      'element/panel/call-control',
      'element/panel/callback-control',
      'element/panel/connection-check-control',
      'element/panel/wrap-up-control',
      'element/panel/diagnostics',
      'element/panel/failure-guidance',
      'element/panel/views/markdown-view',
      'voice/preflight',
    ],
    packages: ['lit'],
  },
  // Who only writes never loads what a call needs.
  'element/panel/call-control': {
    code: [
      'element/panel',
      'element/panel/announced-leave',
      'element/panel/push-to-talk',
      'element/panel/return-offer',
      'element/panel/sound-settings',
      'element/panel/tool-questions',
      'element/panel/styles/call-styles',
      'element/panel/views/running-call-view',
      'element/styles',
      'wire/api-error',
      'api/widget-client',
      'call',
      'voice',
      'failures',
      'i18n',
      'i18n/call-words.en',
    ],
    types: ['element', 'element/panel/failure-guidance'],
    packages: ['lit'],
  },
  'element/panel/styles/call-styles': {},
  'element/panel/styles/card-styles': {},
  'element/panel/announced-leave': {},
  'element/panel/push-to-talk': {},
  'element/panel/return-offer': {
    code: ['element/panel', 'element/stored-keys', 'call'],
    types: ['element', 'wire'],
  },
  'element/panel/styles/wrap-up-styles': {},
  'element/panel/wrap-up-control': {
    code: [
      'element/panel',
      'element/panel/styles/wrap-up-styles',
      'element/styles',
      'chat',
      'chat/transcript',
      'i18n',
      'i18n/wrap-up-words.en',
    ],
    types: ['element'],
    packages: ['lit'],
  },
  'chat/transcript': { code: ['api/to-json'], types: ['chat'] },
  'i18n/wrap-up-words.en': {},
  'element/panel/views/running-call-view': {
    code: ['element/panel', 'call/call-state'],
    types: ['i18n', 'i18n/call-words.en'],
    packages: ['lit'],
  },
  'element/panel/tool-questions': {
    code: ['element/panel'],
    types: ['i18n/call-words.en'],
    packages: ['lit'],
  },
  'element/panel/sound-settings': {
    code: ['element/panel', 'voice/devices'],
    types: ['call', 'i18n'],
    packages: ['lit'],
  },
  // Only where the site offers to call the visitor's phone.
  'element/panel/callback-control': {
    code: [
      'element/panel',
      'element/panel/country-choices',
      'element/panel/styles/callback-styles',
      'element/panel/styles/card-styles',
      'element/panel/views/callback-card-view',
      'element/panel/views/callback-view',
      'element/styles',
      'api/widget-client',
      'async',
      'callback',
      'failures',
      'i18n',
      'i18n/callback-words.en',
    ],
    types: ['element', 'callback/phone-number'],
    later: ['callback/phone-number'],
    packages: ['lit'],
  },
  'element/panel/country-choices': { code: ['element/panel'], types: ['element/panel/views/callback-view'] },
  'element/panel/styles/callback-styles': {},
  'element/panel/views/blame-words': { types: ['failures', 'i18n/failure-messages.en'] },
  'element/panel/views/callback-card-view': {
    code: ['element/panel', 'element/panel/views/blame-words', 'i18n', 'i18n/failure-messages.en'],
    types: ['failures', 'i18n/callback-words.en'],
    packages: ['lit'],
  },
  'element/panel/views/callback-view': {
    code: ['element/panel'],
    types: ['i18n', 'callback', 'i18n/callback-words.en'],
    packages: ['lit'],
  },
  'element/panel/connection-check-control': {
    code: [
      'element/panel',
      'element/panel/check-rows',
      'element/panel/styles/card-styles',
      'element/styles',
      'call',
      'voice',
      'api/widget-client',
      'i18n',
    ],
    types: ['element'],
    packages: ['lit'],
  },
  'element/panel/check-rows': {
    code: ['call/connection-report', 'element/panel/visitor-words', 'i18n'],
    types: ['element/panel'],
  },
  'element/panel/visitor-words': { code: ['i18n'], types: ['failures'] },
  // Comes with the first message.
  'element/panel/views/markdown-view': {
    code: ['element/panel', 'element/styles', 'markdown'],
    types: ['chat'],
    packages: ['lit'],
  },
  // The card comes with its words.
  'element/panel/failure-guidance': {
    code: [
      'element/panel',
      'element/panel/visitor-words',
      'element/panel/styles/card-styles',
      'element/panel/views/failure-card-view',
      'failures',
      'i18n',
    ],
  },
  'element/panel/views/failure-card-view': {
    code: [
      'element/panel',
      'element/panel/views/blame-words',
      'element/panel/views/failure-ladder',
      'element/panel/views/failure-steps',
      'i18n',
      'i18n/failure-messages.en',
    ],
    types: ['call', 'element', 'failures'],
    packages: ['lit'],
  },
  'element/panel/views/failure-ladder': { types: ['failures'] },
  'element/panel/views/failure-steps': {
    code: ['element/panel'],
    types: ['failures', 'i18n/failure-messages.en'],
  },
  'element/panel/diagnostics': {
    code: ['element/panel', 'element/version', 'api/to-json', 'voice/microphone-permission'],
    types: ['element', 'call', 'chat'],
  },
  call: { code: ['async', 'voice', 'api', 'failures', 'wire'] },
  callback: { code: ['async', 'api', 'failures', 'wire'] },
  'callback/old-number-forms': {},
  'callback/phone-number': {
    code: ['callback/old-number-forms', 'callback/read-typed-number'],
    packages: ['libphonenumber-js'],
  },
  'callback/read-typed-number': {},
  chat: { code: ['async', 'api', 'failures', 'wire'], later: ['chat/support-notes'] },
  // Few platforms have people who answer.
  'chat/support-notes': { types: ['chat', 'wire'] },
  failures: { code: ['wire/api-error', 'voice/voice-error'] },
  voice: {
    code: ['async', 'api/random-id', 'api/to-json'],
    types: ['wire', 'voice/dialects/rtvi'],
    later: ['voice/dialects/rtvi', 'voice/livekit-transport', 'voice/webrtc-transport'],
  },
  // Only where it is spoken.
  'voice/dialects/rtvi': { code: ['voice', 'api/random-id', 'api/to-json'] },
  'voice/livekit-room': { types: ['voice'], packages: ['livekit-client'] },
  'voice/livekit-member': { code: ['voice'], packages: ['livekit-client'] },
  'voice/livekit-listener': {
    code: ['voice', 'voice/livekit-member'],
    types: ['voice/livekit-room'],
    packages: ['livekit-client'],
  },
  'voice/livekit-transport': {
    code: ['voice', 'voice/livekit-listener', 'voice/livekit-room'],
    types: ['wire'],
    packages: ['livekit-client'],
  },
  'voice/webrtc-transport': { code: ['voice', 'api/to-json'], types: ['wire'] },
  // The general waits.
  async: {},
  api: { code: ['async', 'wire'] },
  i18n: {
    code: ['async'],
    types: [
      'i18n/call-words.en',
      'i18n/callback-words.en',
      'i18n/failure-messages.en',
      'i18n/locale-name',
      'i18n/wrap-up-words.en',
    ],
    later: ['i18n/locales'],
  },
  'i18n/call-words.en': {},
  'i18n/callback-words.en': {},
  // With the launcher.
  'i18n/locale-name': {},
  'i18n/locales': { types: ['i18n'] },
  // They arrive with the card.
  'i18n/failure-messages.en': {},
  markdown: { code: ['markdown/url-of-scheme'] },
  'markdown/url-of-scheme': {},
  // What the platform's JSON looks like: pure readers, for the page and for the relay.
  wire: {},
  relay: { code: ['relay/number-barrier', 'wire'] },
  'relay-redis': { code: ['relay'] },
  // For servers, and in their one file.
  'relay/number-barrier': { code: ['relay'], packages: ['libphonenumber-js'] },
};

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), '../src');

const importRules = {
  create(context) {
    const file = inSrc(context.filename);
    if (!file) return {};
    const part = partOf(file);

    const check = (source, kind) => {
      if (!source) return;
      const refusal = part
        ? refuse(part, kind, source.value, context.filename)
        : `src/${file} belongs to no part`;
      if (refusal) context.report({ node: source, message: `${refusal}; see PARTS in .ci/lint-house.mjs` });
    };
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type' ? 'types' : 'code'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type' ? 'types' : 'code'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type' ? 'types' : 'code'),
      ImportExpression: (node) => check(node.source, 'later'),
      TSImportType: (node) => check(node.source, 'types'),
    };
  },
};

/** Code that comes late comes by `lazy()`: remembered, and tried again after a failure. */
const lateLoading = {
  create(context) {
    if (!inSrc(context.filename)) return {};
    return {
      ImportExpression(node) {
        for (let outer = node.parent; outer; outer = outer.parent)
          if (outer.type === 'CallExpression' && outer.callee.name === 'lazy') return;
        context.report({ node, message: 'Use lazy() of src/async/lazy.ts' });
      },
    };
  },
};

/** Markup that no rule on JavaScript sees: a `style` attribute breaks under a strict Content-Security-Policy. */
const safeTemplates = {
  create(context) {
    const check = (node, text) => {
      const found = /[\s"'](style|srcdoc|\.(?:inner|outer)HTML)\s*=/i.exec(text)?.[1];
      if (found)
        context.report({ node, message: `No ${found} in markup: use a class, or a binding of text` });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
      'CallExpression[callee.property.name="setAttribute"] > Literal[value="style"]': (node) =>
        check(node, ' style='),
    };
  },
};

/** A test waits for what it expects, never for time to pass, unless the clock is a fake. */
const noSleep = {
  create(context) {
    if (context.sourceCode.text.includes('useFakeTimers')) return {};
    const report = (node) =>
      context.report({ node, message: 'Wait for what the test expects, or use fake timers' });
    return {
      'CallExpression[callee.name=/^set(Timeout|Interval)$/]': report,
      'CallExpression[callee.property.name=/^set(Timeout|Interval)$/]': report,
    };
  },
};

/** What runs in a page is written by `toJson`: the page may have changed what `JSON.stringify` makes of an array. */
const jsonOfPages = {
  create(context) {
    const file = inSrc(context.filename);
    if (!file || isWithin(file, 'relay') || file === 'api/to-json') return {};
    return {
      'MemberExpression[object.name="JSON"][property.name="stringify"]': (node) =>
        context.report({ node, message: 'Use toJson of src/api/to-json.ts' }),
    };
  },
};

function refuse(part, kind, specifier, importer) {
  if (typeof specifier !== 'string') return 'A path that is put together cannot be checked';
  const { code = [], packages = [], ...more } = PARTS[part];
  if (!specifier.startsWith('.')) {
    const isAllowed = packages.some((name) => isWithin(specifier, name));
    return isAllowed ? null : `src/${part} may not import the package ${specifier}`;
  }
  const target = inSrc(resolve(dirname(importer), specifier));
  if (!target) return `src may not import ${specifier} from outside`;
  const targetPart = partOf(target);
  if (targetPart === part) return null;
  const isAllowed = [...code, ...(more[kind] ?? [])].some(
    (entry) => isWithin(target, entry) && isWithin(entry, targetPart),
  );
  return isAllowed ? null : `src/${part} may not import src/${target} as "${kind}"`;
}

/** The most specific part that holds a file. */
function partOf(file) {
  return Object.keys(PARTS)
    .filter((part) => isWithin(file, part))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** A path below `src/`, without suffix; `null` for any other. */
function inSrc(path) {
  const file = relative(SRC, path).split(sep).join('/');
  return file.startsWith('..') ? null : file.replace(/\.[jt]s$/, '');
}

function isWithin(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

export default {
  meta: { name: 'house' },
  rules: {
    'import-rules': importRules,
    'json-of-pages': jsonOfPages,
    'late-loading': lateLoading,
    'no-sleep': noSleep,
    'safe-templates': safeTemplates,
  },
};
