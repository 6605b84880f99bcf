import { type DataPacket, RpcAck, RpcError, RpcRequest, RpcResponse } from '@livekit/protocol';
import { PendingAnswers } from '../agent/pending-answers.js';

type PacketValue = DataPacket['value'];

const unsupportedMethod = 1400;

/** RPC with the caller's page, both ways: the agent asks, and answers to the methods that it offers. */
export class RpcPeer {
  readonly #answers = new PendingAnswers();

  /** `methods`: what runs with the payload when the page calls a method. */
  constructor(
    private readonly send: (value: PacketValue) => void,
    private readonly methods: Readonly<Record<string, (payload: string) => void>> = {},
  ) {}

  call(method: string, payload: string, timeoutMs: number): Promise<string> {
    return this.#answers.ask(timeoutMs, (id) => {
      const request = new RpcRequest({ id, method, payload, responseTimeoutMs: timeoutMs, version: 1 });
      this.send({ case: 'rpcRequest', value: request });
    });
  }

  receive({ value }: DataPacket): void {
    if (value.case === 'rpcResponse') this.#settle(value.value);
    if (value.case === 'rpcRequest') this.#answer(value.value);
  }

  close(): void {
    this.#answers.close();
  }

  #settle({ requestId, value }: RpcResponse): void {
    if (value.case === 'payload') this.#answers.resolve(requestId, value.value);
    else if (value.case === 'error') this.#answers.reject(requestId, value.value.message);
    else this.#answers.reject(requestId, 'The page gave an answer that cannot be read.');
  }

  #answer({ id: requestId, method, payload }: RpcRequest): void {
    const run = Object.hasOwn(this.methods, method) ? this.methods[method] : undefined;
    run?.(payload);
    const error = new RpcError({ code: unsupportedMethod, message: 'Method not supported at destination' });
    this.send({ case: 'rpcAck', value: new RpcAck({ requestId }) });
    this.send({
      case: 'rpcResponse',
      value: new RpcResponse({
        requestId,
        value: run ? { case: 'payload', value: '' } : { case: 'error', value: error },
      }),
    });
  }
}
