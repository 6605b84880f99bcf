import { describe, expect, it } from 'vitest';
import { EventStreamParser, LineEventParser, type EventParser } from '../../../src/wire/event-stream.js';

type Seen = [name: string, data: string];

function read(pieces: readonly string[], parser: EventParser = new EventStreamParser()): Seen[] {
  const seen: Seen[] = [];
  for (const piece of pieces) for (const { name, data } of parser.read(piece)) seen.push([name, data]);
  for (const { name, data } of parser.end()) seen.push([name, data]);
  return seen;
}

const datas = (pieces: readonly string[]): string[] => read(pieces).map(([, data]) => data);

describe('events of a stream', () => {
  it.each([
    ['one event', 'data: a\n\n', ['a']],
    ['two events', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['several lines of one event', 'data: a\ndata: b\ndata: c\n\n', ['a\nb\nc']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['only one space is taken off', 'data:  a \n\n', [' a ']],
    ['CRLF', 'data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n', ['a\nb', 'c']],
    ['CR', 'data: a\rdata: b\r\rdata: c\r\r', ['a\nb', 'c']],
    ['mixed line ends', 'data: a\r\n\ndata: b\r\r\ndata: c\n\r\n', ['a', 'b', 'c']],
    ['comments', ': ping\n\n:\ndata: a\n: in between\ndata: b\n\n', ['a\nb']],
    ['other fields', 'event: message\nid: 7\nretry: 100\ndata: a\n\n', ['a']],
    ['a field that only begins like data', 'database: x\n\ndata: a\n\n', ['a']],
    ['a field without a colon', 'data\ndata\n\nevent\ndata: a\n\n', ['\n', 'a']],
    ['an empty value', 'data:\n\ndata: \n\n', ['', '']],
    ['many blank lines', '\n\n\ndata: a\n\n\n\n', ['a']],
    ['characters beyond ASCII', 'data: Grüße – 你好 👋\n\n', ['Grüße – 你好 👋']],
    ['line ends that are none here', 'data: a\u2028b\u0085c\n\n', ['a\u2028b\u0085c']],
    ['a colon in the data', 'data: a: b\n\n', ['a: b']],
    ['nothing', '', []],
    ['no blank line after the last event', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['no line end after the last event', 'data: a\n\ndata: b', ['a', 'b']],
    ['a CR as the last byte', 'data: a\r', ['a']],
  ])('%s', (_what, text, expected) => {
    expect(datas([text])).toEqual(expected);
  });

  it.each<[string, Seen[]]>([
    [
      'event: ping\ndata: a\n\ndata: b\n\n',
      [
        ['ping', 'a'],
        ['message', 'b'],
      ],
    ],
    ['event: one\nevent: two\ndata: a\n\n', [['two', 'a']]],
    ['data: a\nevent:late\n\n', [['late', 'a']]],
    [
      'event: error\n\ndata: b\n\n',
      [
        ['error', ''],
        ['message', 'b'],
      ],
    ],
    ['event:\ndata: a\n\n', [['message', 'a']]],
  ])('have names: %j', (text, expected) => {
    expect(read([text])).toEqual(expected);
  });

  it.each([
    ['data: a\n\ndata: {"del', [false, true]],
    ['data: a\n\ndata: b\n', [false, false]],
    ['data: a\n\ndat', [false, true]],
    ['data: a\n\nevent: do', [false, true]],
    ['data: a\n\n: a comm', [false]],
    ['data: a\n\nid: 7', [false]],
  ])('say when the body ends within them: %j', (text, expected) => {
    const parser = new EventStreamParser();
    expect([...parser.read(text), ...parser.end()].map(({ isCut }) => isCut)).toEqual(expected);
  });
});

describe('a stream may be cut anywhere', () => {
  const text =
    ': ping\r\ndata: Grüße – 你好 👋\r\ndata: b\r\n\r\nid: 7\ndata: c\n\ndata: d\r\rdata: e\r\n\r\n';
  const expected = ['Grüße – 你好 👋\nb', 'c', 'd', 'e'];

  it('at every character, inside CRLF too', () => {
    for (let at = 0; at <= text.length; at++)
      expect(datas([text.slice(0, at), text.slice(at)]), `cut at ${at}`).toEqual(expected);
  });

  it.each([1, 2, 3, 5, 7])('into pieces of %i characters, empty ones between them', (size) => {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => [
      text.slice(i * size, (i + 1) * size),
      '',
    ]);
    expect(datas(pieces.flat())).toEqual(expected);
  });

  it('gives an event as soon as its blank line begins', () => {
    expect([...new EventStreamParser().read('data: a\r\n\r')]).toMatchObject([{ data: 'a' }]);
  });
});

describe('JSON line by line', () => {
  it('has an event in each line', () => {
    expect(read(['{"a":1}\n{"b"', ':2}\r\n\n{"c":3}'], new LineEventParser())).toEqual([
      ['message', '{"a":1}'],
      ['message', '{"b":2}'],
      ['message', ''],
      ['message', '{"c":3}'],
    ]);
  });
});

describe('the size of an event', () => {
  const tooLarge = expect.objectContaining({ name: 'ApiError', code: 'invalid-response' }) as Error;

  it('has a limit, in one line, in many, and in a comment', () => {
    for (const endless of ['data: ', 'x', ': ', 'data: x\n'])
      expect(() => read(Array<string>(70_000).fill(endless))).toThrow(tooLarge);
    expect(() => read(['x'.repeat(70_000)], new LineEventParser())).toThrow(tooLarge);
  });

  it('is that of one event, not of all of them', () => {
    const event = `data: ${'x'.repeat(1_000)}\n\n`;
    expect(
      datas([event.repeat(100), ...Array<string>(100).fill(event), ': ping\n'.repeat(20_000)]),
    ).toHaveLength(200);
  });
});
