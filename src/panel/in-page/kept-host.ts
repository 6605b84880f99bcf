import type { LauncherHost } from '../../contract/launcher-place.js';

/** The part of the element that this folder uses. */
export type KeptHost = LauncherHost;
