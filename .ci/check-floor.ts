import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { missingIn } from './above-floor.js';
import { FALLBACKS } from './floor.js';
import { findNewFeatures, type Use } from './new-features.js';

/** Returns, as text, each use without a fallback that is written down, and each fallback that nothing needs any more. */
export function findProblems(uses: readonly Use[], fallbacks: typeof FALLBACKS): string[] {
  const missing = uses
    .filter(({ feature, file }) => !fallbacks[feature.key]?.[file])
    .map(
      ({ feature, file, line }) =>
        `${file}:${line} uses ${feature.key}, which is above the floor: ${missingIn(feature.compat).join(', ')}`,
    );
  const idle = Object.entries(fallbacks).flatMap(([key, files]) =>
    Object.keys(files)
      .filter((file) => !uses.some((use) => use.feature.key === key && use.file === file))
      .map((file) => `.ci/floor.ts has a fallback for ${key} in ${file}, which does not use it`),
  );
  return [...new Set([...missing, ...idle])];
}

function check(): void {
  // The relay is left out: it runs on servers.
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !/^src\/relay[./]/.test(file));
  const uses = files.flatMap((file) => findNewFeatures(file, readFileSync(file, 'utf8')));
  const problems = findProblems(uses, FALLBACKS);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error('Use something older, or say in FALLBACKS of .ci/floor.ts what happens without it.');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) check();
