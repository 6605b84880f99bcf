import { describe, expect, it, vi } from 'vitest';
import { readEventStream } from '../../../src/api/event-stream.js';
import { streamOf } from './fake-api.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function read(pieces: readonly (string | Uint8Array)[]): Promise<string[]> {
  const events: string[] = [];
  for await (const data of readEventStream(streamOf(pieces), () => undefined)) events.push(data);
  return events;
}

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
    ['many blank lines', '\n\n\ndata: a\n\n\n\n', ['a']],
    ['an event without data', 'event: ping\n\ndata: a\n\n', ['a']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['characters beyond ASCII', 'data: Grüße – 你好 👋\n\n', ['Grüße – 你好 👋']],
    ['a colon in the data', 'data: a: b\n\n', ['a: b']],
    ['nothing', '', []],
    ['no blank line after the last event', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['a last line that is cut short', 'data: a\n\ndata: {"del', ['a']],
    ['a last event that is cut short', 'data: a\n\ndata: b\ndata: {"del', ['a', 'b']],
    ['a CR as the last byte', 'data: a\r', ['a']],
  ])('%s', async (_what, text, expected) => {
    expect(await read([text])).toEqual(expected);
  });
});

describe('a stream may be cut anywhere', () => {
  const text =
    ': ping\r\ndata: Grüße – 你好 👋\r\ndata: b\r\n\r\nid: 7\ndata: c\n\ndata: d\r\rdata: e\r\n\r\n';
  const expected = ['Grüße – 你好 👋\nb', 'c', 'd', 'e'];
  const bytes = bytesOf(text);

  it('at every byte, inside a character and inside CRLF too', async () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(await read([bytes.slice(0, at), bytes.slice(at)]), `cut at ${at}`).toEqual(expected);
    }
  });

  it.each([1, 2, 3, 5, 7])('into pieces of %i bytes', async (size) => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    expect(await read(pieces)).toEqual(expected);
  });
});

describe('reading a stream', () => {
  it('hands an event on as soon as it is complete', async () => {
    const stream = readEventStream(
      streamOf(['data: a\n\n', 'data: b'], { end: 'stays-open' }),
      () => undefined,
    );
    await expect(stream.next()).resolves.toEqual({ done: false, value: 'a' });
  });

  it('tells of every piece, also of one that completes no event', async () => {
    const onPiece = vi.fn<() => void>();
    const events = readEventStream(streamOf([': ping\n', 'data: a', '\n', '\n']), onPiece);
    for await (const data of events) expect(data).toBe('a');
    expect(onPiece).toHaveBeenCalledTimes(4);
  });

  it('ends the stream when its reader has enough', async () => {
    const onCancel = vi.fn<() => void>();
    for await (const data of readEventStream(
      streamOf(['data: a\n\n', 'data: b\n\n'], { onCancel }),
      () => undefined,
    )) {
      expect(data).toBe('a');
      break;
    }
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('passes on that the stream broke, after what had arrived', async () => {
    const stream = readEventStream(streamOf(['data: a\n\ndata: b'], { end: 'breaks' }), () => undefined);
    await expect(stream.next()).resolves.toEqual({ done: false, value: 'a' });
    await expect(stream.next()).rejects.toThrow('terminated');
  });
});
