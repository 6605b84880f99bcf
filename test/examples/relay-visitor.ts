import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

export const SITE = 'https://site.example';
/** On every request; the relay passes none of it on. */
const COOKIE = 'session=of-the-site';
const HERE = '127.0.0.1';
const LIMIT_MS = 10_000;
/** Shorter than any timeout by which a host would end an idle connection. */
const CLOSING_LIMIT_MS = 4_000;

export interface Ask {
  /** `POST` with a body, else `GET`. */
  method?: string;
  body?: object;
  origin?: string;
  headers?: Record<string, string>;
  /** One of loopback's. */
  address?: string;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  /** The body; empty when there is none. */
  json: { reply?: string; sessionId?: string; callId?: string; error?: string };
}

/** How a host differs from a plain server. */
export interface HostManner {
  /** In which its proxy tells the visitor's address. */
  addressHeader?: string;
  /** It takes a visitor who closes the connection for one who listens on, and understands a reset alone. */
  needsReset?: boolean;
  /** It says that a refused body is the end of the connection, and leaves the end to the client. */
  leavesClosing?: boolean;
}

/** A request that is under way. */
export interface Asking {
  /** The head of the answer. */
  response: Promise<IncomingMessage>;
  /** Closes the connection. */
  leave: () => void;
}

/** A page of the site before a relay, on a new connection each time. Keeps all that it is answered. */
export class RelayVisitor {
  readonly answered: string[] = [];
  readonly #url: URL;
  readonly #manner: HostManner;

  constructor(url: string, manner: HostManner) {
    this.#url = new URL(url);
    this.#manner = manner;
  }

  async ask(path: string, options: Ask = {}): Promise<Answer> {
    const response = await this.start(path, options).response;
    let text = '';
    for await (const piece of this.pieces(response)) text += piece;
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      json: text === '' ? {} : JSON.parse(text),
    };
  }

  chat(agentId: string, message: string, sessionId?: string): Promise<Answer> {
    return this.ask(`/osmtalk/api/widget/agents/${agentId}/chat`, { body: { message, sessionId } });
  }

  start(path: string, options: Ask = {}): Asking {
    const { body, method = body ? 'POST' : 'GET', origin = SITE, address = HERE, headers } = options;
    const sent = request(new URL(path, this.#url), {
      agent: false,
      method,
      localAddress: address,
      headers: { ...this.#headers(origin, address), ...(body && JSON_TYPE), ...headers },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    sent.end(body && JSON.stringify(body));
    const leave = (): void => {
      if (this.#manner.needsReset) sent.socket?.resetAndDestroy();
      else sent.destroy();
    };
    return { response: this.#responseTo(sent), leave };
  }

  /** The body, as it comes. */
  async *pieces(response: IncomingMessage): AsyncGenerator<string, void> {
    for await (const piece of response as AsyncIterable<string>) {
      this.answered.push(piece);
      yield piece;
    }
  }

  /** Sends a body without ever ending it. Resolves with the whole answer, once the host has closed the connection. */
  async sendWithoutEnd(path: string, head: Record<string, string>, body: string): Promise<string> {
    const { host, hostname, port } = this.#url;
    const headers = { host, ...this.#headers(SITE, HERE), ...JSON_TYPE, ...head };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = connect({
      host: hostname,
      port: Number(port),
      signal: AbortSignal.timeout(CLOSING_LIMIT_MS),
    });
    let answer = '';
    let problem: Error | undefined;
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answer += piece;
      const isWhole = answer.includes('\r\n\r\n{') && answer.endsWith('}');
      if (this.#manner.leavesClosing && isWhole && /^connection: close\r$/im.test(answer)) socket.destroy();
    });
    socket.on('error', (error) => (problem = error));
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
    await new Promise((resolve) => socket.once('close', resolve));
    this.answered.push(answer);
    if (problem?.name === 'AbortError') throw new Error(`The connection stayed open after: ${answer}`);
    return answer;
  }

  async #responseTo(sent: ClientRequest): Promise<IncomingMessage> {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    this.answered.push(JSON.stringify(response.headers));
    return response.setEncoding('utf8');
  }

  #headers(origin: string, address: string): Record<string, string> {
    const { addressHeader } = this.#manner;
    return { origin, cookie: COOKIE, ...(addressHeader !== undefined && { [addressHeader]: address }) };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
