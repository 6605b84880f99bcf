import { ParticipantKind, type RemoteParticipant } from 'livekit-client';
import { ON_BEHALF_ATTRIBUTE } from '../dialects/livekit-agents.js';
import type { RoomMember } from './room-cast.js';

/** What the room says of one of the others in it, as the cast needs it. */
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

/** Egress of older servers has no kind of its own, and this grant, which the protocol keeps for them alone. */
function hasRecorderGrant(permissions: { recorder?: unknown } | undefined): boolean {
  return permissions?.recorder === true;
}
