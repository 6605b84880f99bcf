import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LoggedRequest, RequestLog } from './api/request-log.js';
import { createWidgetApi } from './api/widget-api.js';
import { CallStore } from './calls/call-store.js';
import { LiveCalls } from './calls/live-calls.js';
import { OutboundCalls } from './calls/outbound-calls.js';
import { ChatSessions } from './chat/chat-sessions.js';
import { createDemoApi } from './demo-api/demo-api.js';
import { HttpFaults } from './http-faults/http-faults.js';
import { HttpError } from './http/http-error.js';
import { isLocal } from './http/is-local.js';
import { type FetchHandler, nodeListener } from './http/node-listener.js';
import { serveStatic } from './http/static-files.js';
import { EmbeddedMediaServer } from './livekit/embedded-media-server.js';
import { type Environment, readServerAddress } from './livekit-server/server-address.js';
import { ServerMedia } from './livekit-server/server-media.js';
import { relayToOwnAgent } from './own-agent.js';
import { defaultTimings, type Timings } from './timings.js';
import { SmallWebRtcServer } from './webrtc/small-webrtc-server.js';
import { WebRtcMediaServer } from './webrtc/webrtc-media-server.js';

const NOT_LOCAL = 'This backend answers localhost alone. OPEN_TO=anybody opens it to pages of other hosts.\n';

export interface BackendOptions {
  /** 0 finds a free one. @default 4002 */
  port?: number;
  /** Loopback alone by default: this backend has no secrets, and no defences either. @default '127.0.0.1' */
  host?: string;
  /**
   * Hosts and origins that are answered: those of this machine, or all, for pages that stand elsewhere. `fetch` below answers
   * everybody.
   * @default 'localhost'
   */
  openTo?: 'localhost' | 'anybody';
  /** Looked through in this order for every path that is not the API's. */
  staticDirs?: readonly string[];
  /** Shorter waits, for tests. */
  timings?: Partial<Timings>;
  /**
   * `LIVEKIT_URL`, `LIVEKIT_API_KEY` and `LIVEKIT_API_SECRET` send the calls through a LiveKit server; `LIVEKIT_AGENT_NAME` beside them,
   * to a worker of one's own there.
   * @default process.env
   */
  env?: Environment;
}

export interface Backend {
  /** `http://localhost:PORT` */
  readonly url: string;
  readonly port: number;
  /** The LiveKit server that carries the calls; undefined when this process does it. */
  readonly livekitUrl: string | undefined;
  /** The same answers without a socket. */
  fetch: FetchHandler;
  readonly calls: CallStore;
  readonly liveCalls: LiveCalls;
  /** The last requests to the widget API. */
  requests(): readonly LoggedRequest[];
  /**
   * Ends every call and leaves no socket, timer or UDP port behind. With a LiveKit server its SDK stays loaded;
   * `disposeRtc` lets the process end.
   */
  close(): Promise<void>;
}

/** Starts the local stand-in of osmTalk: the widget API, the media rooms, the test hooks and the static files. */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const {
    port = 4002,
    host = '127.0.0.1',
    openTo = 'localhost',
    staticDirs = [],
    env = process.env,
  } = options;
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const closing = new AbortController();
  const calls = new CallStore();
  const serverAddress = readServerAddress(env);
  const embedded = new EmbeddedMediaServer(timings);
  const hasOwnAgent = serverAddress !== undefined && Boolean(env.LIVEKIT_AGENT_NAME);
  const livekit = serverAddress && !hasOwnAgent ? await ServerMedia.create(serverAddress, timings) : embedded;
  const webrtc = new WebRtcMediaServer(timings);
  const smallwebrtc = new SmallWebRtcServer(timings);
  const liveCalls = new LiveCalls({ livekit, webrtc, smallwebrtc }, calls, timings);
  const outboundCalls = new OutboundCalls(calls, timings);
  const chatSessions = new ChatSessions(calls);
  const requestLog = new RequestLog();
  const httpFaults = new HttpFaults();
  const services = { calls, liveCalls, outboundCalls, chatSessions, timings };
  const widgetApi = createWidgetApi({ ...services, requestLog, httpFaults, closing: closing.signal });
  const demoApi = createDemoApi({ liveCalls, requestLog, httpFaults });

  const handle: FetchHandler = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/widget/')) return (ownAgent ?? widgetApi)(request);
    if (pathname.startsWith('/api/demo/')) return demoApi(request);
    if (embedded.handles(pathname)) return embedded.validate(request);
    if (webrtc.handles(pathname)) return webrtc.handle(request);
    if (smallwebrtc.handles(pathname)) return smallwebrtc.handle(request);
    const file = await serveStatic(request, staticDirs);
    return file ?? new HttpError(404, 'not_found', 'There is nothing here.').toResponse();
  };

  const isWelcome = ({ headers }: IncomingMessage): boolean => openTo === 'anybody' || isLocal(headers);
  const answer = nodeListener(handle);
  const server = createServer((incoming, outgoing) => {
    if (isWelcome(incoming)) return answer(incoming, outgoing);
    outgoing.writeHead(403, { connection: 'close' }).end(NOT_LOCAL);
  });
  server.on('upgrade', (incoming, socket, head) => {
    if (isWelcome(incoming)) embedded.upgrade(incoming, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
  });
  const actualPort = await listen(server, port, host);
  const ownAgent = relayToOwnAgent(env, serverAddress, actualPort);

  return {
    url: `http://localhost:${actualPort}`,
    port: actualPort,
    livekitUrl: serverAddress?.socketUrl,
    fetch: handle,
    calls,
    liveCalls,
    requests: () => requestLog.list(),
    async close() {
      closing.abort();
      liveCalls.endAll();
      outboundCalls.close();
      await Promise.all([livekit.close(), embedded.close(), webrtc.close(), smallwebrtc.close()]);
      await stop(server);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
