import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

/** The file in `dist/` with the licences of third-party code, which must go with every copy. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';

interface Package {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** Remembers which packages are in the bundles, and names the file of their licences at the head of each chunk that has one. */
export function collectPackages(found: Set<string>): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_options, files) {
      for (const chunk of Object.values(files)) {
        if (chunk.type !== 'chunk') continue;
        const folders = new Set(chunk.moduleIds.flatMap((id) => packageFolderOf(id) ?? []));
        for (const folder of folders) found.add(folder);
        if (folders.size > 0) chunk.code = `/*! Licences: ${NOTICES_FILE} */\n${chunk.code}`;
      }
    },
  };
}

/**
 * Returns the notices of these packages and of all that they depend on: some packages are one file that holds others.
 * @throws {Error} when a package names no licence.
 */
export function thirdPartyNotices(folders: Iterable<string>): string {
  const all = new Map<string, string>();
  const queue = [...folders];
  // The list grows while it is read.
  for (const folder of queue) {
    const { name, version, license, dependencies = {} } = readPackage(folder);
    if (all.has(name)) continue;
    if (!license) throw new Error(`${name} is bundled and names no licence`);
    all.set(name, [`${name} ${version}`, `Licence: ${license}`, ...licenceTexts(folder)].join('\n\n'));
    queue.push(...Object.keys(dependencies).map((each) => findPackage(each, folder)));
  }
  const rule = '-'.repeat(79);
  return `${[...all]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join(`\n\n${rule}\n\n`)}\n`;
}

function licenceTexts(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  return files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trim());
}

function readPackage(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
}

/** Returns the folder of a module's package, `…/node_modules/@scope/name`; `null` for our own modules. */
function packageFolderOf(id: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? null;
}

/** Returns where Node would find a package from a folder. Throws when the package is not installed. */
function findPackage(name: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return resolve(candidate);
  }
  throw new Error(`${name}, which ${from} needs, is not installed`);
}
