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

/** Loads the code of calls when the visitor reaches for a call: a visitor who only writes never downloads it. */
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

  /** `null` until the code has loaded. */
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
    return this.control?.microphone.text ?? this.#late.notice;
  }

  /** Loads the code. Resolves with `null` when it cannot be loaded, which the visitor is shown, or when the panel is gone. */
  load(): Promise<CallController | null> {
    return this.#late.load();
  }

  /** The load that is done or under way; `null` when nothing has asked for it. */
  get loaded(): Promise<CallController | null> | null {
    return this.#late.loaded;
  }

  /** Loads the code of calls: called when the visitor's pointer or focus is on the call button. */
  async reach(): Promise<void> {
    (await this.load())?.warmUp();
  }

  /** Sends a message to the live agent, and marks it as sent or failed in the thread. Resolves with whether it was sent. */
  async sendMessage({ id, text }: ThreadMessage, thread: Pick<Thread, 'patch'>): Promise<boolean> {
    const sent = this.control?.session.sendText(text);
    const taken = (await sent?.catch((error: unknown) => (this.#options.report(error), false))) ?? false;
    thread.patch(id, { status: taken ? 'sent' : 'failed' });
    return taken;
  }

  /** Returns the calls' part of the panel's model: what is shown, and what the buttons do. */
  model(): CallModel {
    const { status, trace, control } = this;
    return {
      status,
      trace,
      seconds: status.connectedAtMs === null ? 0 : (performance.now() - status.connectedAtMs) / 1000,
      canReturn: control?.canReturn ?? false,
      coolDownSeconds: control?.coolDown.seconds ?? 0,
      tools: control?.tools() ?? nothing,
      sound: control?.soundSettings() ?? nothing,
      announcement: control?.announcement ?? '',
      onReachForCall: () => void this.reach(),
      onEndCall: () => void control?.session.end(),
      onToggleMute: () => void control?.session.setMuted(!status.muted),
      onTapToHear: () => void control?.session.startPlayback(),
      onAllowMicrophone: () => void control?.microphone.allow(this.#options.signal),
      onDismissFailure: () => this.forgetCall(),
    };
  }

  /** Renders the card of a failed call; `nothing` without a failure. */
  card(model: PanelModel): PanelModel['card'] {
    const { failure } = model.status;
    if (!failure) return nothing;
    return this.#options.failures.view(model, failure);
  }

  forgetCall(): void {
    this.control?.session.reset();
  }

  /** Resumes the sound, which a phone call, Siri or sleep may have paused while the page was hidden. */
  #onVisible(): void {
    if (document.visibilityState === 'visible' && isLive(this.status.callState))
      void this.control?.session.startPlayback();
  }
}
