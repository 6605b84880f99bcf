import { existsSync, readFileSync } from 'node:fs';
import { readServerAddress } from '../../demo/backend/livekit-server/server-address.js';
import type { TranscriptEntry } from '../../src/voice/transport.js';
import { createRelay, livekit, pipecat, type Upstream } from '../../src/relay.js';
import { expect, test as base } from '../support/backend-fixture.js';
import { relayedAddress, WidgetPage } from '../support/widget-page.js';
import type { Engine } from './engines.js';

/** Started by `npm run test:agents`. What each agent says to what is in its source below `engines`. */
export const engines = JSON.parse(process.env.AGENT_ENGINES ?? '[]') as Engine[];
const pids = process.env.AGENT_PIDS ?? '';
export const server = readServerAddress(process.env);

export const GREETING = 'Hello, this is the receptionist. How can I help?';
export const STORY_WORDS = 300;

/** A page behind a relay to the engine. */
export const test = base.extend<{ behind: (engine: Engine) => Promise<WidgetPage> }>({
  behind: async ({ page, backend, relays }, use) => {
    await use((engine) => {
      const relay = createRelay({
        upstream: upstreamFor(engine),
        allow: { agents: ['agent_site'], features: ['voice'] },
        origins: [backend.url],
        rateLimit: false,
      });
      return WidgetPage.prepare(page, backend, relayedAddress(backend.url, relays.add(relay)));
    });
    relays.clear();
  },
});

function upstreamFor({ startUrl, livekitAgent, transport }: Engine): Upstream {
  if (startUrl) return pipecat({ startUrl, transport });
  if (!server || !livekitAgent) throw new Error('no server, or no name of an agent');
  return livekit({
    url: server.socketUrl,
    apiKey: server.apiKey,
    apiSecret: server.secret,
    agentName: livekitAgent,
  });
}

/** Each line as it stands now, in the order in which they began. */
export async function lines(widget: WidgetPage, role: TranscriptEntry['role']): Promise<TranscriptEntry[]> {
  const last = new Map<string, TranscriptEntry>();
  for (const entry of await widget.details('osmtalk-transcript'))
    if (entry.role === role) last.set(entry.id, entry);
  return [...last.values()];
}

/** The words of one side that will not change any more. */
export async function finalTexts(widget: WidgetPage, role: TranscriptEntry['role']): Promise<string[]> {
  return (await lines(widget, role)).filter(({ final }) => final).map(({ text }) => text.trim());
}

export async function call(widget: WidgetPage): Promise<void> {
  await widget.visitAndOpen({ 'agent-id': 'agent_site' });
  await widget.element.evaluate((element) =>
    (element as HTMLElementTagNameMap['osmtalk-widget']).registerTool('getUserLocation', () => 'Pune'),
  );
  await widget.startCall();
}

export async function say(widget: WidgetPage, text: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
  await widget.button('Send').click();
}

interface Job {
  pid: number;
  metadata: string;
  /** What was said before the agent heard the microphone, as far as its framework has decoded it; Python alone reads it. */
  firstWordsSeconds?: number;
}

/** What the job's own process has written down. */
export function jobIn(room: string): Job | null {
  const file = `${pids}/${room}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Job) : null;
}

/** A LiveKit call's own name of its room, from the token. */
export async function roomOf(widget: WidgetPage): Promise<string> {
  const id = await widget.backendCallId();
  if (id) return id;
  const urls = await widget.page.evaluate(() => window.seen.sockets.map(({ url }) => url));
  const token = urls.map((url) => new URL(url).searchParams.get('access_token')).find(Boolean) ?? '';
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    video: { room: string };
  };
  return claims.video.room;
}

export async function timeline(
  widget: WidgetPage,
): Promise<{ atMs: number; event: string; detail?: string }[]> {
  return (await widget.diagnostics()).call?.timeline ?? [];
}

export { expect };
