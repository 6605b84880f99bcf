import { expect, it } from 'vitest';
import { readAddress, sriSnippet } from '../../../.build/sri-snippet.js';

const HASHES = {
  'osmtalk-widget.js': 'sha384-script',
  'chunks/panel-1.js': 'sha384-panel',
  'chunks/de-2.js': 'sha384-de',
};

it('has every chunk in its import map, and that before the script', () => {
  const pasted = sriSnippet(HASHES, 'https://cdn.example/osmtalk/');
  const [, map = '', script = ''] =
    /^<script type="importmap">\n([^]*?)\n<\/script>\n(<script[^]*<\/script>)\n$/.exec(pasted) ?? [];
  expect(JSON.parse(map)).toEqual({
    integrity: {
      'https://cdn.example/osmtalk/chunks/panel-1.js': 'sha384-panel',
      'https://cdn.example/osmtalk/chunks/de-2.js': 'sha384-de',
    },
  });
  expect(script).toContain('src="https://cdn.example/osmtalk/osmtalk-widget.js"');
  expect(script).toContain('integrity="sha384-script"');
  expect(script).toContain('crossorigin');
});

it('is not written without the script', () => {
  expect(() => sriSnippet({ 'chunks/panel-1.js': 'sha384-panel' }, 'https://cdn.example/')).toThrow(
    /no hash/,
  );
});

it.each([
  ['https://cdn.example', 'https://cdn.example/'],
  ['https://cdn.example/osmtalk', 'https://cdn.example/osmtalk/'],
  ['http://localhost:4002/dist/', 'http://localhost:4002/dist/'],
])('takes %s for a folder', (given, address) => {
  expect(readAddress(given)).toBe(address);
});

it.each([
  '',
  'cdn.example',
  '/osmtalk/',
  'file:///srv/',
  'https://cdn.example/?v=1',
  'https://cdn.example/?',
  'https://cdn.example/#a',
  'https://cdn.example/osmtalk-widget.js',
])('refuses the address “%s”', (given) => {
  expect(() => readAddress(given)).toThrow('Not the address of a folder');
});

it('lets no address out of its attribute', () => {
  expect(sriSnippet(HASHES, readAddress('https://cdn.example/"><script>/'))).not.toContain('"><script>');
});

it('has the files of the named languages only', () => {
  const files = ['panel-AAAAAAAA', 'de-BBBBBBBB', 'launcher-de-BBBBBBBB', 'zh-BBBBBBBB', 'zh-Hant-BBBBBBBB'];
  const hashes = Object.fromEntries([
    ['osmtalk-widget.js', 'sha384-script'],
    ...files.map((file) => [`chunks/${file}.js`, `sha384-${file}`]),
  ]) as Record<string, string>;
  const named = (...languages: [string[]?]): string[] =>
    files.filter((file) => sriSnippet(hashes, 'https://cdn.example/', ...languages).includes(`${file}"`));
  expect(named()).toEqual(files);
  expect(named(['de'])).toEqual(['panel-AAAAAAAA', 'de-BBBBBBBB', 'launcher-de-BBBBBBBB']);
  expect(named(['zh-Hant'])).toEqual(['panel-AAAAAAAA', 'zh-Hant-BBBBBBBB']);
  expect(() => named(['zh-TW'])).toThrow('Not a language of the interface: zh-TW');
});
