import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { MicrophoneTrack, type MicrophoneTrackListener } from '../../../src/voice/microphone-track.js';
import type { OpenMicrophoneOptions } from '../../../src/voice/microphone.js';
import { VoiceError } from '../../../src/voice/voice-error.js';
import { deferred } from '../../support/deferred.js';
import { FakeTrack } from '../call/call-under-test.js';

const { signal } = new AbortController();
const busy = new VoiceError('microphone-in-use', 'busy');

/** One call's line over a computer that says what it grants. */
function setUpLine(
  grant: (track: FakeTrack, options: OpenMicrophoneOptions) => Promise<FakeTrack> | FakeTrack = (track) =>
    track,
  listener: Partial<MicrophoneTrackListener> = {},
) {
  const tracks: FakeTrack[] = [];
  const asked: OpenMicrophoneOptions[] = [];
  const onReplace = vi.fn(listener.onReplace ?? (() => Promise.resolve()));
  const onFellOver = vi.fn<(label: string) => void>();
  const onLost = vi.fn(listener.onLost ?? (() => undefined));
  const line = new MicrophoneTrack(
    async (options) => {
      asked.push(options);
      const track = await grant(new FakeTrack(), options);
      tracks.push(track);
      return track as unknown as MediaStreamTrack;
    },
    { onReplace, onFellOver, onLost },
  );
  return {
    line,
    tracks,
    asked,
    onReplace,
    onFellOver,
    onLost,
    open: () => tracks.filter((track) => !track.stopped),
  };
}

/** Grants the first, and holds every further one back until the test gives it out. */
function holdingBack() {
  const waiting: (() => void)[] = [];
  let first = true;
  const grant = (track: FakeTrack): Promise<FakeTrack> | FakeTrack => {
    if (first) {
      first = false;
      return track;
    }
    const given = deferred<FakeTrack>();
    waiting.push(() => given.resolve(track));
    return given.promise;
  };
  /** Those that wait, in this order; then whatever is asked for afterwards. */
  const giveOut = async (...order: number[]): Promise<void> => {
    for (const index of order) {
      waiting[index]?.();
      await settle();
    }
    for (let index = 0; index < waiting.length; index++) {
      waiting[index]?.();
      await settle();
    }
  };
  return { grant, giveOut };
}

const settle = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

describe('opening', () => {
  it('asks for the chosen device, and holds its track', async () => {
    const { line, asked, tracks } = setUpLine();
    expect(line.track).toBeNull();
    const track = await line.open(signal, 'mic_2');
    expect(asked).toEqual([{ signal, deviceId: 'mic_2' }]);
    expect(track).toBe(tracks[0]);
    expect(line.track).toBe(track);
  });

  it('that fails is the caller’s to know', async () => {
    const { line, onLost } = setUpLine(() => Promise.reject(busy));
    await expect(line.open(signal)).rejects.toBe(busy);
    expect(line.track).toBeNull();
    expect(onLost).not.toHaveBeenCalled();
  });

  it('that is granted after it was given up is closed at once', async () => {
    const controller = new AbortController();
    const granted = deferred<FakeTrack>();
    const { line, open } = setUpLine(() => granted.promise);
    const opening = line.open(controller.signal);
    controller.abort(new Error('given up'));
    granted.resolve(new FakeTrack());
    await expect(opening).rejects.toThrow('given up');
    expect(open()).toEqual([]);
    expect(line.track).toBeNull();
  });

  it('that is granted after the release is closed at once', async () => {
    const granted = deferred<FakeTrack>();
    const { line, open } = setUpLine(() => granted.promise);
    const opening = line.open(signal).catch(() => null);
    line.release();
    granted.resolve(new FakeTrack());
    await opening;
    expect(open()).toEqual([]);
  });
});

describe('muting', () => {
  it('switches the track off, and on again', async () => {
    const { line, tracks } = setUpLine();
    await line.open(signal);
    expect(tracks[0]?.enabled).toBe(true);
    line.setMuted(true);
    expect(tracks[0]?.enabled).toBe(false);
    line.setMuted(false);
    expect(tracks[0]?.enabled).toBe(true);
  });

  it('before the track is there counts when it comes', async () => {
    const { line, tracks } = setUpLine();
    line.setMuted(true);
    await line.open(signal);
    expect(tracks[0]?.enabled).toBe(false);
  });
});

describe('silence of the line', () => {
  it.each<[string, Partial<FakeTrack>, boolean]>([
    ['a track that works', {}, false],
    ['a track that the system interrupts', { muted: true }, true],
    ['a track that has ended', { readyState: 'ended' }, true],
    ['a track that the visitor muted', { enabled: false }, false],
  ])('%s', async (_what, state, silenced) => {
    const { line, tracks } = setUpLine();
    expect(line.silenced).toBe(false);
    await line.open(signal);
    Object.assign(tracks[0] as FakeTrack, state);
    expect(line.silenced).toBe(silenced);
  });
});

