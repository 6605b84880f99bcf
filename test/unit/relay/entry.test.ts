import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type OutputChunk } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
let chunk: OutputChunk;
let files: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'osmtalk-relay-'));
  const build = await rolldown({ input: { relay: 'src/relay.ts' }, platform: 'browser' });
  const { output } = await build.write({
    dir: folder,
    format: 'es',
    entryFileNames: '[name].mjs',
    minify: true,
  });
  [chunk] = output;
  files = output.length;
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  /\bimport\b/,
  /\brequire\(/,
  /\bnode:/,
  /\b(process|Buffer)\b/,
  /\b(document|window|navigator|HTMLElement)\b/,
])('is one file that needs neither Node nor a DOM nor a package: no %s', (foreign) => {
  expect([files, chunk.imports, chunk.dynamicImports]).toEqual([1, [], []]);
  expect(foreign.exec(chunk.code)?.[0]).toBeUndefined();
});

it('does nothing while it loads: Workers forbid timers and randomness then', () => {
  const script = `
    const forbidden = (name) => () => { throw new Error(name + ' while loading'); };
    crypto.getRandomValues = forbidden('randomness');
    crypto.subtle.importKey = forbidden('a key');
    globalThis.setTimeout = forbidden('a timer');
    globalThis.fetch = forbidden('a request');
    const relay = await import(${JSON.stringify(pathToFileURL(join(folder, 'relay.mjs')).href)});
    const upstream = relay.osmtalk({ apiKey: 'osm_1' });
    relay.createRelay({ upstream, allow: { agents: ['a'], features: ['chat'] }, origins: ['https://site.example'] });
    console.log(Object.keys(relay).sort().join(' '));`;
  const names = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(names.trim()).toBe(
    'MemoryRateLimitStore RelayError createRelay dialnexa livekit osmtalk osvi pipecat verifyWebhookSignature',
  );
});

it('has the adapter for Redis beside it, in a file that needs nothing either', async () => {
  const build = await rolldown({ input: 'src/relay-redis.ts', platform: 'browser' });
  const { output } = await build.generate({ format: 'es', minify: true });
  expect(output.map(({ fileName }) => fileName)).toEqual(['relay-redis.js']);
  expect([output[0].imports, output[0].dynamicImports, output[0].exports]).toEqual([[], [], ['redisStore']]);
  expect(output[0].code).not.toMatch(/\bimport\b|\brequire\(|\bnode:|\b(process|Buffer)\b/);
});
