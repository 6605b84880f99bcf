import { chromium, type Browser, type BrowserContext, type CDPSession } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { chromiumArguments, requireChromium } from '../support/chromium.js';
import { WidgetPage } from '../support/widget-page.js';

/** What a real visitor's browser can say to the microphone, and what the card must make of it. */
interface MicrophoneState {
  name: string;
  /** Puts the page into the state before the widget's first script. */
  prepare: (widget: WidgetPage) => Promise<unknown>;
  /** Takes the cause away. */
  mend: (widget: WidgetPage) => Promise<unknown>;
  reason: string;
  title: string;
  steps: number;
}

const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 331.0.0.29.90';

const STATES: MicrophoneState[] = [
  {
    name: 'denied',
    // Headless Chromium without a granted permission denies, as a visitor who has chosen "Block".
    prepare: () => Promise.resolve(),
    mend: grant,
    reason: 'microphone-denied',
    title: 'The microphone is not allowed',
    steps: 3,
  },
  {
    name: 'dismissed',
    prepare: (widget) => setPermission(widget, 'prompt'),
    mend: grant,
    reason: 'microphone-dismissed',
    title: 'We need your microphone for a call',
    steps: 2,
  },
  {
    name: 'blocked by the system',
    prepare: (widget) => refuseOnce(widget, 'NotAllowedError', 'Permission denied by system'),
    mend: grant,
    reason: 'microphone-blocked-by-system',
    title: 'Your device blocks the microphone',
    steps: 3,
  },
  {
    name: 'in use',
    prepare: (widget) => refuseOnce(widget, 'NotReadableError', 'Could not start audio source'),
    mend: grant,
    reason: 'microphone-in-use',
    title: 'Your microphone is busy',
    steps: 3,
  },
  {
    name: 'forbidden by Permissions-Policy',
    // The server's own answer with one header more: a page that the test makes up gets no script from this machine.
    prepare: async (widget) => {
      const client = await widget.page.context().newCDPSession(widget.page);
      client.once('Fetch.requestPaused', ({ requestId, responseStatusCode, responseHeaders = [] }) => {
        void client
          .send('Fetch.continueResponse', {
            requestId,
            responseCode: responseStatusCode,
            responseHeaders: [...responseHeaders, { name: 'permissions-policy', value: 'microphone=()' }],
          })
          .then(() => client.detach());
      });
      await client.send('Fetch.enable', {
        patterns: [{ resourceType: 'Document', requestStage: 'Response' }],
      });
    },
    // A page's policy stands as long as the page does.
    mend: async (widget) => {
      await grant(widget);
      await widget.visitAndOpen();
    },
    reason: 'blocked-by-permissions-policy',
    title: 'This page does not allow calls',
    steps: 2,
  },
  {
    name: 'in an in-app browser that refuses',
    prepare: (widget) =>
      widget.page.addInitScript((userAgent) => {
        Object.defineProperty(navigator, 'userAgent', { get: () => userAgent, configurable: true });
        // Such browsers do not tell what is permitted.
        navigator.permissions.query = () => Promise.reject(new TypeError('unknown name'));
      }, INSTAGRAM),
    // The app learns to pass the question on.
    mend: grant,
    reason: 'in-app-browser',
    title: 'Calls do not work inside this app',
    steps: 3,
  },
  {
    name: 'in an insecure context',
    prepare: (widget) =>
      widget.page.addInitScript(() =>
        Object.defineProperty(globalThis, 'isSecureContext', { get: () => false, configurable: true }),
      ),
    mend: async (widget) => {
      await grant(widget);
      await widget.page.evaluate(() =>
        Object.defineProperty(globalThis, 'isSecureContext', { get: () => true }),
      );
    },
    reason: 'insecure-context',
    title: 'Calls do not work on this page',
    steps: 2,
  },
];

for (const state of STATES) {
  test(`microphone ${state.name}: no connect request, its own card, its own steps, and a way on`, async ({
    widget,
  }) => {
    await state.prepare(widget);
    await widget.visitAndOpen();
    await widget.button('Start a call').click();
    await widget.reached('failed');
    expect(await widget.details('osmtalk-failure')).toMatchObject([
      { reason: state.reason, source: 'device' },
    ]);
    await expect(widget.card).toContainText(state.title);
    await expect(widget.card.getByRole('listitem')).toHaveCount(state.steps);
    expect(widget.connectRequests()).toBe(0);
    expect(await widget.liveTracks()).toBe(0);
    expect(await widget.details('osmtalk-call-end')).toMatchObject([{ callId: null, connected: false }]);
    await expect(widget.button('Try again')).toBeVisible();
    await expect(widget.button('Start a call')).toHaveCount(0);

    await state.mend(widget);
    if (await widget.button('Try again').count()) await widget.button('Try again').click();
    else await widget.button('Start a call').click();
    await widget.reached('connected');
    await expect(widget.card).toHaveCount(0);
  });
}

test('no two states of the microphone show the same text', () => {
  expect(new Set(STATES.map((state) => state.title)).size).toBe(STATES.length);
});

