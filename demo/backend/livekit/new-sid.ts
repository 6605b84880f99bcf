import { randomBytes } from 'node:crypto';

/** LiveKit's ids say what they are for: participant, track, room, stream. */
export type SidPrefix = 'PA_' | 'TR_' | 'RM_' | 'ST_' | 'SG_';

export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(6).toString('hex');
}
