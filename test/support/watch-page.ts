import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';

/** What leaves a page, and what it looks at. */
export interface PageWatch {
  /** Every request, beacon and WebSocket of every page, frame and worker of the context, as `METHOD address`. */
  readonly sent: string[];
  /** Every look at a device, and every connection or sound that was begun. */
  readonly looks: string[];
}

/** Watches the pages of this context from before their first script. */
export async function watchPages(context: BrowserContext): Promise<PageWatch> {
  const watch: PageWatch = { sent: [], looks: [] };
  context.on('request', (request) => watch.sent.push(`${request.method()} ${request.url()}`));
  const listen = (page: Page): unknown =>
    page.on('websocket', (socket) => watch.sent.push(`WEBSOCKET ${socket.url()}`));
  context.pages().forEach(listen);
  context.on('page', listen);
  await context.exposeFunction('noteLook', (look: string) => void watch.looks.push(look));
  await context.addInitScript(() => {
    const { noteLook: note } = window as unknown as { noteLook(look: string): void };
    for (const name of ['enumerateDevices', 'getUserMedia', 'getDisplayMedia'] as const) {
      const look: unknown = MediaDevices.prototype[name];
      Object.assign(MediaDevices.prototype, {
        [name](this: MediaDevices, ...given: unknown[]) {
          note(name);
          return Reflect.apply(look as () => unknown, this, given);
        },
      });
    }
    for (const name of ['RTCPeerConnection', 'AudioContext', 'WebSocket', 'Worker'] as const) {
      const Class = window[name] as new (...given: unknown[]) => object;
      Object.assign(window, {
        [name]: class extends Class {
          constructor(...given: unknown[]) {
            super(...given);
            note(name);
          }
        },
      });
    }
  });
  return watch;
}

/** Another origin, with all that stands behind it. What is no request to the browser counts here, too. */
export interface CountedDoor {
  readonly url: string;
  /** How many connections were made to it. */
  connections(): number;
  /** Closes what is open, so that a browser which kept a connection for later must make a new one. */
  closeConnections(): void;
  close(): Promise<void>;
}

/** Passes all on to the server at this address. */
export async function openCountedDoor(address: string): Promise<CountedDoor> {
  const { hostname, port, pathname } = new URL(address);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((caller) => {
    count += 1;
    const inside = connect(Number(port), hostname);
    for (const [one, other] of [
      [caller, inside],
      [inside, caller],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const closeConnections = (): void => sockets.forEach((socket) => void socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname === '/' ? '' : pathname}`,
    connections: () => count,
    closeConnections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeConnections();
      }),
  };
}
