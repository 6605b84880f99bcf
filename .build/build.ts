import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rolldown, type OutputChunk, type OutputOptions, type Plugin } from 'rolldown';
import { viteImportGlobPlugin } from 'rolldown/experimental';
import { vscodeHtmlData, webTypes } from './editor-data.js';
import { readElementDocs } from './element-docs.js';
import { frameworkTypes } from './framework-types.js';
import { patchLit } from './patch-lit.js';
import { patchLivekit } from './patch-livekit.js';
import { readAddress, sriSnippet } from './sri-snippet.js';
import { collectPackages, NOTICES_FILE, thirdPartyNotices } from './third-party-notices.js';

/**
 * Four builds into `dist/`:
 * - the npm entries, with the dependencies left to the site's own bundler;
 * - `relay.js` and `relay-redis.js`, for servers: each one file that shares nothing with the rest;
 * - `chunks/`: the panel and what it loads later, complete, for the script tag;
 * - `osmtalk-widget.js`: the classic script. It holds the launcher itself, so that one request shows it, and imports the
 *   panel by its hashed name from beside where it came from: a new version can never meet an old chunk in some cache.
 */

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const [given, ...languages] = process.argv.slice(2);
/**
 * Where the site will host the files: `npm run build -- https://cdn.example/osmtalk/ de hi` prints what to paste for it, with the
 * hashes of these two languages only.
 */
const ADDRESS = readAddress(given ?? 'https://cdn.example/');
const PANEL = 'src/panel/index.ts';
const bundled = new Set<string>();
const LOCALES_HASH = hashLocales();

rmSync('dist', { recursive: true, force: true });
await buildEntries();
await bundle({ relay: 'src/relay.ts' }, { entryFileNames: '[name].js', minify: false });
await bundle({ 'relay-redis': 'src/relay-redis.ts' }, { entryFileNames: '[name].js', minify: false });
await buildScript(await buildChunks());
writeFileSync(`dist/${NOTICES_FILE}`, thirdPartyNotices(bundled));
execFileSync('npx', ['tsc', '-p', '.build/tsconfig.types.json'], { stdio: 'inherit' });
execFileSync('npx', ['cem', 'analyze', '--config', '.build/custom-elements.config.mjs', '--quiet'], {
  stdio: 'inherit',
});
describeElement();
const snippet = hashScripts();

async function buildEntries(): Promise<void> {
  const names = ['index', 'element', 'client', 'failures'];
  await bundle(
    Object.fromEntries(names.map((name) => [name, `src/${name}.ts`])),
    { entryFileNames: '[name].js', chunkFileNames: 'npm/[name].js', minify: false },
    [/^lit($|\/)/, 'livekit-client', /^libphonenumber-js/],
  );
}

async function buildChunks(): Promise<string> {
  const files = 'chunks/[name]-[hash].js';
  const panelCode = inOneFile(PANEL);
  const locales = readdirSync('src/i18n/locales').map((file) => file.replace('.ts', ''));
  const isLocale = (name: string): boolean => locales.includes(name.replace('launcher-', ''));
  const panel = await bundle(
    {
      panel: PANEL,
      ...Object.fromEntries(
        locales.flatMap((name) => [
          [name, `src/i18n/locales/${name}.ts`],
          [`launcher-${name}`, `src/i18n/locales/${name}.ts?launcher`],
        ]),
      ),
    },
    {
      entryFileNames: ({ name }) => (isLocale(name) ? `chunks/[name]-${LOCALES_HASH}.js` : files),
      chunkFileNames: files,
      minify: true,
      codeSplitting: {
        groups: [
          { name: panelCode.nameOf, debugName: 'panel-code' },
          // What calls and messages have in common of choices: one request, not two.
          { name: 'choices', test: /src\/(?:wire\/choices|ui\/choice-view)\.ts$/ },
        ],
      },
    },
    [],
    [panelCode.plugin, byAddress('import-locale'), launcherOnly(), patchLit(), patchLivekit()],
  );
  return panel.fileName;
}

async function buildScript(panelFile: string): Promise<void> {
  const { code } = await bundle(
    { 'osmtalk-widget': 'src/embed/script.ts' },
    {
      format: 'iife',
      entryFileNames: '[name].js',
      minify: true,
      banner: `/*! osmtalk-widget ${version}, MIT */`,
    },
    [],
    [byAddress('import-panel', panelFile), byAddress('import-launcher')],
  );
  for (const each of [panelFile, LOCALES_HASH])
    if (!code.includes(each)) throw new Error(`The classic script does not import ${each}`);
}

/** Writes types and editor data, from the manifest. */
function describeElement(): void {
  const element = readElementDocs();
  for (const [file, text] of Object.entries(frameworkTypes(element)))
    writeFileSync(`dist/types/${file}`, text);
  writeJson('vscode.html-custom-data.json', vscodeHtmlData(element));
  writeJson('web-types.json', webTypes(element, version));
}

/** Writes the subresource integrity of the classic script and, by an import map, of its chunks. Returns what a page pastes. */
function hashScripts(): string {
  const files = ['osmtalk-widget.js', ...readdirSync('dist/chunks').map((chunk) => `chunks/${chunk}`)];
  const hashes = files.map((file) => {
    const hash = createHash('sha384')
      .update(readFileSync(`dist/${file}`))
      .digest('base64');
    return [file, `sha384-${hash}`] as const;
  });
  writeJson('sri.json', Object.fromEntries(hashes));
  const pasted = sriSnippet(
    Object.fromEntries(hashes),
    ADDRESS,
    languages.length > 0 ? languages : undefined,
  );
  writeFileSync('dist/sri.html', pasted);
  return pasted;
}

