import { RelayError } from './relay-error.js';

/** A part of a spoken sentence is far smaller. */
const LARGEST_EVENT_CHARS = 65_536;

export interface ServerEvent {
  /** Empty when it is not said. */
  name: string;
  data: string;
}

/**
 * The events of a `text/event-stream` (WHATWG HTML §9.2.6), each as soon as it is whole. An event that grows
 * too large is a `bad_answer`; half a line at the end is none.
 */
export async function* readEvents(pieces: AsyncGenerator<string, void>): AsyncGenerator<ServerEvent, void> {
  let pending = '';
  let data: string[] = [];
  let name = '';
  for await (const piece of pieces) {
    pending += piece;
    // A CR at the very end may be the first half of a CRLF.
    const lines = pending.split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const [field, value] = readLine(line);
      if (field === 'data') data.push(value);
      if (field === 'event') name = value;
      if (line !== '') continue;
      if (data.length > 0 || name === 'error') yield { name, data: data.join('\n') };
      data = [];
      name = '';
    }
    if (pending.length + data.join('').length > LARGEST_EVENT_CHARS) throw new RelayError('bad_answer');
  }
  // The last one may lack its empty line.
  if (pending.trimEnd() === '' && (data.length > 0 || name === 'error'))
    yield { name, data: data.join('\n') };
}

/** A line without a colon is a name alone; a comment has an empty one. */
function readLine(line: string): readonly [field: string, value: string] {
  const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/su.exec(line) ?? [];
  return [field, value];
}

/** Ends an answer that is being streamed: the head with its status has left long ago. */
const FAILED = { error: 'upstream_error' };

export interface EventStreamOptions<T> {
  /** What the page gets for one event. */
  write: (event: T) => Promise<object>;
  /** Called once: with the error that cut the stream short, or with nothing. */
  onEnd: (error?: unknown) => void;
  /** Ends the upstream's side when the page has gone. */
  onCancel: () => void;
}

/** The body of an event stream: one event as soon as it is there, and none before the page takes it. */
export function eventStream<T>(
  events: AsyncGenerator<T, void>,
  { write, onEnd, onCancel }: EventStreamOptions<T>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const encode = (data: object): Uint8Array => encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await events.next();
          if (!done) return controller.enqueue(encode(await write(value)));
          onEnd();
        } catch (error) {
          onEnd(error);
          controller.enqueue(encode(FAILED));
        }
        controller.close();
      },
      async cancel() {
        onCancel();
        onEnd(new RelayError('client_gone'));
        await events.return().catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
