import { openBundledPort, splitSdp } from '../media/sdp-sections.js';

interface Section {
  kind: string;
  mid: string;
  direction: string | undefined;
  text: string;
  isShown: boolean;
}

const transportLine = /^a=(?:ice-ufrag|ice-pwd|fingerprint|setup|ice-options):.*\r\n/gm;

/**
 * Stands between a client's offer and the WebRTC library. livekit-client offers spare sections for tracks that may
 * come (three audio, three video). werift 0.24 answers an unused one with port 0; Chromium then recycles its m-line,
 * and the next negotiation fails ("BUNDLE group in answer contains a MID not in the offered group"). So the library
 * sees only the sections that carry something, and the rest is answered `inactive` here.
 */
export class SdpFilter {
  readonly #head: string;
  readonly #sections: Section[];
  /** The section for the agent's sound: the first that only wants to receive, and the same one ever after. */
  readonly agentMid: string | undefined;

  constructor(offer: string, agentMid?: string) {
    const { head, sections } = splitSdp(offer);
    this.#head = head;
    const parsed = sections.map(openBundledPort).map(parseSection);
    this.agentMid =
      agentMid ?? parsed.find((section) => section.kind === 'audio' && section.direction === 'recvonly')?.mid;
    this.#sections = parsed.map((section) => ({ ...section, isShown: this.#carriesSomething(section) }));
  }

  /** The offer as the library is to see it. */
  get libraryOffer(): string {
    const shown = this.#sections.filter((section) => section.isShown);
    return withBundle(this.#head, shown) + shown.map((section) => section.text).join('');
  }

  /**
   * The whole answer, made of the library's. `agentTrack` (an `a=msid` value) names the agent's track; without it
   * the agent's section stays `inactive`, so that the client sees a track only when there is an agent.
   */
  clientAnswer(libraryAnswer: string, agentTrack: string | undefined): string {
    const { head, sections } = splitSdp(libraryAnswer);
    const answers = new Map(sections.map((text) => [parseSection(text).mid, text]));
    const transport = [...new Set(libraryAnswer.match(transportLine) ?? [])].join('');
    const body = this.#sections.map((section) => {
      const answer = answers.get(section.mid);
      if (answer === undefined) return inactiveSection(section, transport);
      return section.mid === this.agentMid ? nameTrack(answer, agentTrack) : answer;
    });
    return withBundle(head, this.#sections) + body.join('');
  }

  #carriesSomething({ kind, mid, direction }: Omit<Section, 'isShown'>): boolean {
    if (kind === 'application' || mid === this.agentMid) return true;
    return kind === 'audio' && (direction === 'sendonly' || direction === 'sendrecv');
  }
}

function parseSection(text: string): Omit<Section, 'isShown'> {
  return {
    kind: /^m=(\w+)/.exec(text)?.[1] ?? '',
    mid: /^a=mid:(\S+)/m.exec(text)?.[1] ?? '',
    direction: /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(text)?.[1],
    text,
  };
}

function withBundle(head: string, sections: readonly Section[]): string {
  return head.replace(/^a=group:BUNDLE.*$/m, `a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`);
}

function inactiveSection({ kind, mid, text }: Section, transport: string): string {
  const [, protocol, payloadType] = /^m=\w+ \d+ (\S+) (\S+)/.exec(text) ?? [];
  const codec = new RegExp(`^a=rtpmap:${payloadType} .*\\r\\n`, 'm').exec(text)?.[0] ?? '';
  const lines = [
    `m=${kind} 9 ${protocol} ${payloadType}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=inactive',
    'a=rtcp-mux',
  ];
  return `${lines.join('\r\n')}\r\n${codec}${transport}`;
}

function nameTrack(section: string, agentTrack: string | undefined): string {
  const unnamed = section.replace(/^a=(?:msid|ssrc|ssrc-group):.*\r\n/gm, '');
  if (agentTrack === undefined) return unnamed.replace(/^a=(?:sendonly|sendrecv)\r\n/m, 'a=inactive\r\n');
  return section.replace(/^a=msid:.*\r\n/gm, '').replace(/^(a=mid:.*\r\n)/m, `$1a=msid:${agentTrack}\r\n`);
}
