import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { microphoneSteps } from '../../../../src/panel/failure-card/microphone-steps.js';
import { FAILURE_CATALOGUE } from '../../../../src/failures/failure-catalogue.js';
import { reasonFacts, type FailureReason } from '../../../../src/failures/failure-reasons.js';
import { failureMessagesEn } from '../../../../src/i18n/en-later/failure-messages.js';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';

/** Whose device it is: user agent, touch points. */
const DEVICES = {
  'Chrome on Windows': [`${windows} ${blink} Chrome/142.0.0.0 Safari/537.36`, 0],
  'Chrome on a Mac': [`${mac} ${blink} Chrome/142.0.0.0 Safari/537.36`, 0],
  'Chrome on Linux': [`Mozilla/5.0 (X11; Linux x86_64) ${blink} Chrome/142.0.0.0 Safari/537.36`, 0],
  'Firefox on Windows': [`${windows.replace(')', '; rv:145.0)')} Gecko/20100101 Firefox/145.0`, 0],
  'Safari on a Mac': [`${mac} ${webkit} Version/18.1 Safari/605.1.15`, 0],
  'Safari on an iPad': [`${mac} ${webkit} Version/18.1 Safari/605.1.15`, 5],
  'Safari on an iPhone': [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${webkit} Version/18.1 Mobile/15E148 Safari/604.1`,
    5,
  ],
  'Chrome on Android': [
    `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/142.0.0.0 Mobile Safari/537.36`,
    5,
  ],
} as const satisfies Record<string, [string, number]>;

type Device = keyof typeof DEVICES;

function stepsOn(device: Device, reason: FailureReason): string[] {
  const [userAgent, maxTouchPoints] = DEVICES[device];
  vi.stubGlobal('navigator', { userAgent, maxTouchPoints });
  return microphoneSteps(reason, failureMessagesEn);
}

const REASONS = Object.keys(FAILURE_CATALOGUE) as FailureReason[];

/** The failures that a visitor can end by doing something in the right place. */
const WITH_STEPS: FailureReason[] = [
  'microphone-denied',
  'microphone-dismissed',
  'microphone-blocked-by-system',
  'microphone-not-found',
  'microphone-in-use',
  'insecure-context',
  'blocked-by-permissions-policy',
  'in-app-browser',
];

beforeEach(() => void vi.unstubAllGlobals());
afterEach(() => void vi.unstubAllGlobals());

describe('where a denied microphone is allowed again', () => {
  it.each<[Device, string]>([
    ['Chrome on Windows', 'Turn on “Microphone”, or set it to “Allow”.'],
    ['Chrome on a Mac', 'Turn on “Microphone”, or set it to “Allow”.'],
    ['Firefox on Windows', 'Remove the “Blocked” entry next to “Use the microphone”.'],
    ['Safari on a Mac', 'Open “Safari” in the menu bar and choose “Settings for this website”.'],
    ['Safari on an iPad', 'Tap the button at the left end of the address bar and choose “Website Settings”.'],
    [
      'Safari on an iPhone',
      'Tap the button at the left end of the address bar and choose “Website Settings”.',
    ],
    ['Chrome on Android', 'Tap the icon at the left end of the address bar and choose “Permissions”.'],
  ])('%s: %s', (device, step) => {
    expect(stepsOn(device, 'microphone-denied')).toContain(step);
  });
});

describe('where a microphone that the system blocks is allowed', () => {
  it.each<[Device, string]>([
    ['Chrome on Windows', 'Turn on microphone access for desktop apps.'],
    ['Firefox on Windows', 'Turn on microphone access for desktop apps.'],
    ['Chrome on a Mac', 'Open “System Settings”, then “Privacy & Security”, then “Microphone”.'],
    ['Safari on a Mac', 'Open “System Settings”, then “Privacy & Security”, then “Microphone”.'],
    ['Safari on an iPad', 'Open your phone’s settings and find your browser in the list of apps.'],
    ['Safari on an iPhone', 'Open your phone’s settings and find your browser in the list of apps.'],
    ['Chrome on Android', 'Open your phone’s settings and find your browser in the list of apps.'],
    ['Chrome on Linux', 'Open the sound settings of your system.'],
  ])('%s: %s', (device, step) => {
    expect(stepsOn(device, 'microphone-blocked-by-system')).toContain(step);
  });
});

describe.each(Object.keys(DEVICES) as Device[])('%s', (device) => {
  it.each(WITH_STEPS)('has two or three short sentences for %s', (reason) => {
    const steps = stepsOn(device, reason);
    expect([2, 3]).toContain(steps.length);
    for (const step of steps) expect(step).toMatch(/^[A-Z].{8,100}\.$/);
  });

  it('has other steps for every failure', () => {
    const texts = WITH_STEPS.map((reason) => stepsOn(device, reason).join(' '));
    expect(new Set(texts).size).toBe(WITH_STEPS.length);
  });

  it.each(WITH_STEPS)('speaks of “Try again” for %s only where that button is', (reason) => {
    const speaks = stepsOn(device, reason).join(' ').includes('“Try again”');
    expect(speaks).toBe(reasonFacts(reason).retryable);
  });
});

it.each(REASONS.filter((reason) => !WITH_STEPS.includes(reason)))(
  '%s has none: the card’s one sentence is all there is to do',
  (reason) => {
    expect(stepsOn('Chrome on Windows', reason)).toEqual([]);
  },
);

it('are the site’s own, where it has some', () => {
  stepsOn('Chrome on Windows', 'microphone-denied');
  const words = { ...failureMessagesEn, microphoneStepsChromium: 'Eins\nZwei' };
  expect(microphoneSteps('microphone-denied', words)).toEqual(['Eins', 'Zwei']);
});