function writeJson(file: string, content: object): void {
  writeFileSync(`dist/${file}`, `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes one bundle into `dist/` and returns its first entry. A warning of the bundler fails the build. */
async function bundle(
  input: Record<string, string>,
  output: OutputOptions,
  external: (string | RegExp)[] = [],
  plugins: Plugin[] = [],
): Promise<OutputChunk> {
  const build = await rolldown({
    input,
    external,
    platform: 'browser',
    // Else the panel would be a file of one line that imports the real one, one round trip later.
    preserveEntrySignatures: output.codeSplitting ? 'allow-extension' : 'strict',
    transform: { target: 'es2022' },
    plugins: [
      squeezeStyles(),
      // Supports `import.meta.glob`, as Vite does.
      viteImportGlobPlugin(),
      ...(output.minify ? [writeAscii()] : []),
      ...plugins,
      collectPackages(bundled),
    ],
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  const written = await build.write({ dir: 'dist', format: 'es', ...output });
  const [first] = Object.keys(input);
  const entry = written.output.find(
    (chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === first,
  );
  if (entry?.type !== 'chunk') throw new Error('The bundle has no entry');
  return entry;
}

/** Puts all that the panel needs at once into one file, also code that a later step shares: each file would cost a round trip. */
function inOneFile(entry: string): { plugin: Plugin; nameOf: (id: string) => string | null } {
  const found = new Set([resolve(entry)]);
  const plugin: Plugin = {
    name: 'in-one-file',
    buildEnd() {
      // The set grows while it is read.
      for (const id of found) for (const each of this.getModuleInfo(id)?.importedIds ?? []) found.add(each);
    },
  };
  return { plugin, nameOf: (id) => (found.has(id) ? 'panel-code' : null) };
}

/**
 * Replaces a module that imports by one of `src/embed/` with the same name, which puts the file's name together: a classic
 * script of another origin has no address of its own for a relative `import()`, and a table of the files of all languages would
 * be long.
 */
function byAddress(module: string, panelFile = ''): Plugin {
  return {
    name: `by-address:${module}`,
    resolveId: (source) => (source.endsWith(`/${module}.js`) ? resolve(`src/embed/${module}.ts`) : null),
    transform: (code, id) =>
      id.endsWith(`/embed/${module}.ts`)
        ? code
            .replace('declare const PANEL_FILE: string', `const PANEL_FILE = '${panelFile}'`)
            .replace('declare const LOCALES_HASH: string', `const LOCALES_HASH = '${LOCALES_HASH}'`)
        : null,
  };
}

/** Leaves the launcher's text alone in a file of a language that is asked for with `?launcher`. */
function launcherOnly(): Plugin {
  return {
    name: 'launcher-only',
    load: (id) => {
      const [file = '', query] = id.split('?');
      if (query !== 'launcher') return null;
      const line = /^export const launcher = '.+';$/m.exec(readFileSync(file, 'utf8'));
      if (!line) throw new Error(`${file} has no text for the launcher`);
      return line[0];
    },
  };
}

/** Returns a hash of all that the files of languages are made from, for their names: one for all, so that no list is needed. */
function hashLocales(): string {
  const hash = createHash('sha256').update(version);
  const sources = readdirSync('src/i18n/locales').map((file) => `src/i18n/locales/${file}`);
  for (const file of [...sources, '.build/build.ts', 'package-lock.json']) hash.update(readFileSync(file));
  return hash.digest('base64url').slice(0, 8);
}

/**
 * Writes all letters beyond ASCII as escapes. A classic script is read in the encoding of its page, which need not be UTF-8.
 * And one letter beyond Latin-1 makes a browser keep all of a script in two bytes a letter. The files of languages are left as
 * they are.
 */
function writeAscii(): Plugin {
  const escape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'write-ascii',
    // Runs after the minifier, which would write the letters again.
    generateBundle(_options, files) {
      for (const chunk of Object.values(files)) {
        if (chunk.type !== 'chunk' || chunk.moduleIds.some((id) => id.includes('/i18n/locales/'))) continue;
        if (/(?<!\\)(\\\\)*\\[\u0080-\uffff]/.test(chunk.code))
          throw new Error(`${chunk.fileName} has a backslash before a letter that is written as \\u…`);
        chunk.code = chunk.code.replace(/[\u0080-\uffff]/g, escape);
      }
    },
  };
}

/** Minifies style sheets: they are template strings, which no minifier touches. */
function squeezeStyles(): Plugin {
  return {
    name: 'squeeze-styles',
    transform: (code, id) =>
      id.endsWith('-styles.ts') || id.includes('/i18n/locales/')
        ? code.replace(/`[^`]*`/g, (css) =>
            css
              .replace(/\/\*.*?\*\//gs, '')
              .replace(/\s+/g, ' ')
              .replace(/ ?([{};,]) ?/g, '$1')
              .replace(/: /g, ':')
              .replace(/;}/g, '}')
              .replace(/ ?(>|!important) ?/g, '$1')
              .replace(/^`[ ]/, '`'),
          )
        : null,
  };
}

console.log(`Built osmtalk-widget ${version} into dist/`);
if (given === undefined)
  console.log('dist/sri.html: the script tag and an import map, with the integrity of all files');
else console.log(`\n${snippet}`);
