import { toJson } from '../wire/to-json.js';

export interface AudioDevice {
  deviceId: string;
  label: string;
}

export interface AudioDeviceList {
  microphones: readonly AudioDevice[];
  speakers: readonly AudioDevice[];
}

/**
 * The devices that were plugged in or out. Both lists are empty when devices only became visible, since the microphone was
 * granted meanwhile.
 */
export interface AudioDeviceChange {
  devices: AudioDeviceList;
  arrived: AudioDeviceList;
  vanished: AudioDeviceList;
}

export interface AudioDevicesOptions {
  onChange?: ((change: AudioDeviceChange) => void) | undefined;
  /** Aborting calls `dispose()`. */
  signal?: AbortSignal | undefined;
  /** `undefined` in insecure contexts and in some WebViews: there are no devices then. */
  mediaDevices?: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener'> | undefined;
  /** While it returns false, devices are never listed, even after a `devicechange` event. */
  mayLook?: (() => boolean) | undefined;
  /** A function, since merely touching `localStorage` throws where storage is blocked. */
  store?: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

type StorageKey = 'osmtalk:microphone' | 'osmtalk:speaker';

/** The devices that the browser lists; `null` while it hides them, until the microphone is granted. */
interface Survey {
  microphones: AudioDevice[] | null;
  speakers: AudioDevice[] | null;
}

const HIDDEN: Survey = { microphones: null, speakers: null };

/** Ids under which Chromium lists the system's default device once more; the picker has "System default" for it. */
const ALIASES = ['default', 'communications'];

/** The microphones and speakers of this computer, and the visitor's choice among them, which this browser remembers. */
export class AudioDevices {
  readonly #disposed = new AbortController();
  readonly #onChange: (change: AudioDeviceChange) => void;
  readonly #mediaDevices: AudioDevicesOptions['mediaDevices'];
  readonly #mayLook: () => boolean;
  readonly #store: NonNullable<AudioDevicesOptions['store']>;
  /** The choices made on this page, kept here too for browsers whose storage is blocked. */
  readonly #choices = new Map<StorageKey, string>();
  #latest: Survey = HIDDEN;
  /** The devices that the next `onChange` is compared with. */
  #told: Survey = HIDDEN;
  #turn: Promise<unknown>;

  constructor(options: AudioDevicesOptions = {}) {
    const { onChange, signal, mediaDevices, mayLook, store } = {
      mediaDevices: globalThis.navigator?.mediaDevices,
      store: () => localStorage,
      ...options,
    };
    this.#onChange = onChange ?? (() => undefined);
    this.#mediaDevices = mediaDevices;
    this.#mayLook = mayLook ?? (() => true);
    this.#store = store;
    const disposed = this.#disposed.signal;
    if (signal?.aborted) this.dispose();
    signal?.addEventListener('abort', () => this.dispose(), { signal: disposed });
    mediaDevices?.addEventListener('devicechange', () => this.#checkInTurn(), { signal: disposed });
    this.#turn = this.#survey();
  }

  /** Whether a speaker can be chosen: `setSinkId` is missing in Safari and in browsers on iOS. */
  get canChooseSpeaker(): boolean {
    return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
  }

  /** The devices as they were last listed. */
  get known(): AudioDeviceList {
    return toList(this.#latest);
  }

  /**
   * The remembered microphone, if it is there; `''` for the system's default. Before the microphone is granted the browser hides
   * the devices: the id is then returned unchecked, and `getUserMedia` finds out.
   */
  get microphoneId(): string {
    return ifThere(this.#recall('osmtalk:microphone'), this.#latest.microphones);
  }

  /** Like `microphoneId`, for the speaker; always `''` where no speaker can be chosen. */
  get speakerId(): string {
    return this.canChooseSpeaker ? ifThere(this.#recall('osmtalk:speaker'), this.#latest.speakers) : '';
  }

  /**
   * Lists the devices again, e.g. after the microphone was granted. Resolves with empty lists before that, and where the browser
   * lists nothing; never rejects.
   */
  async list(): Promise<AudioDeviceList> {
    return toList(await this.#survey());
  }

  /** Remembers the chosen microphone; `''` for the system's default. The caller must switch to the device itself. */
  chooseMicrophone(deviceId: string): void {
    this.#remember('osmtalk:microphone', deviceId);
  }

  /** Like `chooseMicrophone`, for the speaker. */
  chooseSpeaker(deviceId: string): void {
    this.#remember('osmtalk:speaker', deviceId);
  }

  /** Stops listening for device changes. The choices stay stored. */
  dispose(): void {
    this.#disposed.abort();
  }

  /** Checks run one after the other: plugging in a headset fires several events at once. */
  #checkInTurn(): void {
    this.#turn = this.#turn.then(() => this.#check());
  }

  async #check(): Promise<void> {
    // Without permission to list devices, all of them would seem to have vanished.
    if (!this.#mayLook()) return;
    const before = this.#told;
    const now = await this.#survey();
    if (this.#disposed.signal.aborted || isSame(before, now)) return;
    this.#told = now;
    this.#onChange({ devices: toList(now), arrived: missing(before, now), vanished: missing(now, before) });
  }

  async #survey(): Promise<Survey> {
    const survey = await this.#enumerate();
    this.#latest = survey;
    // A call of `list()` must not hide a change that `onChange` is about to report; it only adds what was hidden so far.
    this.#told = {
      microphones: this.#told.microphones ?? survey.microphones,
      speakers: this.#told.speakers ?? survey.speakers,
    };
    return survey;
  }

  async #enumerate(): Promise<Survey> {
    try {
      const devices = this.#mayLook() ? await this.#mediaDevices?.enumerateDevices() : null;
      return devices
        ? { microphones: namedDevices(devices, 'audioinput'), speakers: namedDevices(devices, 'audiooutput') }
        : HIDDEN;
    } catch {
      return HIDDEN;
    }
  }

  #recall(key: StorageKey): string {
    const choice = this.#choices.get(key);
    if (choice !== undefined) return choice;
    try {
      return this.#store().getItem(key) ?? '';
    } catch {
      return '';
    }
  }

  #remember(key: StorageKey, deviceId: string): void {
    this.#choices.set(key, deviceId);
    try {
      if (deviceId) this.#store().setItem(key, deviceId);
      else this.#store().removeItem(key);
    } catch {
      // Storage is blocked or full: remembered as long as the page.
    }
  }
}

function namedDevices(devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] | null {
  const ofKind = devices.filter((device) => device.kind === kind);
  const named = ofKind.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
  if (named.length === 0 && ofKind.length > 0) return null;
  return named
    .filter(({ deviceId }) => !ALIASES.includes(deviceId))
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

function toList({ microphones, speakers }: Survey): AudioDeviceList {
  return { microphones: microphones ?? [], speakers: speakers ?? [] };
}

/** The devices of `second` that `first` lacks. A kind of device that is hidden in either gives none. */
function missing(first: Survey, second: Survey): AudioDeviceList {
  return {
    microphones: missingOf(first.microphones, second.microphones),
    speakers: missingOf(first.speakers, second.speakers),
  };
}

function missingOf(first: AudioDevice[] | null, second: AudioDevice[] | null): AudioDevice[] {
  if (!first || !second) return [];
  return second.filter(({ deviceId }) => !first.some((each) => each.deviceId === deviceId));
}

function isSame(first: Survey, second: Survey): boolean {
  return toJson(first) === toJson(second);
}

function ifThere(deviceId: string, devices: AudioDevice[] | null): string {
  return !devices || devices.some((device) => device.deviceId === deviceId) ? deviceId : '';
}
