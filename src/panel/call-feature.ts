import { nothing } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import type { CallTrace } from '../call/call-timeline.js';
import { IDLE, isLive, type CallStatus } from '../call/call-state.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { Thread } from '../chat/thread.js';
import type { CallController, CallControllerOptions } from './call/index.js';
import type { FailureCardFeature } from './failure-card-feature.js';
import { LateFeature } from './late-feature.js';
import type { PanelModel } from './panel-view.js';

const loadCall = lazy(() => import('./call/index.js'));

type CallModel = Pick<
  PanelModel,
  | 'status'
  | 'trace'
  | 'seconds'
  | 'canReturn'
  | 'coolDownSeconds'
  | 'tools'
  | 'sound'
  | 'announcement'
  | 'onReachForCall'
  | 'onEndCall'
  | 'onToggleMute'
  | 'onTapToHear'
  | 'onAllowMicrophone'
  | 'onDismissFailure'
>;

export interface CallFeatureOptions extends CallControllerOptions {
  failures: FailureCardFeature;
}

/** The way to calls. Their code comes when the visitor reaches for one: who only writes never pays for it. */
export class CallFeature {
  readonly #options: CallFeatureOptions;
  readonly #late: LateFeature<typeof import('./call/index.js'), CallController>;

  constructor(options: CallFeatureOptions) {
    this.#options = options;
    this.#late = new LateFeature(
      options,
      loadCall,
      ({ CallController }) => new CallController(options),
      'callsNotLoaded',
    );
    document.addEventListener('visibilitychange', () => this.#onVisible(), { signal: options.signal });
  }

  /** `null` until the code is here. */
  get control(): CallController | null {
    return this.#late.control;
  }

  get status(): CallStatus {
    return this.control?.status ?? IDLE;
  }

  get trace(): CallTrace | null {
    return this.control?.session.trace ?? null;
  }

  get notice(): string | null {
    return this.control?.notice ?? this.#late.notice;
  }

  /** `null` when the code cannot be had, which the visitor is told, or the panel is gone. */
  load(): Promise<CallController | null> {
    return this.#late.load();
  }

  /** What is here or on its way; `null` when nobody has asked for it. */
  get loaded(): Promise<CallController | null> | null {
    return this.#late.loaded;
  }

  /** The visitor's pointer or focus is on the call button. */
  async reach(): Promise<void> {
    (await this.load())?.warmUp();
  }

  /** Whether the live agent has taken it, which the thread then shows. */
  async sendMessage({ id, text }: ThreadMessage, thread: Pick<Thread, 'patch'>): Promise<boolean> {
    const sent = this.control?.session.sendText(text);
    const taken = (await sent?.catch((error: unknown) => (this.#options.report(error), false))) ?? false;
    thread.patch(id, { status: taken ? 'sent' : 'failed' });
    return taken;
  }

  /** What the panel shows of calls, and does. */
  model(): CallModel {
    const { status, trace, control } = this;
    return {
      status,
      trace,
      seconds: status.connectedAtMs === null ? 0 : (performance.now() - status.connectedAtMs) / 1000,
      canReturn: control?.canReturn ?? false,
      coolDownSeconds: control?.coolDown.seconds ?? 0,
      tools: control?.toolCards.tools ?? [],
      sound: control?.soundSettings() ?? nothing,
      announcement: control?.announcement ?? '',
      onReachForCall: () => void this.reach(),
      onEndCall: () => void control?.session.end(),
      onToggleMute: () => void control?.session.setMuted(!status.muted),
      onTapToHear: () => void control?.session.startPlayback(),
      onAllowMicrophone: () => void control?.allowMicrophone(this.#options.signal),
      onDismissFailure: () => this.forgetCall(),
    };
  }

  /** The card of a call that failed. */
  card(model: PanelModel): PanelModel['card'] {
    const { failure } = model.status;
    if (!failure) return nothing;
    return this.#options.failures.view(model, failure);
  }

  forgetCall(): void {
    this.control?.session.reset();
  }

  /** A phone call, Siri or sleep may have paused the sound while the page was away. */
  #onVisible(): void {
    if (document.visibilityState === 'visible' && isLive(this.status.callState))
      void this.control?.session.startPlayback();
  }
}
