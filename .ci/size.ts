import { readdirSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseSync } from 'rolldown/utils';

/** What the browser fetches in one step: a file with all its static imports, without those that an earlier step has fetched. */
export interface Load {
  name: string;
  files: string[];
  /** The sum of all files, each compressed by itself with Brotli 11. */
  bytes: number;
}

export const BUDGETS: Readonly<Record<string, number>> = {
  'osmtalk-widget': 6 * 1024,
  panel: 25 * 1024,
  language: 6.5 * 1024,
};

/** A text that is in LiveKit's protocol and nowhere else. */
const VOICE_MARK = 'livekit.SignalRequest';

/** A quoted path. A minifier writes it as a template literal. */
const QUOTED = /^["'`][^$]*["'`]$/;

/** A path with the name of a language put in, as the minifier writes it: it stands for the files of all languages. */
const OF_EACH_LANGUAGE = /`((?:\.\/|chunks\/)(?:launcher-)?)\$\{\w+\}(-[\w-]{8}\.js)`/g;

/** The name of a language: `de`, `zh-Hant`. */
const LANGUAGE = /^[a-z]{2}(-[A-Z][a-z]{3})?$/;

/** Returns the loads of a page with the script tag, in order: the script, the panel, then what either imports later. */
export function measureLoads(dist: string): Load[] {
  const loads: Load[] = [];
  const entries = ['osmtalk-widget.js'];
  // The list grows while it is read.
  for (const entry of entries) {
    const fetched = loads.flatMap((load) => load.files);
    if (fetched.includes(entry)) continue;
    const files = withStaticImports(dist, entry).filter((file) => !fetched.includes(file));
    const bytes = files.reduce((sum, file) => sum + brotliSize(`${dist}/${file}`), 0);
    loads.push({ name: nameOf(entry), files, bytes });
    entries.push(...files.flatMap((file) => importsOf(dist, file).later));
  }
  return loads;
}

/** Returns, as text, what is too big or is loaded too early. */
export function findExcess(dist: string, loads: readonly Load[]): string[] {
  const problems: string[] = [];
  const hasVoice = (load: Load): boolean => load.files.some((file) => read(dist, file).includes(VOICE_MARK));
  const folded = foldLanguages(loads);
  for (const [name, budget] of Object.entries(BUDGETS)) {
    const load = folded.find((candidate) => candidate.name === name);
    if (!load) problems.push(`${name} is not loaded`);
    else if (load.bytes > budget) problems.push(`${name} is ${load.bytes - budget} bytes over its budget`);
    if (load && hasVoice(load)) problems.push(`${name} brings voice code`);
  }
  if (loads[0] && loads[0].files.length > 1) problems.push(`${loads[0].name} takes more than one request`);
  if (!loads.some(hasVoice)) problems.push('voice code is nowhere');
  return problems;
}

function withStaticImports(dist: string, entry: string): string[] {
  const files = new Set([entry]);
  // The list grows while it is read.
  for (const file of files) for (const imported of importsOf(dist, file).now) files.add(imported);
  return [...files];
}

function importsOf(dist: string, file: string): { now: string[]; later: string[] } {
  const code = read(dist, file);
  const { module, errors } = parseSync(file, code);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const resolve = (specifier: string): string => {
    if (!/^\.\.?\//.test(specifier)) throw new Error(`${file} imports ${specifier}, which no browser finds`);
    return posix.join(posix.dirname(file), specifier);
  };
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.map((entry) => entry.moduleRequest?.value),
  );
  const now = [...module.staticImports.map((each) => each.moduleRequest.value), ...reexports];
  const later = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const request = code.slice(moduleRequest.start, moduleRequest.end);
    // The classic script makes the address of its panel while it runs: the file is the one whose name the script contains.
    return QUOTED.test(request) ? [request] : (code.match(/(["'`])chunks\/[\w-]+\.js\1/g) ?? []);
  });
  const paths = later.map((quoted) => quoted.slice(1, -1).replace(/^chunks/, './chunks'));
  return {
    now: now.filter((specifier) => specifier !== undefined).map(resolve),
    later: [...paths.map(resolve), ...languagesOf(dist, code)],
  };
}

/** Returns the files of all languages that a file imports by a name which it puts together. */
function languagesOf(dist: string, code: string): string[] {
  return [...code.matchAll(OF_EACH_LANGUAGE)].flatMap(([, start = '', end = '']) => {
    const prefix = start.replace(/^.*\//, '');
    return readdirSync(`${dist}/chunks`)
      .filter((file) => file.startsWith(prefix) && file.endsWith(end))
      .filter((file) => LANGUAGE.test(file.slice(prefix.length, -end.length)))
      .map((file) => `chunks/${file}`);
  });
}

function brotliSize(path: string): number {
  return brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

function read(dist: string, file: string): string {
  return readFileSync(`${dist}/${file}`, 'utf8');
}

/** Returns the name of a file without folder and hash. */
function nameOf(file: string): string {
  return basename(file).replace(/(-[\w-]{8})?\.js$/, '');
}

/** Replaces all languages by the largest: the most that one visitor downloads. The launcher's text is a file of its own. */
export function foldLanguages(loads: readonly Load[]): Load[] {
  const languageOf = ({ name }: Load): string | null => {
    const [, launcher, language = ''] = /^(launcher-)?(.+)$/.exec(name) ?? [];
    if (!LANGUAGE.test(language)) return null;
    return launcher ? 'launcher text' : 'language';
  };
  const largest = ['language', 'launcher text'].flatMap((name) => {
    const [first] = loads
      .filter((load) => languageOf(load) === name)
      .toSorted((one, other) => other.bytes - one.bytes);
    return first ? [{ ...first, name }] : [];
  });
  return [...loads.filter((load) => !languageOf(load)), ...largest];
}

function report(): void {
  const loads = measureLoads('dist');
  const kilobytes = (bytes: number | undefined): string =>
    bytes === undefined ? '' : `${(bytes / 1024).toFixed(1)} KB`;
  const row = (...[name, requests, size, budget]: string[]): string =>
    `${name?.padEnd(20)}${requests?.padStart(10)}${size?.padStart(12)}${budget?.padStart(12)}`;
  console.log(row('', 'requests', 'Brotli 11', 'budget'));
  for (const { name, files, bytes } of foldLanguages(loads)) {
    console.log(row(name, String(files.length), kilobytes(bytes), kilobytes(BUDGETS[name])));
  }
  for (const problem of findExcess('dist', loads)) {
    console.error(problem);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report();
