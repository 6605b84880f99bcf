import { connect, type Socket } from 'node:net';
import type { Command, Wire } from './driver.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type Reply = [type: 1, id: number, error: { error: string; message: string } | null, value: unknown];

/**
 * Marionette, which Firefox speaks by itself: the commands of WebDriver as `LENGTH:[0,id,name,parameters]`. The `geckodriver`
 * that translates WebDriver's HTTP into it is in no package of Debian.
 */
export class MarionetteWire implements Wire {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #rest: Buffer = Buffer.alloc(0);
  #hasGreeted = false;

  /** Resolves when Firefox has said its greeting. */
  static async open(port: number): Promise<MarionetteWire> {
    const socket = connect(port, '127.0.0.1');
    const wire = new MarionetteWire(socket);
    await new Promise<void>((resolve, reject) => {
      wire.#waiting.set(0, { resolve: () => resolve(), reject });
    });
    return wire;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#read(data));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Firefox closed the connection')));
  }

  async start(capabilities: object): Promise<void> {
    await this.send('NewSession', capabilities);
  }

  async send(command: Command, parameters: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const text = JSON.stringify([0, id, `WebDriver:${command}`, parameters]);
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
    const holds = answer !== null && typeof answer === 'object' && Object.keys(answer).join() === 'value';
    return holds ? (answer as { value: unknown }).value : answer;
  }

  async close(): Promise<void> {
    await this.send('DeleteSession').catch(() => undefined);
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data]);
    for (;;) {
      const colon = this.#rest.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#rest.subarray(0, colon).toString());
      if (this.#rest.length < end) return;
      const message = JSON.parse(this.#rest.subarray(colon + 1, end).toString()) as unknown;
      this.#rest = this.#rest.subarray(end);
      this.#take(message);
    }
  }

  #take(message: unknown): void {
    if (!this.#hasGreeted) {
      this.#hasGreeted = true;
      return this.#settle(0, null, message);
    }
    const [, id, error, value] = message as Reply;
    this.#settle(id, error && new Error(`${error.error}: ${error.message}`), value);
  }

  #settle(id: number, error: Error | null, value: unknown): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(error);
    else waiting?.resolve(value);
  }

  #fail(error: Error): void {
    for (const id of this.#waiting.keys()) this.#settle(id, error, null);
  }
}
