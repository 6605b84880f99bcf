import { nothing } from 'lit/html.js';
import { lazy } from '../../async/lazy.js';
import type { CallTrace } from '../../call/call-diary.js';
import { IDLE, isLive, type CallStatus } from '../../call/call-state.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { Thread } from '../../chat/thread.js';
import type { CallControl, CallControlOptions } from './call-control.js';
import { LateControl } from './late-control.js';
import { STAND_IN } from './load-guidance.js';
import type { PanelModel } from './views/panel-view.js';

const loadCallControl = lazy(() => import('./call-control.js'));

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

/** The way to calls. Their code comes when the visitor reaches for one: who only writes never pays for it. */
export class CallDoor {
  readonly #options: CallControlOptions;
  readonly #late: LateControl<typeof import('./call-control.js'), CallControl>;

  constructor(options: CallControlOptions) {
    this.#options = options;
    this.#late = new LateControl(
      options,
      loadCallControl,
      ({ CallControl }) => new CallControl(options),
      'callsNotLoaded',
    );
    document.addEventListener('visibilitychange', () => this.#onVisible(), { signal: options.signal });
  }

  /** `null` until the code is here. */
  get control(): CallControl | null {
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
  load(): Promise<CallControl | null> {
    return this.#late.load();
  }

  /** What is here or on its way; `null` when nobody has asked for it. */
  get loaded(): Promise<CallControl | null> | null {
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
    const guidance = this.control?.guidance ?? STAND_IN;
    return guidance.failureCardView(model, failure, guidance.guidanceFor(failure, model.config, model.words));
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
