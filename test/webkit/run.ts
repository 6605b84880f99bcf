import { runEngine } from '../engines/run-vitest.js';
import { installWebKit } from './install-webkit.js';

/**
 * `npm run test:webkit`: in WebKitGTK, the engine of Safari, the tests of `test/browser`, and what visitors do with the built
 * package on pages of other origins, old Safari and real microphone prompts included. No call: no WebKit outside Apple's own
 * has WebRTC. Ends with `N passed, N failed`.
 */
const missing = installWebKit((line) => console.log(line));
if (missing) console.log(`WebKit: not tested, ${missing}.`);
else await runEngine('webkit', process.argv.slice(2));
