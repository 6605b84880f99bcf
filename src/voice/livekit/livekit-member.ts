import { ParticipantKind, type RemoteParticipant } from 'livekit-client';
import { ON_BEHALF_ATTRIBUTE } from '../dialects/livekit-agents.js';
import type { RoomMember } from './room-cast.js';

/** Makes the `RoomMember` of a remote participant. */
export function memberOf(participant: RemoteParticipant): RoomMember {
  const { identity, name, kind, permissions, attributes, audioTrackPublications } = participant;
  return {
    identity,
    name: name ?? '',
    isAgent: participant.isAgent,
    isPhone: kind === ParticipantKind.SIP,
    isRecorder:
      kind === ParticipantKind.EGRESS || permissions?.hidden === true || hasRecorderGrant(permissions),
    onBehalfOf: attributes[ON_BEHALF_ATTRIBUTE] || null,
    hasAudio: audioTrackPublications.size > 0,
  };
}

/**
 * Whether the participant has the recorder grant: egress of older servers has no kind of its own, but this grant, which the
 * protocol reserves for it.
 */
function hasRecorderGrant(permissions: { recorder?: unknown } | undefined): boolean {
  return permissions?.recorder === true;
}
