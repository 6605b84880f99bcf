import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { answerJson, startOddServer, type OddServer, type OddServerOptions } from '../support/odd-server.js';
import type { WidgetPage } from '../support/widget-page.js';

const EVERY_HEADER = 'content-type, x-api-key, idempotency-key, x-organization-id';
const NO_OPTIONAL_HEADER = 'content-type, x-api-key';

const POSTS = ['connect', 'chat', 'outbound'] as const;
const OFFER = {
  callId: 'call_1',
  serverUrl: 'wss://media.example',
  participantToken: 'token',
  reply: 'At nine.',
};

let server: OddServer | undefined;
test.afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: OddServerOptions): Promise<OddServer> {
  server = await startOddServer(options);
  return server;
}

/** One request of the built client in the page, twice with the same client where `times` says so. */
function send(page: Page, what: (typeof POSTS)[number], baseUrl: string, times = 1): Promise<unknown> {
  return page.evaluate(
    async ([name, url, count]) => {
      const built = '/client.js';
      const { WidgetClient } = (await import(built)) as typeof import('../../src/client.js');
      const client = new WidgetClient({ baseUrl: url, apiKey: 'osm_demo' });
      const one = (): Promise<unknown> => {
        if (name === 'connect') return client.connect('agent_1');
        if (name === 'chat') return client.chat('agent_1', { message: 'Hello' }, { onText: () => undefined });
        return client.startOutboundCall({
          agentId: 'agent_1',
          phoneNumberId: 'p',
          destination: '+12025550199',
        });
      };
      for (let index = 1; index < count; index++) await one();
      return one();
    },
    [what, baseUrl, times] as const,
  );
}

/** The demo page speaks to its own server. */
async function openAgainst(widget: WidgetPage, url: string): Promise<void> {
  await widget.visit();
  await widget.element.evaluate((element, baseUrl) => element.setAttribute('base-url', baseUrl), url);
  await widget.button('Talk to us').click();
  await widget.page.getByRole('dialog').waitFor();
}

async function ask(widget: WidgetPage, text: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
  await widget.button('Send').click();
}

for (const what of POSTS) {
  test(`${what}: carried out, and the connection cut before the answer: sent again with its key alone`, async ({
    widget,
  }) => {
    const { url, posts } = await start({
      allowHeaders: EVERY_HEADER,
      answer: (response, _post, count) => (count === 1 ? response.destroy() : answerJson(response, OFFER)),
    });
    await widget.visit();
    await expect(send(widget.page, what, url)).resolves.toBeTruthy();
    expect(posts).toHaveLength(2);
    expect(posts[0]?.key).toMatch(/^\S{16,}$/);
    expect(posts[1]?.key).toBe(posts[0]?.key);
  });

  test(`${what}: a CORS list without the optional headers: it arrives once, without them, and so does the next`, async ({
    widget,
  }) => {
    const { url, posts, questions } = await start({
      allowHeaders: NO_OPTIONAL_HEADER,
      answer: (response) => answerJson(response, OFFER),
    });
    await widget.visit();
    await expect(send(widget.page, what, url, 2)).resolves.toBeTruthy();
    expect(posts.map(({ key }) => key)).toEqual([null, null]);
    // Asked once, without them: with them, the browser itself refuses.
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatch(/^GET /);
  });
}

test('a CORS list without the optional headers, and a cut connection: not sent again until the visitor says so', async ({
  widget,
}) => {
  const { url, posts } = await start({
    allowHeaders: NO_OPTIONAL_HEADER,
    answer: (response, _post, count) => (count === 2 ? response.destroy() : answerJson(response, OFFER)),
  });
  await openAgainst(widget, url);
  await ask(widget, 'one');
  await expect(widget.log).toContainText('At nine.');
  await ask(widget, 'two');
  await expect(widget.log.locator('[data-status=failed]')).toContainText('two');
  await ask(widget, 'three');
  await expect.poll(() => posts.map(({ message }) => message)).toEqual(['one', 'two', 'three']);
  await expect(widget.log.locator('[data-status=failed]')).toHaveCount(1);
  await widget.button('Try again').click();
  await expect(widget.log.locator('[data-status=failed]')).toHaveCount(0);
  expect(posts.map(({ message }) => message)).toEqual(['one', 'two', 'three', 'two']);
});

test('half a reply, then the name of a failure: the words stay, and another try brings all of it', async ({
  widget,
}) => {
  const { url, posts } = await start({
    allowHeaders: EVERY_HEADER,
    answer: (response, _post, count) => {
      response.writeHead(200, { 'content-type': 'Text/Event-Stream; Charset=UTF-8' });
      response.write(': hello\r\n\r\nevent: ping\r\ndata: ping\r\n\r\ndata: {"delta":"We open at"}\r\n\r\n');
      response.end(
        count === 1
          ? 'event: error\r\ndata: overloaded\r\n\r\n'
          : 'data: {"delta":" nine."}\r\n\r\ndata: [DONE] ',
      );
    },
  });
  await openAgainst(widget, url);
  await ask(widget, 'When do you open?');
  await expect(widget.log).toContainText('The answer broke off.');
  await expect(widget.log.locator('[data-role=agent]')).toContainText('We open at');
  expect(await widget.details('osmtalk-message')).toEqual([]);
  await widget.button('Try again').click();
  await expect(widget.log.locator('[data-role=agent]')).toContainText('We open at nine.');
  await expect(widget.log).not.toContainText('broke off');
  expect(posts[1]?.key).toBe(posts[0]?.key);
  expect(widget.pageErrors).toEqual([]);
});

test('a redirect is not followed, and the owner is told what it is', async ({ widget }) => {
  const elsewhere = await startOddServer({
    allowHeaders: EVERY_HEADER,
    answer: (response) => answerJson(response, OFFER),
  });
  const { url, posts } = await start({
    allowHeaders: EVERY_HEADER,
    answer: (response) => void response.writeHead(307, { location: `${elsewhere.url}/chat` }).end(),
  });
  await openAgainst(widget, url);
  await ask(widget, 'Hello');
  await expect(widget.log).toContainText('Not sent.');
  expect(await widget.details('osmtalk-error')).toMatchObject([{ code: 'invalid-response' }]);
  expect((await widget.details('osmtalk-error'))[0]?.message).toContain('redirect');
  expect(posts).toHaveLength(1);
  expect([...elsewhere.posts, ...elsewhere.questions]).toEqual([]);
  await elsewhere.close();
});

test('an endless reply ends: the page goes on, and what came is kept', async ({ widget }) => {
  const { url } = await start({
    allowHeaders: EVERY_HEADER,
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const words = `data: ${JSON.stringify({ delta: 'over and over ' })}\n\n`.repeat(500);
      const more = (): void => {
        while (!response.destroyed && response.write(words));
      };
      response.on('drain', more);
      more();
    },
  });
  await openAgainst(widget, url);
  await ask(widget, 'Tell me everything');
  await expect(widget.log).toContainText('The answer broke off.');
  await expect(widget.log.locator('[data-role=agent]')).toContainText('over and over');
  expect(await widget.page.evaluate(() => 6 * 7)).toBe(42);
});
