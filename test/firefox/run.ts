import { runEngine } from '../engines/run-vitest.js';
import { installFirefox } from './install-firefox.js';

/**
 * `npm run test:firefox`: in the system's Firefox, the tests of `test/browser`, what visitors do with the built package on
 * pages of other origins, and calls with both transports. Ends with `N passed, N failed`.
 */
const missing = installFirefox((line) => console.log(line));
if (missing) console.log(`Firefox: not tested, ${missing}.`);
else await runEngine('firefox', process.argv.slice(2));
