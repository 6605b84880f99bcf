import { readFileSync } from 'node:fs';
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

export const BUDGETS: Readonly<Record<string, number>> = { 'osmtalk-widget': 6 * 1024, panel: 25 * 1024 };

/** A text that is in LiveKit's protocol and nowhere else. */
const VOICE_MARK = 'livekit.SignalRequest';

/** A quoted path. A minifier writes it as a template literal. */
const QUOTED = /^["'`][^$]*["'`]$/;

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
  for (const [name, budget] of Object.entries(BUDGETS)) {
    const load = loads.find((candidate) => candidate.name === name);
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
  return { now: now.filter((specifier) => specifier !== undefined).map(resolve), later: paths.map(resolve) };
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

/** Replaces all languages by the largest: the most that one visitor downloads. */
export function foldLanguages(loads: readonly Load[]): Load[] {
  const isLanguage = (load: Load): boolean => /^[a-z]{2}$/.test(load.name);
  const [largest] = loads.filter(isLanguage).toSorted((one, other) => other.bytes - one.bytes);
  const others = loads.filter((load) => !isLanguage(load));
  return largest ? [...others, { ...largest, name: 'language' }] : others;
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
