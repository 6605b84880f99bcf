import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findExcess, foldLanguages, measureLoads } from '../../../.ci/size.js';

const SCRIPT = 'osmtalk-widget.js';
const PANEL = 'chunks/panel-AAAAAAAA.js';
const ERROR = 'chunks/voice-error-BBBBBBBB.js';
const WORDS = 'chunks/words-C-CCCCCC.js';
const VOICE = 'chunks/livekit-transport-DDDDDDDD.js';
const GERMAN = 'chunks/de-EEEEEEEE.js';
const CHINESE = 'chunks/zh-Hant-EEEEEEEE.js';
const LAUNCHER = 'chunks/launcher-de-EEEEEEEE.js';

const GOOD = {
  [SCRIPT]:
    '(function(){let l=()=>import(`./chunks/panel-AAAAAAAA.js`),w=e=>b(`chunks/launcher-${e}-EEEEEEEE.js`);l()})();',
  [PANEL]:
    'import{t as e}from"./voice-error-BBBBBBBB.js";export*from"./words-C-CCCCCC.js";export let v=()=>import(`./livekit-transport-DDDDDDDD.js`),l=e=>import(`./${e}-EEEEEEEE.js`),x="import(`./nothing.js`)";',
  [ERROR]: 'export let t=1;',
  [WORDS]: 'export let w=1;',
  [VOICE]: 'import"./voice-error-BBBBBBBB.js";export let m="livekit.SignalRequest";',
  [GERMAN]: 'export let words={};',
  [CHINESE]: 'export let words={};',
  [LAUNCHER]: 'export let launcher=``;',
};

let dist: string;

afterEach(() => rmSync(dist, { recursive: true, force: true }));

describe('measureLoads', () => {
  it('follows static and later imports, and counts a shared file once', () => {
    const loads = measureLoads(build(GOOD));
    expect(loads.map(({ name, files }) => [name, files])).toEqual([
      ['osmtalk-widget', [SCRIPT]],
      ['panel', [PANEL, ERROR, WORDS]],
      ['launcher-de', [LAUNCHER]],
      ['livekit-transport', [VOICE]],
      ['de', [GERMAN]],
      ['zh-Hant', [CHINESE]],
    ]);
  });

  it('follows an address that is put together at run time to the file that the script names', () => {
    const script = '(()=>{let p="chunks/panel-AAAAAAAA.js";(async b=>await import(new URL(p,b).href))()})();';
    const loads = measureLoads(build({ ...GOOD, [SCRIPT]: script }));
    expect(loads.map(({ name }) => name)).toEqual([
      'osmtalk-widget',
      'panel',
      'livekit-transport',
      'de',
      'zh-Hant',
    ]);
  });

  it('measures compressed bytes', () => {
    const [script] = measureLoads(build({ ...GOOD, [SCRIPT]: `${GOOD[SCRIPT]}/*${'a'.repeat(50_000)}*/` }));
    expect(script?.bytes).toBeLessThan(200);
  });

  it('refuses an import that a browser cannot find', () => {
    build({ ...GOOD, [ERROR]: 'import"lit";' });
    expect(() => measureLoads(dist)).toThrow('imports lit, which no browser finds');
  });
});

describe('foldLanguages', () => {
  const load = (name: string, bytes: number) => ({ name, bytes, files: [`${name}.js`] });

  it('tells the largest of all languages, and leaves the rest as it is', () => {
    const loads = [
      load('panel', 9),
      load('de', 2),
      load('zh-Hant', 4),
      load('hi-later', 6),
      load('launcher-hi', 2),
      load('launcher-de', 1),
    ];
    expect(foldLanguages(loads)).toEqual([
      load('panel', 9),
      load('hi-later', 6),
      { ...load('zh-Hant', 4), name: 'language' },
      { ...load('launcher-hi', 2), name: 'launcher text' },
    ]);
  });

  it('tells nothing of languages where there are none', () => {
    expect(foldLanguages([load('panel', 9)])).toEqual([load('panel', 9)]);
  });
});

describe('findExcess', () => {
  it('finds nothing wrong with a good build', () => {
    expect(problemsOf(GOOD)).toEqual([]);
  });

  it.each([
    ['a script over 12 KB', { [SCRIPT]: GOOD[SCRIPT] + noise(12) }, 'osmtalk-widget is '],
    ['a panel over 25 KB, by a file it imports', { [WORDS]: noise(25) }, 'panel is '],
    [
      'a script that imports',
      { [SCRIPT]: `import"./${ERROR}";import(\`./${PANEL}\`);` },
      'osmtalk-widget takes more than one request',
    ],
    [
      'voice code in the panel',
      { [WORDS]: 'import"./livekit-transport-DDDDDDDD.js";' },
      'panel brings voice code',
    ],
    ['a language over 6.5 KB', { [GERMAN]: noise(7) }, 'language is '],
    ['a script without its panel', { [SCRIPT]: '' }, 'panel is not loaded'],
    ['a panel without voice', { [VOICE]: '' }, 'voice code is nowhere'],
  ])('finds %s', (_, change, problem) => {
    expect(problemsOf({ ...GOOD, ...change })).toContainEqual(expect.stringContaining(problem));
  });

  it('lets what is loaded later be of any size', () => {
    expect(problemsOf({ ...GOOD, [VOICE]: GOOD[VOICE] + noise(100) })).toEqual([]);
  });
});

function problemsOf(files: Record<string, string>): string[] {
  build(files);
  return findExcess(dist, measureLoads(dist));
}

function build(files: Record<string, string>): string {
  dist = mkdtempSync(join(tmpdir(), 'osmtalk-dist-'));
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), code);
  }
  return dist;
}

/** A comment that takes so many KB however well it is compressed. */
function noise(kilobytes: number): string {
  return `/*${randomBytes(kilobytes * 1024).toString('base64')}*/`;
}
