import { DisconnectReason, Room } from 'livekit-client';
import type { LeftHow } from '../transport.js';

/**
 * Makes a new room, and a function that closes it completely. livekit-client 2.21 (November 2026) leaves three things behind with
 * every call; each is cleaned up from outside, and no call depends on this code.
 */
export function openRoom(): [room: Room, close: (goodbye: boolean) => Promise<void>] {
  const [room, stopListening] = makeRoom();
  const engine = room.engine as Room['engine'] | undefined;
  const stopReading = engine ? followReaders(engine.client) : () => undefined;
  const close = async (goodbye: boolean): Promise<void> => {
    // Without a leave message a LiveKit server keeps the participant's place for some seconds.
    if (!goodbye && room.engine) room.engine.client.sendLeave = async () => undefined;
    // When connecting is given up, livekit-client forgets the peer connection of the first offer and leaves it open. When the
    // join fails, the room has replaced the engine that holds that connection.
    const peers = [engine?.pcManager, room.engine?.pcManager];
    await room.disconnect(false).catch(() => undefined);
    for (const peer of peers) await peer?.close().catch(() => undefined);
    stopReading();
    stopListening();
  };
  return [room, close];
}

/**
 * A room listens for device changes from its constructor on, and would stop when it is garbage-collected; but the listener's own
 * scope refers to it. While the room is made, this function takes the clean-up that was meant for the garbage collector.
 */
function makeRoom(): [room: Room, stopListening: () => void] {
  const registry = Room.cleanupRegistry;
  let cleanUp = (): void => undefined;
  if (registry) {
    Room.cleanupRegistry = {
      register: (_room, held) => (cleanUp = held),
      unregister: () => false,
      [Symbol.toStringTag]: 'FinalizationRegistry',
    };
  }
  try {
    return [new Room({ stopLocalTrackOnUnpublish: false, disconnectOnPageLeave: false }), () => cleanUp()];
  } finally {
    Room.cleanupRegistry = registry;
  }
}

/** What a server reports and livekit-client does not pass on. */
export interface RoomMessages {
  /** The identity of the sender whose packet is being read now; empty for the server's own. */
  sender(): string;
  /** How this participant has left; undefined where the server does not say. */
  howLeft(identity: string): LeftHow | undefined;
}

const VANISHED = new Set<DisconnectReason>([
  DisconnectReason.CONNECTION_TIMEOUT,
  DisconnectReason.STATE_MISMATCH,
  DisconnectReason.SIGNAL_CLOSE,
  DisconnectReason.MEDIA_FAILURE,
  DisconnectReason.JOIN_FAILURE,
]);

interface ParticipantInfo {
  identity?: string;
  disconnectReason?: number;
}

interface EngineEvents {
  prependListener?(event: string, listener: (first: unknown) => void): unknown;
}

/** Listens before the room does, so that a packet's details are known when the room's own event comes. */
export function followMessages(room: Room): RoomMessages {
  const reasons = new Map<string, number>();
  let sender = '';
  const engine = room.engine as EngineEvents | undefined;
  engine?.prependListener?.('participantUpdate', (updates) => {
    for (const { identity, disconnectReason } of updates as ParticipantInfo[])
      if (identity && disconnectReason) reasons.set(identity, disconnectReason);
  });
  engine?.prependListener?.('dataPacketReceived', (packet) => {
    sender = (packet as { participantIdentity?: string }).participantIdentity ?? '';
  });
  return {
    sender: () => sender,
    howLeft: (identity) => {
      const reason = reasons.get(identity);
      if (reason === DisconnectReason.CLIENT_INITIATED) return 'hung-up';
      return reason !== undefined && VANISHED.has(reason) ? 'vanished' : undefined;
    },
  };
}

/** The method with which the signal client reads its WebSocket; missing in its types. */
interface SignalReading {
  startReadingLoop?: (reader: ReadableStreamDefaultReader, firstMessage: unknown) => Promise<void>;
}

/**
 * The stream of a WebSocket never ends, not even with the WebSocket, and a browser keeps a reader that waits. Returns a function
 * that cancels these readers, so that they end.
 */
function followReaders(client: object): () => void {
  const reading = client as SignalReading;
  const startReadingLoop = reading.startReadingLoop?.bind(client);
  const readers = new Set<ReadableStreamDefaultReader>();
  if (startReadingLoop) {
    reading.startReadingLoop = (reader, firstMessage) => {
      readers.add(reader);
      return startReadingLoop(reader, firstMessage);
    };
  }
  return () => {
    for (const reader of readers) void reader.cancel().catch(() => undefined);
    readers.clear();
  };
}
