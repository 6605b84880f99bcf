import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS } from './floor-plan.mjs';

/** The lint rules of this project that no published plugin has. */

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), '../src');

const importRules = {
  create(context) {
    const file = inSrc(context.filename);
    if (!file) return {};
    const room = roomOf(file);

    const check = (source, kind) => {
      if (!source) return;
      const refusal = room
        ? refuse(room, kind, source.value, context.filename)
        : `src/${file} belongs to no room`;
      if (refusal) context.report({ node: source, message: `${refusal}; see .ci/floor-plan.mjs` });
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

/** Code that is loaded late is loaded by `lazy()`, which remembers it, and tries again after a failure. */
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

/** Checks markup, which no rule on JavaScript sees: a `style` attribute breaks under a strict Content-Security-Policy. */
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

/** Code that runs in a page writes JSON by `toJson`: the page may have changed what `JSON.stringify` makes of an array. */
const jsonOfPages = {
  create(context) {
    const file = inSrc(context.filename);
    if (!file || isWithin(file, 'relay') || file === 'wire/to-json') return {};
    return {
      'MemberExpression[object.name="JSON"][property.name="stringify"]': (node) =>
        context.report({ node, message: 'Use toJson of src/wire/to-json.ts' }),
    };
  },
};

function refuse(room, kind, specifier, importer) {
  if (typeof specifier !== 'string') return 'A path that is put together cannot be checked';
  const { code = [], types = [], later = [], packages = [] } = ROOMS[room];
  // Importing the types of late code loads none of it.
  const more = { types: [...types, ...later], later };
  if (!specifier.startsWith('.')) {
    const isAllowed = packages.some((name) => isWithin(specifier, name));
    return isAllowed ? null : `src/${room} may not import the package ${specifier}`;
  }
  const target = inSrc(resolve(dirname(importer), specifier));
  if (!target) return `src may not import ${specifier} from outside`;
  const targetRoom = roomOf(target);
  if (targetRoom === room) return null;
  const isAllowed = [...code, ...(more[kind] ?? [])].some(
    (entry) => isWithin(target, entry) && isWithin(entry, targetRoom),
  );
  return isAllowed ? null : `src/${room} may not import src/${target} as "${kind}"`;
}

/** Returns the most specific room that holds a file. */
function roomOf(file) {
  return Object.keys(ROOMS)
    .filter((room) => isWithin(file, room))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Returns the path below `src/`, without suffix; `null` for any other path. */
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
