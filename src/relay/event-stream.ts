import { RelayError } from './relay-error.js';

export interface ServerEvent {
  /** Empty when the event has none. */
  name: string;
  data: string;
}

/** Ends a streamed answer that has failed: the head with its status was sent long ago. */
const FAILED = { error: 'upstream_error' };
/**
 * Half an event, by which the page sees that the connection broke off. The page then asks again, with the same
 * `Idempotency-Key`.
 */
const BROKEN_OFF = 'data: {';

export interface EventStreamOptions<T> {
  /** Returns what the page gets for one event. */
  write: (event: T) => Promise<object>;
  /** Called once: with the error that cut the stream short, or with nothing. */
  onEnd: (error?: unknown) => void;
  /** Ends the upstream's side when the page has gone. */
  onCancel: () => void;
}

/** Returns the body of an event stream. It sends each event as soon as it has arrived, and none before the page reads it. */
export function eventStream<T>(
  events: AsyncGenerator<T, void>,
  { write, onEnd, onCancel }: EventStreamOptions<T>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const encode = (data: object): Uint8Array => encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
  const endOf = (error: unknown): Uint8Array =>
    isBrokenOff(error) ? encoder.encode(BROKEN_OFF) : encode(FAILED);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await events.next();
          if (!done) return controller.enqueue(encode(await write(value)));
          onEnd();
        } catch (error) {
          onEnd(error);
          controller.enqueue(endOf(error));
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

function isBrokenOff(error: unknown): boolean {
  return error instanceof RelayError && error.code === 'upstream_unreachable';
}
