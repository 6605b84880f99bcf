import { z } from 'zod';
import type { PageMessage } from '../../../src/voice/data-channel-messages.js';

const id = z.string().min(1).max(200);

const pageMessage = z.union([
  z.object({ type: z.literal('text'), text: z.string().max(4_000) }),
  z.object({ type: z.literal('context'), text: z.string().max(4_000) }),
  z.object({ type: z.literal('client_tool_result'), id, result: z.string() }),
  z.object({ type: z.literal('client_tool_result'), id, error: z.string() }),
  z.object({ type: z.literal('alive') }),
]);

/** What a page has sent; undefined for anything that is no message of the set. */
export function readPageMessage(bytes: Uint8Array): PageMessage | undefined {
  try {
    return pageMessage.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}
