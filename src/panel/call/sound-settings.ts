import type { TemplateResult } from 'lit/html.js';
import type { CallSession } from '../../call/call-session.js';
import { AudioDevices, type AudioDeviceChange } from '../../voice/devices.js';
import { devicesView, type DevicesWords } from './devices-view.js';

/** The visitor's microphone, speaker and loudness: shows the choice, remembers it, and applies it to the running call. */
export class SoundSettings {
  readonly #devices: AudioDevices;
  readonly #session: () => CallSession;
  readonly #onChange: () => void;
  /** On iOS a page may set it, and nothing changes: the buttons of the phone alone do that. `null`: not tried yet. */
  #canSetVolume: boolean | null = null;
  /** Of the agent, 0 to 100. */
  #volume = 100;

  /** `mayLook`: the visitor has agreed to what the site asks. */
  constructor(session: () => CallSession, onChange: () => void, mayLook: () => boolean) {
    this.#session = session;
    this.#onChange = onChange;
    this.#devices = new AudioDevices({ mayLook, onChange: (change) => this.#onDevices(change) });
  }

  get microphoneId(): string | undefined {
    return this.#devices.microphoneId || undefined;
  }

  /** A call came up: its permission tells the names of the devices, and its sound goes where the visitor wants it. */
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

  /** A microphone that vanishes ends its track, which the call notices; of a speaker only this list tells. */
  #onDevices({ vanished, arrived }: AudioDeviceChange): void {
    const { speakerId } = this.#devices;
    if (vanished.speakers.length > 0 || arrived.speakers.some((speaker) => speaker.deviceId === speakerId)) {
      void this.#session().setSpeaker(speakerId);
    }
    this.#onChange();
  }
}
