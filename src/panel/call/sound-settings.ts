import type { TemplateResult } from 'lit/html.js';
import type { CallSession } from '../../call/call-session.js';
import { AudioDevices, type AudioDeviceChange } from '../../voice/devices.js';
import { devicesView, type DevicesWords } from './devices-view.js';

/** The visitor's microphone, speaker and loudness: shows the choice, remembers it, and applies it to the running call. */
export class SoundSettings {
  readonly #devices: AudioDevices;
  readonly #session: () => CallSession;
  readonly #onChange: () => void;
  /**
   * Whether a page can change the volume; `null` before it was tried. On iOS setting it changes nothing: only the phone's
   * buttons do.
   */
  #canSetVolume: boolean | null = null;
  /** The agent's volume, 0 to 100. */
  #volume = 100;

  /** `mayLook` says whether the visitor has agreed to what the site asks. */
  constructor(session: () => CallSession, onChange: () => void, mayLook: () => boolean) {
    this.#session = session;
    this.#onChange = onChange;
    this.#devices = new AudioDevices({ mayLook, onChange: (change) => this.#onDevices(change) });
  }

  get microphoneId(): string | undefined {
    return this.#devices.microphoneId || undefined;
  }

  /**
   * Called when a call is connected: the microphone permission reveals the names of the devices, and the sound goes to the
   * speaker that the visitor has chosen.
   */
  async onCallUp(): Promise<void> {
    const session = this.#session();
    session.setVolume(this.#volume / 100);
    await this.#devices.list();
    if (this.#devices.speakerId) await session.setSpeaker(this.#devices.speakerId);
    this.#onChange();
  }

  view(words: DevicesWords): TemplateResult {
    const { microphoneId, speakerId, canChooseSpeaker, known } = this.#devices;
    return devicesView({
      ...known,
      microphoneId,
      speakerId,
      canChooseSpeaker,
      canSetVolume: (this.#canSetVolume ??= Object.assign(new Audio(), { volume: 0.5 }).volume === 0.5),
      volume: this.#volume,
      words,
      onMicrophone: (deviceId) => {
        this.#devices.chooseMicrophone(deviceId);
        void this.#session().useMicrophone(deviceId || undefined);
      },
      onSpeaker: (deviceId) => {
        this.#devices.chooseSpeaker(deviceId);
        void this.#session().setSpeaker(deviceId);
      },
      onVolume: (volume) => {
        this.#volume = volume;
        this.#session().setVolume(volume / 100);
      },
    });
  }

  dispose(): void {
    this.#devices.dispose();
  }

  /**
   * Sets the speaker again when one vanishes or the chosen one arrives: only this list reports speakers. A microphone that
   * vanishes ends its track, which the call notices.
   */
  #onDevices({ vanished, arrived }: AudioDeviceChange): void {
    const { speakerId } = this.#devices;
    if (vanished.speakers.length > 0 || arrived.speakers.some((speaker) => speaker.deviceId === speakerId)) {
      void this.#session().setSpeaker(speakerId);
    }
    this.#onChange();
  }
}
