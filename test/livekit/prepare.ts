import { findLiveKitServer } from './livekit-server.js';

/** Builds the server that `npm run test:livekit` needs, where it can be built, so that the tests find it. */
findLiveKitServer((line) => console.log(line));
