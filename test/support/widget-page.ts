import type { Locator, Page } from '@playwright/test';
import type { Backend } from '../../demo/backend/start-backend.js';
import type { Diagnostics } from '../../src/panel/diagnostics/diagnostics.js';
import type { OsmtalkEventMap } from '../../src/contract/events.js';

interface SeenEvent {
  name: string;
  detail: unknown;
}

export interface AudioEnergy {
  /** `inbound-rtp.totalAudioEnergy` of every remote audio track, added up. */
  heard: number;
  /** `media-source.totalAudioEnergy` of the microphone. */
  spoken: number;
}

/** What the page's own code would see, recorded from before its first script. */
declare global {
  interface Window {
    seen: {
      events: SeenEvent[];
      tracks: MediaStreamTrack[];
      peers: RTCPeerConnection[];
      sockets: WebSocket[];
    };
  }
}

/** Where the page with these attributes on its widget is. */
export type Address = (attributes: Record<string, string>) => string;

/** A page with one widget, pressed as a visitor would, and looked at from outside. */
export class WidgetPage {
  readonly page: Page;
  readonly backend: Backend;
  /** Every request of the page, as `METHOD /path`. */
  readonly requests: string[] = [];
  readonly pageErrors: string[] = [];

  readonly #address: Address;

  /** `address`: of another page than the demo's. */
  static async prepare(page: Page, backend: Backend, address?: Address): Promise<WidgetPage> {
    await page.addInitScript(record);
    return new WidgetPage(page, backend, address ?? ((attributes) => demoAddress(backend, attributes)));
  }

  private constructor(page: Page, backend: Backend, address: Address) {
    this.page = page;
    this.backend = backend;
    this.#address = address;
    page.on('request', (request) =>
      this.requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );
    page.on('pageerror', (error) => this.pageErrors.push(error.message));
  }

  get element(): Locator {
    return this.page.locator('osmtalk-widget');
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get card(): Locator {
    return this.page.getByRole('alert');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The same site in another tab. */
  async another(): Promise<WidgetPage> {
    return WidgetPage.prepare(await this.page.context().newPage(), this.backend, this.#address);
  }

  /** Opens the page with these attributes on its widget. */
  async visit(attributes: Record<string, string> = {}): Promise<void> {
    await this.page.goto(this.#address(attributes));
  }

  async visitAndOpen(attributes: Record<string, string> = {}): Promise<void> {
    await this.visit(attributes);
    await this.button('Talk to us').click();
    await this.page.getByRole('dialog').waitFor();
  }

  async startCall(): Promise<void> {
    await this.button('Start a call').click();
    await this.reached('connected');
  }

  /** Resolves when the element says that the call is in this state. */
  async reached(state: string): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => document.querySelector('osmtalk-widget')?.callState === wanted,
      state,
      { timeout: 60_000, polling: 50 },
    );
  }

  callId(): Promise<string | null> {
    return this.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).callId);
  }

  /** The backend's own id of the call: what a relay gives to pages begins with it. */
  async backendCallId(): Promise<string> {
    return (await this.callId())?.split('.')[0] ?? '';
  }

  async details<Name extends keyof OsmtalkEventMap>(name: Name): Promise<OsmtalkEventMap[Name]['detail'][]> {
    const events = await this.page.evaluate(() => window.seen.events);
    return events
      .filter((event) => event.name === name)
      .map((event) => event.detail as OsmtalkEventMap[Name]['detail']);
  }

  /** Tracks of the microphone that are still open. */
  liveTracks(): Promise<number> {
    return this.page.evaluate(() => window.seen.tracks.filter((track) => track.readyState === 'live').length);
  }

  /** Peer connections and WebSockets that are still open. */
  openLinks(): Promise<number> {
    return this.page.evaluate(() => {
      const peers = window.seen.peers.filter((peer) => peer.connectionState !== 'closed');
      const sockets = window.seen.sockets.filter((socket) => socket.readyState < WebSocket.CLOSING);
      return peers.length + sockets.length;
    });
  }

  energy(): Promise<AudioEnergy> {
    return this.page.evaluate(async () => {
      const sum = { heard: 0, spoken: 0 };
      for (const peer of window.seen.peers) {
        (await peer.getStats()).forEach(
          (stats: { type: string; kind?: string; totalAudioEnergy?: number }) => {
            if (stats.kind !== 'audio') return;
            if (stats.type === 'inbound-rtp') sum.heard += stats.totalAudioEnergy ?? 0;
            if (stats.type === 'media-source') sum.spoken += stats.totalAudioEnergy ?? 0;
          },
        );
      }
      return sum;
    });
  }

  /** What the element knows of its last call. */
  async diagnostics(): Promise<Diagnostics> {
    const diagnostics = await this.element.evaluate((element) =>
      (element as HTMLElementTagNameMap['osmtalk-widget']).getDiagnostics(),
    );
    if (!diagnostics) throw new Error('The widget has no panel');
    return diagnostics;
  }

  connectRequests(): number {
    return this.requests.filter((request) => /^POST .*\/connect$/.test(request)).length;
  }
}

/** A page without a key, whose widget speaks to the relay at this address. */
export function relayedAddress(site: string, baseUrl: string): Address {
  return (attributes) =>
    `${site}/behind-relay.html?${new URLSearchParams({ ...attributes, 'base-url': baseUrl })}`;
}

function demoAddress({ url }: Backend, attributes: Record<string, string>): string {
  return `${url}/?${new URLSearchParams(attributes)}`;
}

function record(): void {
  // A test may take it from the page.
  const clone = window.structuredClone.bind(window);
  const seen: Window['seen'] = { events: [], tracks: [], peers: [], sockets: [] };
  window.seen = seen;
  const names =
    'open close call-start call-connected call-end failure message transcript state-change tool-call recording context choice callback unread teaser feedback error';
  for (const name of names.split(' ').map((suffix) => `osmtalk-${suffix}`)) {
    addEventListener(
      name,
      (event) => seen.events.push({ name, detail: clone((event as CustomEvent).detail) }),
      true,
    );
  }
  const devices = navigator.mediaDevices;
  const getUserMedia = devices?.getUserMedia.bind(devices);
  if (getUserMedia) {
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      seen.tracks.push(...stream.getTracks());
      return stream;
    };
  }
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      seen.peers.push(this);
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      seen.sockets.push(this);
    }
  };
}
