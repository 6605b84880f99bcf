import { z } from 'zod';
import { HttpError } from '../http/http-error.js';

const dynamicVariables = z.record(z.string(), z.unknown()).optional();
const agentVersion = z.number().int().positive().optional();
const metadata = z.record(z.string(), z.unknown()).optional();
const userId = z.string().max(200).optional();

const sessionId = z.string().max(200).optional();
/** The local agents let a page change these; they do nothing with them. */
const assistantOverride = z
  .strictObject({ firstMessage: z.string(), language: z.string() })
  .partial()
  .optional();

export const connectBody = z.object({
  dynamicVariables,
  agentVersion,
  userId,
  metadata,
  sessionId,
  assistantOverride,
});

export const chatBody = z.object({
  message: z.string().trim().min(1).max(4_000),
  sessionId,
  dynamicVariables,
  agentVersion,
  userId,
  metadata,
  assistantOverride,
});

export const outboundBody = z.object({
  agentId: z.string().min(1),
  phoneNumberId: z.string().min(1),
  destination: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number, like +15550100200'),
  dynamicVariables,
  agentVersion,
});

export const historyQuery = z.object({
  status: z.string().optional(),
  agentId: z.string().optional(),
  channel: z.enum(['web', 'outbound', 'chat']).optional(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  search: z.string().optional(),
  campaignId: z.string().optional(),
  failureReason: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

export type HistoryQuery = z.infer<typeof historyQuery>;

/** What the schema makes of `value`; 400 with zod's field errors as `details` where it does not fit. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { fieldErrors, formErrors } = z.flattenError<unknown>(result.error);
  const details: Record<string, string[]> = { ...fieldErrors };
  if (formErrors.length > 0) details['body'] = formErrors;
  throw new HttpError(400, 'validation_failed', 'The request is not valid.', { details });
}

/** An empty body counts as `{}`, since every field of connect is optional. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'invalid_json', 'The body is not JSON.', { details: { body: ['not JSON'] } });
  }
}
