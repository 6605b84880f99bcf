import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AudioDevices,
  type AudioDeviceChange,
  type AudioDevicesOptions,
} from '../../../src/voice/devices.js';
import { deferred } from '../../support/deferred.js';
import { blockStorages, stubStorages, type FakeStorage } from '../../support/fake-storage.js';

let local: FakeStorage;

beforeEach(() => {
  ({ local } = stubStorages());
  stubMediaElement('setSinkId');
});
afterEach(() => void vi.unstubAllGlobals());

function stubMediaElement(...methods: string[]): void {
  vi.stubGlobal('HTMLMediaElement', {
    prototype: Object.fromEntries(methods.map((name) => [name, () => 0])),
  });
}

const builtIn = device('audioinput', 'mic_1', 'Built-in');
const headset = device('audioinput', 'mic_2', 'Headset');
const speakers = device('audiooutput', 'out_1', 'Speakers');
const earphones = device('audiooutput', 'out_2', 'Headset');

function device(kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo {
  return { kind, deviceId, label, groupId: 'group', toJSON: () => ({}) };
}

/** As a browser lists a device before the microphone is granted. */
function hidden({ kind }: MediaDeviceInfo): MediaDeviceInfo {
  return device(kind, '', '');
}

function named({ deviceId, label }: MediaDeviceInfo): { deviceId: string; label: string } {
  return { deviceId, label };
}

/** What is plugged into a computer. */
class FakeMediaDevices extends EventTarget {
  devices: MediaDeviceInfo[];
  enumerateDevices = vi.fn(async () => this.devices);

  constructor(...devices: MediaDeviceInfo[]) {
    super();
    this.devices = devices;
  }

  plug(...devices: MediaDeviceInfo[]): void {
    this.devices = devices;
    this.dispatchEvent(new Event('devicechange'));
  }
}

function watch(mediaDevices: FakeMediaDevices, options: AudioDevicesOptions = {}) {
  const changes: AudioDeviceChange[] = [];
  const audio = new AudioDevices({ mediaDevices, onChange: (change) => changes.push(change), ...options });
  return { audio, changes };
}

describe('the list', () => {
  it('names microphones and speakers, and no camera', async () => {
    const camera = device('videoinput', 'cam_1', 'Camera');
    const { audio } = watch(new FakeMediaDevices(builtIn, camera, speakers, headset));
    const list = { microphones: [named(builtIn), named(headset)], speakers: [named(speakers)] };
    await expect(audio.list()).resolves.toEqual(list);
    expect(audio.known).toEqual(list);
  });

  it('is empty before the microphone is granted', async () => {
    const mediaDevices = new FakeMediaDevices(hidden(builtIn), hidden(speakers));
    const { audio } = watch(mediaDevices);
    await expect(audio.list()).resolves.toEqual({ microphones: [], speakers: [] });
    mediaDevices.devices = [builtIn, speakers];
    await expect(audio.list()).resolves.toEqual({
      microphones: [named(builtIn)],
      speakers: [named(speakers)],
    });
  });

  it('leaves out the second names of Chromium', async () => {
    const aliases = ['default', 'communications'].map((id) => device('audioinput', id, `${id} - Built-in`));
    const { audio } = watch(new FakeMediaDevices(...aliases, builtIn));
    await expect(audio.list()).resolves.toEqual({ microphones: [named(builtIn)], speakers: [] });
  });

  it.each([
    ['there are no media devices', undefined],
    ['the browser refuses', new FakeMediaDevices(builtIn)],
  ])('is empty where %s', async (_why, mediaDevices) => {
    mediaDevices?.enumerateDevices.mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    const audio = new AudioDevices({ mediaDevices });
    await expect(audio.list()).resolves.toEqual({ microphones: [], speakers: [] });
    audio.dispose();
  });

  it('is empty in Node', async () => {
    vi.stubGlobal('navigator', undefined);
    vi.stubGlobal('HTMLMediaElement', undefined);
    const audio = new AudioDevices();
    await expect(audio.list()).resolves.toEqual({ microphones: [], speakers: [] });
    expect(audio.canChooseSpeaker).toBe(false);
  });
});

describe('a device', () => {
  it('that arrives or vanishes is told', async () => {
    const mediaDevices = new FakeMediaDevices(builtIn, speakers);
    const { changes } = watch(mediaDevices);
    mediaDevices.plug(builtIn, headset, speakers, earphones);
    await expect.poll(() => changes.length).toBe(1);
    mediaDevices.plug(builtIn, speakers);
    await expect.poll(() => changes.length).toBe(2);
    const both = { microphones: [named(headset)], speakers: [named(earphones)] };
    const none = { microphones: [], speakers: [] };
    expect(changes[0]).toEqual({
      devices: {
        microphones: [named(builtIn), named(headset)],
        speakers: [named(speakers), named(earphones)],
      },
      arrived: both,
      vanished: none,
    });
    expect(changes[1]).toMatchObject({ arrived: none, vanished: both });
  });

  it('is told once, though several events come', async () => {
    const mediaDevices = new FakeMediaDevices(builtIn);
    const { audio, changes } = watch(mediaDevices);
    for (let times = 0; times < 3; times++) mediaDevices.plug(builtIn, headset);
    await expect.poll(() => mediaDevices.enumerateDevices.mock.calls.length).toBe(4);
    await audio.list();
    expect(changes).toHaveLength(1);
  });

  it('that somebody looked at before the event came is told still', async () => {
    const mediaDevices = new FakeMediaDevices(builtIn, headset, speakers, earphones);
    const { audio, changes } = watch(mediaDevices);
    await audio.list();
    mediaDevices.devices = [builtIn, speakers];
    await audio.list();
    mediaDevices.plug(builtIn, speakers);
    await expect
      .poll(() => changes[0]?.vanished)
      .toEqual({ microphones: [named(headset)], speakers: [named(earphones)] });
  });

  it('that was only hidden has not arrived, and has not vanished when it is hidden again', async () => {
    const mediaDevices = new FakeMediaDevices(hidden(builtIn), hidden(speakers));
    const { changes } = watch(mediaDevices);
    const none = { microphones: [], speakers: [] };
    mediaDevices.plug(builtIn, speakers);
    await expect.poll(() => changes.length).toBe(1);
    mediaDevices.plug(hidden(builtIn), hidden(speakers));
    await expect.poll(() => changes.length).toBe(2);
    expect(changes.map(({ arrived, vanished }) => [arrived, vanished])).toEqual([
      [none, none],
      [none, none],
    ]);
    expect(changes.map(({ devices }) => devices.microphones)).toEqual([[named(builtIn)], []]);
  });

  it('is compared with what was there after the grant, once that was looked at', async () => {
    const mediaDevices = new FakeMediaDevices(hidden(builtIn));
    const { audio, changes } = watch(mediaDevices);
    await audio.list();
    mediaDevices.devices = [builtIn, headset];
    await audio.list();
    mediaDevices.plug(builtIn);
    await expect.poll(() => changes[0]?.vanished.microphones).toEqual([named(headset)]);
  });
});

describe('the choice', () => {
  const present = (): FakeMediaDevices => new FakeMediaDevices(builtIn, headset, speakers, earphones);

  it('is remembered by the browser, as an id and nothing else', async () => {
    const first = watch(present()).audio;
    first.chooseMicrophone('mic_2');
    first.chooseSpeaker('out_2');
    expect([...local.items]).toEqual([
      ['osmtalk:microphone', 'mic_2'],
      ['osmtalk:speaker', 'out_2'],
    ]);
    const { audio } = watch(present());
    await audio.list();
    expect([audio.microphoneId, audio.speakerId]).toEqual(['mic_2', 'out_2']);
  });

  it('goes back to the system’s default', async () => {
    const { audio } = watch(present());
    await audio.list();
    expect([audio.microphoneId, audio.speakerId]).toEqual(['', '']);
    audio.chooseMicrophone('mic_2');
    audio.chooseSpeaker('out_2');
    audio.chooseMicrophone('');
    audio.chooseSpeaker('');
    expect([audio.microphoneId, audio.speakerId]).toEqual(['', '']);
    expect(local.items.size).toBe(0);
  });

  it('is not used while the device is gone, and is again when it is back', async () => {
    local.items.set('osmtalk:microphone', 'mic_2').set('osmtalk:speaker', 'out_2');
    const mediaDevices = new FakeMediaDevices(builtIn, speakers);
    const { audio } = watch(mediaDevices);
    await audio.list();
    expect([audio.microphoneId, audio.speakerId]).toEqual(['', '']);
    mediaDevices.plug(builtIn, headset, speakers, earphones);
    await expect.poll(() => [audio.microphoneId, audio.speakerId]).toEqual(['mic_2', 'out_2']);
  });

  it('is given as it was remembered while nobody can know', async () => {
    local.items.set('osmtalk:microphone', 'mic_2');
    const { audio } = watch(new FakeMediaDevices(hidden(builtIn)));
    expect(audio.microphoneId).toBe('mic_2');
    await audio.list();
    expect(audio.microphoneId).toBe('mic_2');
  });

  it('is kept for the page where storage is blocked', async () => {
    blockStorages();
    const { audio } = watch(present());
    await audio.list();
    expect(audio.microphoneId).toBe('');
    audio.chooseMicrophone('mic_2');
    expect(audio.microphoneId).toBe('mic_2');
    audio.chooseMicrophone('');
    expect(audio.microphoneId).toBe('');
  });

  it('of a speaker exists only where one can be set', async () => {
    const { audio } = watch(present());
    await audio.list();
    audio.chooseSpeaker('out_2');
    expect([audio.canChooseSpeaker, audio.speakerId]).toEqual([true, 'out_2']);
    stubMediaElement('play');
    expect([audio.canChooseSpeaker, audio.speakerId]).toEqual([false, '']);
  });
});

describe('after it is disposed of', () => {
  it.each(['by its owner', 'by its signal', 'before it began'])('nothing is told: %s', async (how) => {
    const mediaDevices = new FakeMediaDevices(builtIn);
    const controller = new AbortController();
    if (how === 'before it began') controller.abort();
    const { audio, changes } = watch(mediaDevices, { signal: controller.signal });
    await audio.list();
    if (how === 'by its owner') audio.dispose();
    else controller.abort();
    mediaDevices.plug(builtIn, headset);
    await audio.list();
    expect(changes).toEqual([]);
    expect(getEventListeners(mediaDevices, 'devicechange')).toEqual([]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('a look that is under way is told nobody', async () => {
    const mediaDevices = new FakeMediaDevices(builtIn);
    const { audio, changes } = watch(mediaDevices);
    await audio.list();
    const looking = deferred<MediaDeviceInfo[]>();
    mediaDevices.enumerateDevices.mockReturnValue(looking.promise);
    mediaDevices.plug(builtIn, headset);
    await expect.poll(() => mediaDevices.enumerateDevices.mock.calls.length).toBe(3);
    audio.dispose();
    looking.resolve([builtIn, headset]);
    await audio.list();
    expect(changes).toEqual([]);
  });
});
