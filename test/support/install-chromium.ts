import { installChromium } from './chromium.js';

try {
  installChromium((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
