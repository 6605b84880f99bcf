import { describe, expect, it } from 'vitest';
import lines from '../../../demo/backend/speech/lines.json' with { type: 'json' };
import { readOpusPackets } from '../../../demo/backend/speech/ogg-opus.js';
import { speechLine, type SpeechLineName } from '../../../demo/backend/speech/speech-lines.js';

/** One Ogg page; a packet of 255 bytes or more fills several segments. */
function page(segments: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(27);
  header.write('OggS');
  header[26] = segments.length;
  return Buffer.concat([header, Buffer.from(segments.map((segment) => segment.length)), ...segments]);
}

const head = page([Buffer.from('OpusHead')]);
const tags = page([Buffer.from('OpusTags')]);

describe('readOpusPackets', () => {
  it('leaves the headers out', () => {
    const packets = readOpusPackets(Buffer.concat([head, tags, page([Buffer.from('a'), Buffer.from('bc')])]));
    expect(packets.map(String)).toEqual(['a', 'bc']);
  });

  it('joins a packet that fills a segment, or goes on in the next page', () => {
    const full = Buffer.alloc(255, 1);
    const packets = readOpusPackets(
      Buffer.concat([head, tags, page([full, Buffer.from('x'), full]), page([Buffer.alloc(0)])]),
    );
    expect(packets.map((packet) => packet.length)).toEqual([256, 255]);
  });

  it.each([
    [
      'what is no Ogg file',
      Buffer.from('RIFF, no Ogg file at all, but long enough'),
      'Not an Ogg page at byte 0',
    ],
    ['another codec', page([Buffer.from('vorbis')]), 'Not an Opus stream'],
    [
      'a file cut short',
      Buffer.concat([head, tags, page([Buffer.alloc(200)])]).subarray(0, 120),
      'is cut short',
    ],
  ])('refuses %s', (_title, file, message) => {
    expect(() => readOpusPackets(file)).toThrow(message);
  });
});

it.each(Object.keys(lines) as SpeechLineName[])('the line %s is spoken in 20 ms frames', (name) => {
  const { frames, text } = speechLine(name);
  // Eight to twenty letters a second is how people talk.
  const lettersPerSecond = text.length / (frames.length * 0.02);
  expect(lettersPerSecond).toBeGreaterThan(8);
  expect(lettersPerSecond).toBeLessThan(25);
  // The table-of-contents byte: mono, one frame, 20 ms (RFC 6716 section 3.1).
  for (const frame of frames) expect((frame[0] ?? 0) & 0b111).toBe(0);
});
