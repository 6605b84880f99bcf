import { expect, it } from 'vitest';
import { browserKind } from '../../../../src/panel/failure-card/browser-kind.js';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)';
const android = 'Mozilla/5.0 (Linux; Android 10; K)';

it.each([
  ['Chrome on Windows', `${windows} ${blink} Chrome/142.0.0.0 Safari/537.36`, 0, 'chromium'],
  ['Chrome on a touch laptop', `${windows} ${blink} Chrome/142.0.0.0 Safari/537.36`, 10, 'chromium'],
  ['Edge', `${windows} ${blink} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 0, 'chromium'],
  ['Opera on a Mac', `${mac} ${blink} Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0`, 0, 'chromium'],
  [
    'Firefox',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    0,
    'firefox',
  ],
  ['Safari on a Mac', `${mac} ${webkit} Version/18.1 Safari/605.1.15`, 0, 'safari'],
  ['Safari on an iPad, which calls itself a Mac', `${mac} ${webkit} Version/18.1 Safari/605.1.15`, 5, 'ios'],
  ['Safari on an iPhone', `${iphone} ${webkit} Version/18.1 Mobile/15E148 Safari/604.1`, 5, 'ios'],
  ['Chrome on an iPhone', `${iphone} ${webkit} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`, 5, 'ios'],
  ['Firefox on an iPhone', `${iphone} ${webkit} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`, 5, 'ios'],
  ['Chrome on Android', `${android} ${blink} Chrome/142.0.0.0 Mobile Safari/537.36`, 5, 'android'],
  [
    'Firefox on Android',
    'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
    5,
    'android',
  ],
  ['something that nobody knows', 'Browser/1.0', 0, 'chromium'],
  ['nothing', '', 0, 'chromium'],
])('%s', (_what, userAgent, touchPoints, expected) => {
  expect(browserKind(userAgent, touchPoints)).toBe(expected);
});
