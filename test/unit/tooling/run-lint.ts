import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Diagnostic {
  code: string;
  filename: string;
}

/** The names of the rules that each file breaks, by path, when it stands where this project's file would. */
export async function runLint(files: Readonly<Record<string, string>>): Promise<Map<string, string[]>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'osmtalk-lint-')));
  try {
    for (const path of ['.oxlintrc.json', '.ci/lint-house.mjs', '.ci/floor-plan.mjs', 'tsconfig.json'])
      cpSync(path, join(root, path));
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'dir');
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), code);
    }
    const broken = new Map(Object.keys(files).map((path): [string, string[]] => [path, []]));
    for (const { filename, code } of await diagnose(root)) broken.get(filename)?.push(code);
    return broken;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function diagnose(root: string): Promise<Diagnostic[]> {
  const oxlint = resolve('node_modules/.bin/oxlint');
  return new Promise((onResult, onError) => {
    execFile(
      oxlint,
      ['--type-aware', '--format=json'],
      { cwd: root, maxBuffer: 2 ** 24 },
      (_error, output, problem) => {
        try {
          onResult((JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics);
        } catch {
          onError(new Error(`oxlint did not run: ${problem}${output}`));
        }
      },
    );
  });
}
