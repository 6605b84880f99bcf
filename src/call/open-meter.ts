import { lazy } from '../async/lazy.js';
import type { OpenMeter } from './call-attempt.js';

const loadTrackMeter = lazy(() => import('../voice/track-meter.js'));

/**
 * Loads and opens a meter, for browsers whose statistics do not say how loud a track is. Rejects when its code cannot be loaded.
 */
export const openMeter: OpenMeter = async () => new (await loadTrackMeter()).TrackMeter();
