import { DisconnectReason, Room } from 'livekit-client';
import type { LeftHow } from '../transport.js';

/**
 * A new room, and what closes it without a rest. livekit-client 2.21 (November 2026) leaves three things behind with every
 * call; each is taken back from outside, and nothing here is needed for a call to work.
 */
export function openRoom(): [room: Room, close: (goodbye: boolean) => Promise<void>] {
  const [room, stopListening] = makeRoom();
  const engine = room.engine as Room['engine'] | undefined;
  const stopReading = engine ? followReaders(engine.client) : () => undefined;
  const close = async (goodbye: boolean): Promise<void> => {
    // Without it a LiveKit server keeps the participant's place for some seconds.
    if (!goodbye && room.engine) room.engine.client.sendLeave = async () => undefined;
    // Given up while connecting, the peer connection of the first offer is forgotten, and left open.
    // When the join fails, the room has put another engine in the place of the one that holds it.
    const peers = [engine?.pcManager, room.engine?.pcManager];
    await room.disconnect(false).catch(() => undefined);
    for (const peer of peers) await peer?.close().catch(() => undefined);
    stopReading();
    stopListening();
  };
  return [room, close];
}

/**
 * A room listens for device changes from its constructor on, and means to stop when it is garbage; but the listener's own
 * scope holds it. While the room is made, what it would leave to the garbage collector is handed to us.
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

/** What a server says that livekit-client keeps to itself. */
export interface RoomMessages {
  /** Whose packet is being read right now. */
  sender(): string;
  /** How this one has gone, where the server says. */
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

/** Listens before the room does, so that what it says of a message is known when the room's own event comes. */
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

/** The method by which the signal client reads its WebSocket; not in its types. */
interface SignalReading {
  startReadingLoop?: (reader: ReadableStreamDefaultReader, firstMessage: unknown) => Promise<void>;
}

/**
 * The stream that a WebSocket is read by never ends, not even with the WebSocket, and a browser keeps a reader that waits.
 * A cancelled one is told that there is no more.
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
