import { randomUUID } from 'node:crypto';
import { type DataPacket, RpcAck, RpcError, RpcRequest, RpcResponse } from '@livekit/protocol';

type PacketValue = DataPacket['value'];

interface PendingCall {
  resolve: (result: string) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const unsupportedMethod = 1400;

/** RPC with the caller's page, both ways: the agent asks, and answers that it offers no methods of its own. */
export class RpcPeer {
  readonly #pending = new Map<string, PendingCall>();

  constructor(private readonly send: (value: PacketValue) => void) {}

  call(method: string, payload: string, timeoutMs: number): Promise<string> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error('The page did not answer in time.'));
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      const request = new RpcRequest({ id, method, payload, responseTimeoutMs: timeoutMs, version: 1 });
      this.send({ case: 'rpcRequest', value: request });
    });
  }

  receive({ value }: DataPacket): void {
    if (value.case === 'rpcResponse') this.#settle(value.value);
    if (value.case === 'rpcRequest') this.#refuse(value.value.id);
  }

  close(): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error('The call is over.'));
    }
    this.#pending.clear();
  }

  #settle({ requestId, value }: RpcResponse): void {
    const pending = this.#pending.get(requestId);
    if (!pending) return;
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    if (value.case === 'payload') pending.resolve(value.value);
    else if (value.case === 'error') pending.reject(new Error(value.value.message));
    else pending.reject(new Error('The page gave an answer that cannot be read.'));
  }

  #refuse(requestId: string): void {
    const error = new RpcError({ code: unsupportedMethod, message: 'Method not supported at destination' });
    this.send({ case: 'rpcAck', value: new RpcAck({ requestId }) });
    this.send({
      case: 'rpcResponse',
      value: new RpcResponse({ requestId, value: { case: 'error', value: error } }),
    });
  }
}
