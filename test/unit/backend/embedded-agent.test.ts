import { Room } from '@livekit/protocol';
import { expect, it, vi } from 'vitest';
import type { AgentListener } from '../../../demo/backend/agent/agent-channel.js';
import { EmbeddedAgent } from '../../../demo/backend/livekit/embedded-agent.js';
import { AgentParticipant } from '../../../demo/backend/livekit/participants.js';

const listener: AgentListener = {
  onCallerJoined: vi.fn<() => void>(),
  onCallerConnected: vi.fn<() => void>(),
  onCallerLeft: vi.fn<(why: 'left' | 'media-lost') => void>(),
  onCallerPacket: vi.fn<(levelDb: number) => void>(),
  onEcho: vi.fn<(levelDb: number) => void>(),
  onTypedText: vi.fn<(text: string) => void>(),
};

it('survives data that cannot be read, and does nothing without a caller', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const shown = { room: new Room(), participant: new AgentParticipant() };
  const agent = new EmbeddedAgent(
    'caller',
    shown,
    listener,
    () => undefined,
    async () => {},
  );
  agent.hearData(Buffer.from('not a data packet'));
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();

  void agent.join();
  agent.setState('speaking');
  agent.sendFrame(Uint8Array.of(1, 2, 3, 4));
  agent.sendData('topic', {});
  const transcript = agent.openTranscript();
  transcript.write('one');
  transcript.finish();
  agent.sendCallerTranscript('two');
  const answer = agent.callRpc('method', '', 60_000);
  agent.close();
  await expect(answer).rejects.toThrow('The call is over.');
});
