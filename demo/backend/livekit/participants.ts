import { randomBytes } from 'node:crypto';
import {
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  TrackInfo,
  TrackSource,
  TrackType,
} from '@livekit/protocol';
import type { AgentState } from '../agent/agent-channel.js';
import { newSid } from './new-sid.js';

export const agentIdentity = 'agent';
export const agentStateAttribute = 'lk.agent.state';

/** The agent as the room shows it to the caller. */
export class AgentParticipant {
  readonly sid = newSid('PA_');
  readonly trackSid = newSid('TR_');
  isPresent = false;
  /** Else it joins as Pipecat's bots do: an ordinary participant with the grant of an agent, and no attribute. */
  isLiveKitAgent = true;
  state: AgentState = 'initializing';
  readonly #joinedAt = seconds();

  /** The value of `a=msid` that ties a media section to this agent's track; undefined while there is no agent. */
  get msid(): string | undefined {
    return this.isPresent ? `${this.sid}|${this.trackSid} ${this.trackSid}` : undefined;
  }

  info(): ParticipantInfo {
    return new ParticipantInfo({
      sid: this.sid,
      identity: agentIdentity,
      name: 'Agent',
      kind: this.isLiveKitAgent ? ParticipantInfo_Kind.AGENT : ParticipantInfo_Kind.STANDARD,
      permission: new ParticipantPermission({ agent: true, canPublish: true, canPublishData: true }),
      state: this.isPresent ? ParticipantInfo_State.ACTIVE : ParticipantInfo_State.DISCONNECTED,
      joinedAt: this.#joinedAt,
      attributes: this.isLiveKitAgent ? { [agentStateAttribute]: this.state } : {},
      isPublisher: true,
      tracks: this.isPresent ? [audioTrack(this.trackSid, 'agent')] : [],
    });
  }
}

/** A new one for every call: who has called before is nobody's business in a room. */
export function newCallerIdentity(): string {
  return `caller_${randomBytes(6).toString('hex')}`;
}

/** The caller as the room shows them to themselves. */
export function callerInfo(identity: string, sid: string, tracks: readonly TrackInfo[]): ParticipantInfo {
  return new ParticipantInfo({
    sid,
    identity,
    state: ParticipantInfo_State.ACTIVE,
    joinedAt: seconds(),
    tracks: [...tracks],
    permission: new ParticipantPermission({ canPublish: true, canSubscribe: true, canPublishData: true }),
  });
}

export function audioTrack(sid: string, name: string): TrackInfo {
  return new TrackInfo({
    sid,
    name,
    type: TrackType.AUDIO,
    source: TrackSource.MICROPHONE,
    mimeType: 'audio/opus',
  });
}

function seconds(): bigint {
  return BigInt(Math.floor(Date.now() / 1000));
}
