import { ReceptionistScript } from '../scenarios/receptionist-script.js';
import type { SpeechLineName } from '../speech/speech-lines.js';
import type { AgentSession } from './agent-session.js';
import { OFFER } from '../scenarios/offer.js';
import { askPage, callClientTool } from './client-tool.js';

/** What an agent does in a call, from its start to the end of its part. Rejects when the call ends first. */
export type Behaviour = (agent: AgentSession) => Promise<void>;

/** The ways of the agents in `scenarios/scenarios.ts`. */
export const behaviours = {
  receptionist: (agent) => receive(agent, 'welcome'),

  // Recorded from before anybody is there, until a caller writes that it should not be.
  recorded: async (agent) => {
    agent.channel.setRecording?.(true);
    await agent.join();
    await agent.welcome();
    for (;;) {
      const turn = await agent.listen();
      if (turn.kind !== 'typed') continue;
      agent.channel.setRecording?.(false);
      await agent.say({ text: 'The recording has stopped.' });
    }
  },

  writes: async (agent) => {
    await agent.join();
    await agent.welcome('moment');
    const message = '**Open today** until six: [book a visit](https://example.org/book).';
    agent.channel.sendMessage?.(message);
    agent.call.onLine('agent', message);
    agent.channel.setState('idle');
    for (;;) {
      const turn = await agent.turns.next(agent.signal);
      if (turn.kind === 'typed') agent.channel.setState('failed');
    }
  },

  'slow-start': async (agent) => {
    await agent.wait(agent.timings.slowStartMs);
    await receive(agent, 'late');
  },

  echo: async (agent) => {
    await agent.join();
    agent.echo();
    for (;;) {
      const turn = await agent.listen();
      if (turn.kind === 'typed') await agent.say({ text: turn.text });
    }
  },

  silent: async (agent) => {
    await agent.join();
    agent.channel.setState('listening');
    await agent.wait(agent.timings.noSoundMs);
    agent.call.end('no-sound');
  },

  'never-joins': async () => {
    // Nothing to do: the start window of the call runs out.
  },

  crashes: async (agent) => {
    await agent.join();
    // The welcome is cut off by the crash, which aborts it.
    await Promise.all([
      agent.welcome(),
      agent.wait(agent.timings.crashAfterMs).then(() => agent.call.crash()),
    ]);
  },

  waits: async (agent) => {
    await agent.join();
    await agent.welcome();
    for (;;) await agent.listen();
  },

  'provider-storm': async (agent) => {
    await agent.join();
    await agent.welcome('moment');
    // The call ends when it has seen enough.
    for (;;) {
      agent.channel.setState('thinking');
      await agent.wait(agent.timings.providerErrorGapMs);
      agent.call.reportProviderError();
    }
  },

  'unknown-failure': async (agent) => {
    await agent.join();
    await agent.welcome('moment');
    await agent.wait(agent.timings.failAfterMs);
    agent.call.fail('flux_capacitor_discharged');
  },

  'hangs-up': async (agent) => {
    await agent.join();
    await agent.welcome('goodbye');
    agent.call.end('agent');
  },

  tools: async (agent) => {
    await agent.join();
    await agent.welcome('asking');
    for (;;) {
      await callClientTool(agent);
      await agent.listen();
      await agent.think();
    }
  },

  // Offers answers to tap; after the first answer, asks for an address to be typed.
  offers: async (agent) => {
    await agent.join();
    await agent.welcome('asking');
    await askPage(agent, 'offer_choices', OFFER);
    await agent.listen();
    await agent.think();
    const field = { kind: 'email', label: 'Your e-mail address' };
    const { result, error } = await askPage(agent, 'ask_visitor', field);
    await agent.say({ text: error === null ? `I have written down ${result}` : `Never mind: ${error}` });
    await converse(agent);
  },
} satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof behaviours;

async function receive(agent: AgentSession, welcome: SpeechLineName): Promise<void> {
  await agent.join();
  await agent.welcome(welcome);
  await converse(agent);
}

async function converse(agent: AgentSession): Promise<void> {
  const script = new ReceptionistScript();
  for (;;) {
    const turn = await agent.listen();
    await agent.think();
    await agent.say(turn.kind === 'typed' ? script.answer(turn.text) : script.answerSpokenTurn());
  }
}
