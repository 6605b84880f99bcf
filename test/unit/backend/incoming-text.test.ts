import { deflateRawSync } from 'node:zlib';
import {
  DataPacket,
  DataStream_Chunk,
  DataStream_CompressionType,
  DataStream_Header,
  DataStream_TextHeader,
  DataStream_Trailer,
} from '@livekit/protocol';
import { expect, it } from 'vitest';
import { IncomingText } from '../../../demo/backend/livekit/incoming-text.js';
import { OutgoingText } from '../../../demo/backend/livekit/outgoing-text.js';

function receiver(): {
  text: IncomingText;
  heard: [string, string][];
  receive: (value: DataPacket['value']) => void;
} {
  const heard: [string, string][] = [];
  const text = new IncomingText((topic, content) => heard.push([topic, content]));
  return { text, heard, receive: (value) => text.receive(new DataPacket({ value })) };
}

const header = (fields: Partial<DataStream_Header>): DataPacket['value'] => ({
  case: 'streamHeader',
  value: new DataStream_Header({
    streamId: 's',
    topic: 'lk.chat',
    contentHeader: { case: 'textHeader', value: new DataStream_TextHeader() },
    ...fields,
  }),
});
const chunk = (content: Uint8Array): DataPacket['value'] => ({
  case: 'streamChunk',
  value: new DataStream_Chunk({ streamId: 's', content }),
});
const trailer: DataPacket['value'] = {
  case: 'streamTrailer',
  value: new DataStream_Trailer({ streamId: 's' }),
};

it('hears what OutgoingText says, piece by piece', () => {
  const { heard, receive } = receiver();
  const stream = new OutgoingText(receive, 'lk.chat', {});
  stream.write('Grüß ');
  stream.write('dich');
  expect(heard).toEqual([]);
  stream.close();
  expect(heard).toEqual([['lk.chat', 'Grüß dich']]);
});

it('joins a letter that was cut in two', () => {
  const { heard, receive } = receiver();
  const bytes = Buffer.from('ü');
  receive(header({}));
  receive(chunk(bytes.subarray(0, 1)));
  receive(chunk(bytes.subarray(1)));
  receive(trailer);
  expect(heard).toEqual([['lk.chat', 'ü']]);
});

it('reads a stream that is all in its header, plain or deflated', () => {
  const { heard, receive } = receiver();
  receive(header({ inlineContent: Buffer.from('short') }));
  const long = 'long '.repeat(50);
  receive(
    header({ inlineContent: deflateRawSync(long), compression: DataStream_CompressionType.DEFLATE_RAW }),
  );
  expect(heard).toEqual([
    ['lk.chat', 'short'],
    ['lk.chat', long],
  ]);
});

it('drops what is too long, and ends of streams it does not know', () => {
  const { heard, receive } = receiver();
  receive(trailer);
  receive(header({}));
  receive(chunk(Buffer.alloc(65_000)));
  receive(chunk(Buffer.alloc(65_000)));
  receive(trailer);
  expect(heard).toEqual([]);
});
