import { Agent, request } from 'node:http';
import type { Command, Wire } from './driver.js';

const PATHS: Record<Command, [method: 'GET' | 'POST' | 'DELETE', path: string]> = {
  NewSession: ['POST', ''],
  DeleteSession: ['DELETE', ''],
  Navigate: ['POST', '/url'],
  Refresh: ['POST', '/refresh'],
  ExecuteAsyncScript: ['POST', '/execute/async'],
  PerformActions: ['POST', '/actions'],
  SetWindowRect: ['POST', '/window/rect'],
  TakeScreenshot: ['GET', '/screenshot'],
  NewWindow: ['POST', '/window/new'],
  CloseWindow: ['DELETE', '/window'],
  GetWindowHandle: ['GET', '/window'],
  SwitchToWindow: ['POST', '/window'],
};

interface Failure {
  error: string;
  message: string;
}

/** W3C WebDriver over HTTP, as `WebKitWebDriver` serves it. */
export class WebDriverWire implements Wire {
  readonly #port: number;
  #session = '';

  constructor(port: number) {
    this.#port = port;
  }

  async start(capabilities: object): Promise<void> {
    const answer = await this.send('NewSession', { capabilities: { alwaysMatch: capabilities } });
    this.#session = `/${(answer as { sessionId: string }).sessionId}`;
  }

  async send(command: Command, parameters?: object): Promise<unknown> {
    const [method, path] = PATHS[command];
    const value = await this.#ask(
      method,
      `/session${this.#session}${path}`,
      method === 'POST' ? parameters : undefined,
    );
    const failure = value as Failure | null;
    if (failure && typeof failure === 'object' && 'error' in failure && 'message' in failure)
      throw new Error(`${command}: ${failure.error}: ${failure.message}`);
    return value;
  }

  /** Whether the driver answers at all. */
  async isThere(): Promise<boolean> {
    return this.#ask('GET', '/status').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    if (this.#session) await this.send('DeleteSession').catch(() => undefined);
  }

  #ask(method: string, path: string, body?: object): Promise<unknown> {
    const data = body === undefined ? '' : JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) };
    // A new connection each time: the driver closes one that waits.
    const agent = new Agent({ keepAlive: false });
    return new Promise((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port: this.#port, method, path, headers, agent },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () => {
            try {
              resolve((JSON.parse(Buffer.concat(pieces).toString()) as { value: unknown }).value);
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          });
        },
      );
      asking.on('error', reject);
      asking.end(data);
    });
  }
}
