/**
 * Yields the `data` of each event of a `text/event-stream` body (WHATWG HTML §9.2.6: lines end with LF, CRLF or CR;
 * several `data:` lines of one event are joined by LF; comments and other fields are ignored). A line that the end of the
 * body cuts short is dropped: half an event is no event.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  onPiece: () => void,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!done) onPiece();
      if (!done) pending += decoder.decode(value, { stream: true });
      // A CR at the very end may be the first half of CRLF: leave it for the next piece.
      const end = pending.length - (!done && pending.endsWith('\r') ? 1 : 0);
      const lines = pending.slice(0, end).split(/\r\n|\n|\r/);
      pending = (lines.pop() ?? '') + pending.slice(end);
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield data.join('\n');
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
        }
      }
      if (!done) continue;
      if (data.length > 0) yield data.join('\n');
      return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
