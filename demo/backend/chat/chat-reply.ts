import { setTimeout as wait } from 'node:timers/promises';

export interface ChatReply {
  text: string;
  sessionId: string;
  /** Answers to tap. */
  choices?: readonly object[] | undefined;
}

/** Does the `Accept` header like an event stream better than JSON? */
export function prefersEventStream(accept: string | null): boolean {
  if (accept === null) return false;
  const stream = qualityOf(accept, 'text/event-stream');
  return stream > 0 && stream >= qualityOf(accept, 'application/json');
}

export function wholeReply({ text, sessionId, choices }: ChatReply): Response {
  return Response.json({ reply: text, sessionId, choices });
}

/** `data: {"delta": …}` word by word, then `data: {"done": true, "sessionId": …}`. */
export function streamedReply({ text, sessionId, choices }: ChatReply, gapMs: number): Response {
  const encoder = new TextEncoder();
  const stop = new AbortController();
  const pieces = text.match(/\S+\s*/g) ?? [];
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const send = (data: object): void =>
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(data)}\n\n`));
      const delta = pieces[sent];
      if (delta === undefined) {
        send({ done: true, sessionId, choices });
        controller.close();
        return;
      }
      if (sent > 0) await wait(gapMs, undefined, { signal: stop.signal });
      sent += 1;
      send({ delta });
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function qualityOf(accept: string, type: string): number {
  for (const range of accept.split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return quality === undefined ? 1 : Number(quality.slice(2));
  }
  return 0;
}