describe('another device', () => {
  it('takes over: told first, then the old one is switched off', async () => {
    const { line, tracks, onReplace, asked } = setUpLine(undefined, {
      onReplace: async () => expect(tracks[0]?.stopped).toBe(false),
    });
    await line.open(signal);
    const track = await line.use('mic_2');
    expect(asked[1]?.deviceId).toBe('mic_2');
    expect(onReplace).toHaveBeenCalledExactlyOnceWith(track);
    expect(line.track).toBe(track);
    expect(tracks.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect.assertions(5);
  });

  it('that the visitor chose is not told as one that took over', async () => {
    const { line, onFellOver } = setUpLine();
    await line.open(signal);
    await line.use('mic_2');
    expect(onFellOver).not.toHaveBeenCalled();
  });

  it('is muted when the visitor mutes while the link takes it', async () => {
    const taken = deferred<void>();
    const sent: MediaStreamTrack[] = [];
    const { line, tracks } = setUpLine(undefined, {
      onReplace: (track) => {
        sent.push(track);
        return taken.promise;
      },
    });
    await line.open(signal);
    const using = line.use('mic_2');
    await settle();
    line.setMuted(true);
    expect([tracks[0]?.enabled, sent[0]?.enabled]).toEqual([false, false]);
    taken.resolve();
    await using;
    expect(tracks[1]?.enabled).toBe(false);
  });

  it.each([true, false])(
    'is as muted as the visitor wants it, whatever the link makes of it: %s',
    async (muted) => {
      const { line, tracks } = setUpLine(undefined, {
        onReplace: async (track) => void (track.enabled = muted),
      });
      await line.open(signal);
      line.setMuted(muted);
      await line.use('mic_2');
      expect(tracks[1]?.enabled).toBe(!muted);
    },
  );

  it('is muted when the old one was', async () => {
    const { line, tracks } = setUpLine();
    await line.open(signal);
    line.setMuted(true);
    await line.use('mic_2');
    expect(tracks[1]?.enabled).toBe(false);
  });

  it('is muted when the visitor mutes while it opens', async () => {
    const { grant, giveOut } = holdingBack();
    const { line, tracks } = setUpLine(grant);
    await line.open(signal);
    const using = line.use('mic_2');
    line.setMuted(true);
    await giveOut();
    await using;
    expect(tracks.map(({ enabled }) => enabled)).toEqual([false, false]);
  });

  it('that cannot be opened leaves the present one as it is', async () => {
    let asked = 0;
    const { line, tracks, onReplace, onLost } = setUpLine((track) => {
      if (asked++ > 0) throw busy;
      return track;
    });
    const present = await line.open(signal);
    await expect(line.use('mic_2')).rejects.toBe(busy);
    expect(line.track).toBe(present);
    expect(tracks[0]).toMatchObject({ stopped: false, enabled: true });
    expect(onReplace).not.toHaveBeenCalled();
    expect(onLost).not.toHaveBeenCalled();
  });

  it('that the link does not take leaves the present one as it is', async () => {
    const { line, tracks } = setUpLine(undefined, {
      onReplace: () => Promise.reject(new Error('no sender')),
    });
    const present = await line.open(signal);
    await expect(line.use('mic_2')).rejects.toThrow('no sender');
    expect(line.track).toBe(present);
    expect(tracks.map(({ stopped }) => stopped)).toEqual([false, true]);
  });

  it.each([
    ['in turn', [0, 1]],
    ['the other way round', [1, 0]],
  ])(
    'chosen twice in a hurry: the last choice counts, and only it stays open; granted %s',
    async (_how, order) => {
      const { grant, giveOut } = holdingBack();
      const { line, open } = setUpLine((track, options) => {
        track.label = options.deviceId ?? 'default';
        return grant(track);
      });
      await line.open(signal);
      const uses = [line.use('first'), line.use('second')].map((use) => use.catch(() => null));
      await giveOut(...order);
      await Promise.all(uses);
      expect(line.track?.label).toBe('second');
      expect(open()).toEqual([line.track]);
    },
  );

  it('is not opened after the release', async () => {
    const { line, open } = setUpLine();
    await line.open(signal);
    line.release();
    await expect(line.use('mic_2')).rejects.toMatchObject({ name: 'AbortError' });
    expect(open()).toEqual([]);
  });

  it('that opens after the release is closed at once', async () => {
    const { grant, giveOut } = holdingBack();
    const { line, open, onReplace } = setUpLine(grant);
    await line.open(signal);
    const using = line.use('mic_2');
    const given = expect(using).rejects.toMatchObject({ name: 'AbortError' });
    line.release();
    await giveOut();
    await given;
    expect(open()).toEqual([]);
    expect(onReplace).not.toHaveBeenCalled();
  });

  it('that the link is still taking is released with the old one', async () => {
    const { line, open } = setUpLine(undefined, { onReplace: () => new Promise(() => undefined) });
    await line.open(signal);
    line.use('mic_2').catch(() => undefined);
    await settle();
    line.release();
    expect(open()).toEqual([]);
  });
});

describe('a device that vanishes', () => {
  it('gives way to the system’s default', async () => {
    const { line, tracks, asked, onReplace, onFellOver, onLost } = setUpLine((track, { deviceId }) => {
      track.label = deviceId ?? 'Built-in';
      return track;
    });
    await line.open(signal, 'mic_2');
    tracks[0]?.vanish();
    await settle();
    expect(asked.map(({ deviceId }) => deviceId)).toEqual(['mic_2', undefined]);
    expect(onReplace).toHaveBeenCalledExactlyOnceWith(tracks[1]);
    expect(line.track).toBe(tracks[1]);
    expect(onFellOver).toHaveBeenCalledExactlyOnceWith('Built-in');
    expect(onLost).not.toHaveBeenCalled();
  });

  it('is lost when no other can be had', async () => {
    let asked = 0;
    const { line, tracks, onLost } = setUpLine((track) => {
      if (asked++ > 0) throw busy;
      return track;
    });
    await line.open(signal);
    tracks[0]?.vanish();
    await settle();
    expect(onLost).toHaveBeenCalledExactlyOnceWith(busy);
    expect(line.silenced).toBe(true);
  });

  it('is looked for once, though its end is told twice', async () => {
    const { grant, giveOut } = holdingBack();
    const { line, tracks, asked } = setUpLine(grant);
    await line.open(signal);
    tracks[0]?.vanish();
    tracks[0]?.vanish();
    await settle();
    expect(asked).toHaveLength(2);
    await giveOut();
    expect(line.track).toBe(tracks[1]);
  });

  it('after it was replaced is not missed', async () => {
    const { line, tracks, asked } = setUpLine();
    await line.open(signal);
    await line.use('mic_2');
    tracks[0]?.vanish();
    await settle();
    expect(asked).toHaveLength(2);
    expect(line.track).toBe(tracks[1]);
  });

  it('while another is being chosen leaves one open: the chosen one', async () => {
    const { grant, giveOut } = holdingBack();
    const { line, tracks, open } = setUpLine((track, { deviceId }) => {
      track.label = deviceId ?? 'default';
      return grant(track);
    });
    await line.open(signal);
    const using = line.use('mic_2').catch(() => null);
    tracks[0]?.vanish();
    await settle();
    await giveOut();
    await using;
    expect(line.track?.label).toBe('mic_2');
    expect(open().filter((track) => track !== tracks[0])).toEqual([line.track]);
  });

  it('like the one before it, while the link still takes that one, is replaced as well', async () => {
    const taken = deferred<void>();
    const { line, tracks } = setUpLine(undefined, { onReplace: () => taken.promise });
    await line.open(signal);
    tracks[0]?.vanish();
    await settle();
    tracks[1]?.vanish();
    await settle();
    taken.resolve();
    await settle();
    expect(line.track?.readyState).toBe('live');
  });

  it('after the release is not missed', async () => {
    const { line, tracks, asked, onLost } = setUpLine();
    await line.open(signal);
    line.release();
    tracks[0]?.vanish();
    await settle();
    expect(asked).toHaveLength(1);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('just before the release, with no other to be had, is not told any more', async () => {
    let asked = 0;
    const { line, tracks, onLost } = setUpLine((track) => {
      if (asked++ > 0) throw busy;
      return track;
    });
    await line.open(signal);
    tracks[0]?.vanish();
    line.release();
    await settle();
    expect(onLost).not.toHaveBeenCalled();
  });
});

describe('the release', () => {
  it('switches the microphone off, and leaves no listener on it', async () => {
    const { line, tracks, open } = setUpLine();
    await line.open(signal);
    line.release();
    line.release();
    expect(open()).toEqual([]);
    expect(getEventListeners(tracks[0] as FakeTrack, 'ended')).toEqual([]);
  });

  it('of a line that was never opened is nothing', () => {
    const { line } = setUpLine();
    line.release();
    expect(line.track).toBeNull();
  });
});
