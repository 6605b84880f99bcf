import { setTimeout as wait } from 'node:timers/promises';
import type { ScriptedReply } from '../scenarios/receptionist-script.js';
import { speechLine, type SpeechLineName } from '../speech/speech-lines.js';
import type { Timings } from '../timings.js';
import type { AgentChannel } from './agent-channel.js';
import type { AgentVoice } from './agent-voice.js';
import { frameMs } from './frame-pacer.js';
import { type CallerTurn, CallerTurns } from './caller-turns.js';

/** What a behaviour may do to its call, besides talking. */
export interface CallController {
  readonly dynamicVariables: Record<string, unknown>;
  onAgentJoining(): void;
  onWelcomeFinished(): void;
  onLine(role: 'user' | 'agent', text: string): void;
  /** Ends the call. */
  end(by: 'agent' | 'no-sound'): void;
  /** The agent's process dies: nobody is left to end the call properly. */
  crash(): void;
  reportProviderError(): void;
  /** The agent's process gives up, and says why. */
  fail(reason: string): void;
}

const turnCheckMs = 50;
/** The pace of words that are not spoken. */
const silentWordMs = 60;

/** An agent at work in one call: what the behaviours are written with. Everything stops with `signal`. */
export class AgentSession {
  readonly turns: CallerTurns;

  constructor(
    readonly channel: AgentChannel,
    readonly call: CallController,
    readonly timings: Timings,
    readonly signal: AbortSignal,
    private readonly voice: AgentVoice,
  ) {
    this.turns = new CallerTurns({ quietMs: timings.turnQuietMs, longestMs: timings.longestTurnMs });
    const ticking = setInterval(() => this.turns.tick(), turnCheckMs);
    signal.addEventListener('abort', () => clearInterval(ticking), { once: true });
  }

  async join(): Promise<void> {
    this.call.onAgentJoining();
    await this.channel.join();
    this.signal.throwIfAborted();
    this.voice.start();
  }

  /** Gives the caller's own sound back, in the place of a voice. */
  echo(): void {
    this.voice.stop();
    this.channel.startEcho();
  }

  wait(delayMs: number): Promise<void> {
    return wait(delayMs, undefined, { signal: this.signal });
  }

  async welcome(name: SpeechLineName = 'welcome'): Promise<void> {
    await this.sayLine(name);
    this.call.onWelcomeFinished();
  }

  sayLine(name: SpeechLineName): Promise<void> {
    return this.say({ text: speechLine(name).text, line: name });
  }

  /** Speaks a reply with its transcript running along, word by word; a reply without sound is only written. */
  async say({ text, line }: ScriptedReply): Promise<void> {
    const words = text.match(/\S+\s*/g) ?? [];
    const transcript = this.channel.openTranscript();
    let written = 0;
    const writeUpTo = (count: number): void => {
      const piece = words.slice(written, count).join('');
      written = Math.max(written, count);
      if (piece !== '') transcript.write(piece);
    };
    try {
      if (line) {
        const frames = speechLine(line).frames.slice(0, this.timings.longestLineMs / frameMs);
        this.channel.setState('speaking');
        await this.voice.play(frames, this.signal, (played) =>
          writeUpTo(Math.ceil((words.length * played) / frames.length)),
        );
      } else {
        for (let count = 1; count <= words.length; count += 1) {
          writeUpTo(count);
          await this.wait(silentWordMs);
        }
      }
    } finally {
      // An interrupted line stays as far as it came, on the screen and in the record.
      transcript.finish();
      this.call.onLine('agent', words.slice(0, written).join('').trim());
    }
    this.channel.setState('listening');
  }

  /** The caller's next turn, written down as well as it was understood. */
  async listen(): Promise<CallerTurn> {
    this.channel.setState('listening');
    const turn = await this.turns.next(this.signal);
    if (turn.kind === 'typed') {
      this.call.onLine('user', turn.text);
    } else {
      const text = `(you spoke for ${turn.seconds.toFixed(1)} s)`;
      this.channel.sendCallerTranscript(text);
      this.call.onLine('user', text);
    }
    return turn;
  }

  async think(): Promise<void> {
    this.channel.setState('thinking');
    await this.wait(this.timings.thinkingMs);
  }
}
