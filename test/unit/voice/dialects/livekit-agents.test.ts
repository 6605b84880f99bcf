import { describe, expect, it } from 'vitest';
import {
  OldTranscripts,
  readOldChat,
  TranscriptReader,
  type Speaker,
} from '../../../../src/voice/dialects/livekit-agents.js';
import type { TransportEvent } from '../../../../src/voice/transport.js';

const AGENT: Speaker = { role: 'agent' };
const VISITOR: Speaker = { role: 'user' };

/** What is told of one stream: `text`, and `text!` when it is final. */
function read(
  pieces: string[],
  {
    speaker = AGENT,
    header = { 'lk.segment_id': 'SG_1' },
    trailer = {},
    broken = false,
  }: {
    speaker?: Speaker;
    header?: Record<string, string>;
    trailer?: Record<string, string>;
    broken?: boolean;
  } = {},
): string[] {
  let attributes: Record<string, string> = header;
  const reader = new TranscriptReader(
    { id: 'ST_1', attributes: () => attributes },
    speaker,
    new OldTranscripts(),
  );
  const events = pieces.flatMap((piece) => reader.add(piece));
  attributes = { ...header, ...trailer };
  events.push(...reader.close(broken));
  return events.map((event) =>
    event.type === 'transcript' ? `${event.entry.text}${event.entry.final ? '!' : ''}` : event.type,
  );
}

const NOT_FINAL = { 'lk.segment_id': 'SG_1', 'lk.transcription_final': 'false' };

describe('a line of the agent', () => {
  it('of the Node engine, which can say nothing as it closes, is final then', () => {
    expect(read(['Hello', ' there'], { header: NOT_FINAL })).toEqual([
      'Hello',
      'Hello there',
      'Hello there!',
    ]);
  });

  it('of the Python engine, whose trailer says so, is final as well', () => {
    const trailer = { 'lk.transcription_final': 'true' };
    expect(read(['Hello'], { header: NOT_FINAL, trailer })).toEqual(['Hello', 'Hello!']);
  });

  it('whose stream broke with the link is not', () => {
    expect(read(['Hel'], { header: NOT_FINAL, broken: true })).toEqual(['Hel']);
  });

  it('without a word is none', () => {
    expect(read([])).toEqual([]);
  });

  it('has the id of its segment, and else of its stream', () => {
    const [event] = new TranscriptReader(
      { id: 'ST_1', attributes: () => undefined },
      AGENT,
      new OldTranscripts(),
    ).add('Hi');
    expect(event).toEqual({
      type: 'transcript',
      entry: { id: 'ST_1', role: 'agent', text: 'Hi', final: false },
    });
  });

  it('of a person has their name', () => {
    const grace: Speaker = { role: 'agent', name: 'Grace' };
    const [event] = new TranscriptReader(
      { id: 'ST_1', attributes: () => ({}) },
      grace,
      new OldTranscripts(),
    ).add('Hi');
    expect(event).toMatchObject({ entry: { role: 'agent', name: 'Grace' } });
  });

  it('is cut where it would fill the page’s memory', () => {
    expect(read(Array.from({ length: 10 }, () => 'x'.repeat(20_000))).at(-1)).toHaveLength(60_001);
  });
});

describe('the visitor’s own words', () => {
  it('are final when the attribute says so', () => {
    expect(read(['I need'], { speaker: VISITOR, header: NOT_FINAL })).toEqual(['I need']);
    const header = { ...NOT_FINAL, 'lk.transcription_final': 'true' };
    expect(read(['I need help'], { speaker: VISITOR, header })).toEqual(['I need help', 'I need help!']);
  });
});

describe('the JSON of `json_format`', () => {
  const lines = [
    '{"text":"Hello","end_time":0.277}\n',
    '{"text":" there,","start_time":0.3}\n',
    '{"text":" Ada"}\n',
  ];

  it('is shown as its words', () => {
    expect(read(lines)).toEqual(['Hello', 'Hello there,', 'Hello there, Ada', 'Hello there, Ada!']);
  });

  it('also when a line comes in two pieces, or without its last end of line', () => {
    expect(read(['{"text":"Hel', 'lo"}\n{"te', 'xt":" you"}'])).toEqual(['Hello', 'Hello you', 'Hello you!']);
  });

  it.each(['{"menu":"fish"}', '{"a"', '{ what }', '[1]', '{"text'])('and %s is text', (text) => {
    expect(read([text]).at(-1)).toBe(`${text}!`);
  });
});

describe('the packets of 0.x', () => {
  const segments = [{ id: 'SG_1', text: 'Hello', final: true }];

  it('are read until the first stream has come', () => {
    const old = new OldTranscripts();
    expect(old.read(segments, AGENT)).toEqual([
      { type: 'transcript', entry: { id: 'SG_1', role: 'agent', text: 'Hello', final: true } },
    ]);
    old.streamCame('SG_2', VISITOR);
    expect(old.read(segments, AGENT)).toEqual([]);
  });

  it('of a line that its stream goes on with are the same line: Node’s engine gives them different ids', () => {
    const old = new OldTranscripts();
    const shown: string[] = [];
    const tell = (events: TransportEvent[]): void => {
      for (const event of events)
        if (event.type === 'transcript')
          shown.push(`${event.entry.id} ${event.entry.text}${event.entry.final ? '!' : ''}`);
    };
    const stream = (segment: string, speaker: Speaker): TranscriptReader =>
      new TranscriptReader(
        { id: 'ST_1', attributes: () => ({ ...NOT_FINAL, 'lk.segment_id': segment }) },
        speaker,
        old,
      );
    tell(old.read([{ id: 'SG_old', text: 'Hello,', final: false }], AGENT));
    tell(stream('SG_mine', VISITOR).add('Hi'));
    const greeting = stream('SG_new', AGENT);
    tell([...greeting.add('Hello,'), ...greeting.add(' there'), ...greeting.close()]);
    tell(stream('SG_next', AGENT).add('How'));
    expect(shown).toEqual([
      'SG_old Hello,',
      'SG_mine Hi',
      'SG_old Hello,',
      'SG_old Hello, there',
      'SG_old Hello, there!',
      'SG_next How',
    ]);
  });

  it.each<[string, string | object, unknown]>([
    [
      'a message',
      { id: 'm1', timestamp: 1, message: 'See https://a.example' },
      { id: 'm1', text: 'See https://a.example' },
    ],
    ['one without words', { id: 'm1', message: '' }, null],
    ['one without id', { message: 'Hi' }, null],
    ['no JSON', 'Hi', null],
  ])('of chat: %s', (_what, sent, expected) => {
    const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
    expect(readOldChat(new TextEncoder().encode(text))).toEqual(expected);
  });
});