test('"Allow microphone" asks again without a call; a permission granted in the settings is noticed by itself', async ({
  widget,
}) => {
  await widget.visitAndOpen();
  await widget.button('Start a call').click();
  await widget.reached('failed');
  await expect(widget.button('Try again')).toBeFocused();
  await widget.button('Allow microphone').click();
  await expect(widget.page.getByText('The microphone is still blocked.')).toBeVisible();
  await grant(widget);
  await expect(widget.page.getByText('The microphone is allowed now.')).toBeVisible();
  expect(await widget.liveTracks()).toBe(0);
  expect(widget.connectRequests()).toBe(0);
});

test('revoked in the middle of a call: the call ends with the card for it, and can be started again', async ({
  widget,
}) => {
  await grant(widget);
  await widget.visitAndOpen();
  await widget.startCall();
  await setPermission(widget, 'denied');
  await widget.reached('failed');
  await expect(widget.card).toContainText('The microphone is not allowed');
  expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
  await expect.poll(() => widget.openLinks()).toBe(0);
  await grant(widget);
  await widget.button('Try again').click();
  await widget.reached('connected');
});

test('the question is explained while it stands, and not at all when it was answered before', async ({
  widget,
}) => {
  const priming = widget.page.getByText('Your browser asks for the microphone.');
  await widget.page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (constraints) =>
      new Promise((resolve) => addEventListener('answered', () => resolve(ask(constraints)), { once: true }));
  });
  await setPermission(widget, 'prompt');
  await widget.visitAndOpen();
  await widget.button('Start a call').click();
  await expect(priming).toBeVisible();
  await widget.button('End call').click();
  await expect(priming).toHaveCount(0);

  await grant(widget);
  await widget.button('Start a call').click();
  await expect(widget.page.getByText('Asking for your microphone').last()).toBeVisible();
  await expect(priming).toHaveCount(0);
});

test('chat never touches the microphone', async ({ widget }) => {
  await widget.visitAndOpen({ mode: 'chat' });
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  expect(await widget.page.evaluate(() => window.seen.tracks.length)).toBe(0);
  await expect(widget.button('Start a call')).toHaveCount(0);
});

test.describe('with other devices', () => {
  let browser: Browser;
  test.afterEach(() => browser.close());

  test('no microphone at all: its own card', async ({ backend }) => {
    browser = await launch([]);
    const widget = await openIn(await browser.newContext({ permissions: ['microphone'] }), backend);
    await widget.visitAndOpen();
    await widget.button('Start a call').click();
    await widget.reached('failed');
    expect(await widget.details('osmtalk-failure')).toMatchObject([
      { reason: 'microphone-not-found', source: 'device' },
    ]);
    await expect(widget.card).toContainText('We cannot find your microphone');
    expect(widget.connectRequests()).toBe(0);

    // No test machine can plug one in: a generated track stands for the new microphone.
    await widget.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.resolve(new AudioContext().createMediaStreamDestination().stream);
    });
    await widget.button('Try again').click();
    await widget.reached('connected');
  });

  test('a microphone of silence: "We can\'t hear you", soon after the agent waits', async ({ backend }) => {
    browser = await launch([
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${process.cwd()}/test/support/silence.wav`,
    ]);
    const widget = await openIn(await browser.newContext({ permissions: ['microphone'] }), backend);
    await widget.visitAndOpen({ 'agent-id': 'agent_receptionist' });
    await widget.startCall();
    await widget.page.waitForFunction(
      () => document.querySelector('osmtalk-widget')?.agentState === 'listening',
      null,
      { timeout: 20_000 },
    );
    await expect(widget.page.getByText("We can't hear you")).toBeVisible({ timeout: 15_000 });
  });
});

function launch(args: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments, ...args] });
}

async function openIn(context: BrowserContext, backend: WidgetPage['backend']): Promise<WidgetPage> {
  return WidgetPage.prepare(await context.newPage(), backend);
}

async function grant(widget: WidgetPage): Promise<void> {
  await widget.page.context().grantPermissions(['microphone'], { origin: widget.backend.url });
}

/** Chromium's own switch, which knows more than Playwright's `grantPermissions`. */
async function setPermission(widget: WidgetPage, setting: 'prompt' | 'denied'): Promise<void> {
  const browser = widget.page.context().browser();
  const session = (await browser?.newBrowserCDPSession()) as CDPSession;
  const { browserContextIds } = await session.send('Target.getBrowserContexts');
  for (const browserContextId of browserContextIds) {
    await session.send('Browser.setPermission', {
      permission: { name: 'microphone' },
      setting,
      origin: widget.backend.url,
      browserContextId,
    });
  }
  // The session stays attached: with it the setting would go.
}

/** The device layer that no test machine has: the first request is refused as Chromium words it. */
async function refuseOnce(widget: WidgetPage, name: string, message: string): Promise<void> {
  await grant(widget);
  await widget.page.addInitScript(
    ([errorName, text]) => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      let refused = false;
      mediaDevices.getUserMedia = (constraints) => {
        if (refused) return ask(constraints);
        refused = true;
        return Promise.reject(new DOMException(text, errorName));
      };
    },
    [name, message] as const,
  );
}
