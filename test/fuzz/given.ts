import * as fc from 'fast-check';

/** Text of these words and of any characters at all, lone surrogates among them. */
export function textOf(words: readonly string[], maxLength = 30): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
  );
  return fc.array(word, { maxLength }).map((all) => all.join(''));
}

/** A few words over and over, as an attack on the time of a reader is. */
export function longTextOf(words: readonly string[], length: number): fc.Arbitrary<string> {
  return fc
    .tuple(textOf(words, 3), textOf(words, 3), textOf(words, 3))
    .map(
      ([start, middle, end]) =>
        start + (middle && middle.repeat(Math.ceil(length / middle.length)).slice(0, length)) + end,
    );
}

/** The text, in pieces, as it may arrive. */
export function inPieces(text: fc.Arbitrary<string>): fc.Arbitrary<{ whole: string; pieces: string[] }> {
  return fc.tuple(text, fc.array(fc.nat(12), { maxLength: 40 })).map(([whole, sizes]) => {
    const pieces: string[] = [];
    let at = 0;
    for (const size of sizes) {
      pieces.push(whole.slice(at, at + size));
      at += size;
    }
    return { whole, pieces: [...pieces, whole.slice(at)] };
  });
}

const HOSTILE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'length', 'then', ''];

const HOSTILE_VALUES = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1e999',
  '1e308',
  '-0',
  '8640000000000001',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  JSON.stringify('x'.repeat(400)),
  JSON.stringify('x'.repeat(401)),
  JSON.stringify('x'.repeat(70_000)),
];

const DEEP = fc.constantFrom(40, 20_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth));

/** JSON, as text, since what is nested so deep cannot be printed: the fields have these names, or hostile ones; the texts are these, or anything. */
export function jsonOf(names: readonly string[], texts: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
  );
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...texts).map((text) => JSON.stringify(text)) },
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: fc.double().map((number) => JSON.stringify(number)) },
  );
  const { object } = fc.letrec<{ object: string; value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 8, arbitrary: leaf },
      { weight: 3, arbitrary: tie('object') },
      {
        weight: 1,
        arbitrary: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      },
    ),
    object: fc
      .array(fc.tuple(name, tie('value')), { maxLength: 7 })
      .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  }));
  const deepField = fc.tuple(name, DEEP).map(([key, deep]) => `{${JSON.stringify(key)}:${deep}}`);
  return fc.oneof(
    { weight: 40, arbitrary: object },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: deepField },
    { weight: 1, arbitrary: DEEP },
  );
}
