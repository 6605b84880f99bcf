import { lazy } from '../async/lazy.js';
import type { OpenMeter } from './call-attempt.js';

const loadTrackMeter = lazy(() => import('../voice/track-meter.js'));

/** For browsers that do not say how loud a track is. */
export const openMeter: OpenMeter = async () => new (await loadTrackMeter()).TrackMeter();
