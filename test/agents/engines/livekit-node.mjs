import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, llm, ServerOptions, stt, tts, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

/**
 * A worker of LiveKit Agents for Node, as a site would write one, but for what costs money: its speech and language models are stubs of the
 * framework's own abstract classes. Run as `node livekit-node.mjs start` with `LIVEKIT_*`; see `what-the-agents-say.md`.
 */
const RATE = 24_000;
const GREETING = 'Hello, this is the receptionist. How can I help?';
const STORY = Array.from({ length: 60 }, (_, at) => `Chapter ${at + 1} of the story.`).join(' ');
const MS_PER_WORD = 200;

/** Hears that somebody speaks, and not what: `I spoke 1`, `I spoke 2` … */
class LoudnessSTT extends stt.STT {
  label = 'loudness';
  constructor() {
    super({ streaming: true, interimResults: true });
  }
  async _recognize() {
    throw new Error('only as a stream');
  }
  stream() {
    return new LoudnessStream(this);
  }
}

class LoudnessStream extends stt.SpeechStream {
  label = 'loudness';
  async run() {
    let quietMs = 0;
    let spokenMs = 0;
    let told = 0;
    let turns = 0;
    const say = (type, text) =>
      this.queue.put({
        type,
        alternatives: [{ language: 'en', text, startTime: 0, endTime: 0, confidence: 1 }],
      });
    for await (const frame of this.input) {
      if (!(frame instanceof AudioFrame)) continue;
      const ms = (frame.samplesPerChannel / frame.sampleRate) * 1_000;
      const sum = frame.data.reduce((power, sample) => power + sample * sample, 0);
      const isLoud = Math.sqrt(sum / Math.max(1, frame.data.length)) > 300;
      if (isLoud) {
        if (spokenMs === 0) this.queue.put({ type: stt.SpeechEventType.START_OF_SPEECH });
        spokenMs += ms;
        quietMs = 0;
        const words = ['I', 'spoke'].slice(0, Math.ceil(spokenMs / 400));
        if (words.length > told) {
          told = words.length;
          say(stt.SpeechEventType.INTERIM_TRANSCRIPT, words.join(' '));
        }
      } else if (spokenMs > 0) {
        quietMs += ms;
        if (quietMs < 300) continue;
        turns += 1;
        say(stt.SpeechEventType.FINAL_TRANSCRIPT, `I spoke ${turns}`);
        this.queue.put({ type: stt.SpeechEventType.END_OF_SPEECH });
        spokenMs = 0;
        told = 0;
        quietMs = 0;
      }
    }
  }
}

/** A tone for each word. */
class ToneTTS extends tts.TTS {
  label = 'tone';
  constructor() {
    super(RATE, 1, { streaming: false });
  }
  synthesize(text, options, signal) {
    return new ToneStream(text, this, options, signal);
  }
  stream() {
    throw new Error('only as a whole');
  }
}

class ToneStream extends tts.ChunkedStream {
  label = 'tone';
  async run() {
    const frames = Math.ceil((this.inputText.split(/\s+/).length * MS_PER_WORD) / 20);
    const length = RATE / 50;
    for (let at = 0; at < frames; at += 1) {
      const frame = AudioFrame.create(RATE, 1, length);
      for (let i = 0; i < length; i += 1)
        frame.data[i] = Math.round(Math.sin((2 * Math.PI * 440 * (at * length + i)) / RATE) * 9_000);
      this.queue.put({ requestId: 'r', segmentId: 's', frame, final: at === frames - 1 });
    }
    this.queue.close();
  }
}

class ScriptLLM extends llm.LLM {
  label() {
    return 'script';
  }
  chat({ chatCtx, toolCtx, connOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 10_000 } }) {
    return new ScriptStream(this, { chatCtx, toolCtx, connOptions });
  }
}

class ScriptStream extends llm.LLMStream {
  async run() {
    const last = this.chatCtx.items.at(-1);
    if (last?.type === 'function_call_output')
      return this.#say(`You are in ${last.output.replaceAll('"', '')}.`);
    const text = last?.textContent ?? '';
    if (/where am i/i.test(text)) {
      const call = llm.FunctionCall.create({ callId: 'call_1', name: 'whereAmI', args: '{}' });
      this.queue.put({ id: 'r', delta: { role: 'assistant', toolCalls: [call] } });
    } else if (/story/i.test(text)) this.#say(STORY);
    else this.#say(`You said: ${text}.`);
  }
  #say(text) {
    for (const word of text.split(/(?<= )/))
      this.queue.put({ id: 'r', delta: { role: 'assistant', content: word } });
  }
}

export default defineAgent({
  entry: async (ctx) => {
    await ctx.connect();
    const visitor = await ctx.waitForParticipant();
    const whereAmI = llm.tool({
      name: 'whereAmI',
      description: 'Where the visitor is',
      parameters: { type: 'object', properties: {} },
      execute: async () => {
        const answer = await ctx.room.localParticipant.performRpc({
          destinationIdentity: visitor.identity,
          method: 'getUserLocation',
          payload: JSON.stringify({ highAccuracy: true }),
          responseTimeout: 5_000,
        });
        return JSON.parse(answer);
      },
    });
    const agent = new voice.Agent({ instructions: 'Be brief.', tools: [whereAmI] });
    const session = new voice.AgentSession({
      stt: new LoudnessSTT(),
      llm: new ScriptLLM(),
      tts: new ToneTTS(),
      turnHandling: { turnDetection: 'vad', interruption: { mode: 'vad' } },
      aecWarmupDuration: null,
      userAwayTimeout: null,
    });
    const onText = async (_, event) => {
      await session.interrupt().await;
      if (/goodbye/i.test(event.text)) {
        await session.say('Goodbye, and thank you.', { allowInterruptions: false }).waitForPlayout();
        return ctx.shutdown('goodbye');
      }
      if (/transfer/i.test(event.text)) return ctx.shutdown('transfer');
      session.generateReply({ userInput: event.text });
    };
    await session.start({
      agent,
      room: ctx.room,
      inputOptions: { textInputCallback: onText },
      record: false,
    });
    // For a test that kills it.
    mkdirSync(process.env.AGENT_PIDS, { recursive: true });
    writeFileSync(
      `${process.env.AGENT_PIDS}/${ctx.room.name}.json`,
      JSON.stringify({ pid: process.pid, metadata: ctx.job.metadata }),
    );
    session.say(GREETING);
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: process.env.AGENT_NAME,
      numIdleProcesses: 1,
      initializeProcessTimeout: 60_000,
      loadFunc: async () => 0,
      host: '127.0.0.1',
      port: 18_081,
    }),
  );
