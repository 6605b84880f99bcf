import type { BrowserContext, Page, Request } from '@playwright/test';

interface Seen {
  /** Where it stood, e.g. `body of the answer to http://…`. */
  place: string;
  text: string;
}

/** Listens to all that the pages of a browser context send and receive, and looks for secrets there, in storage and in the DOM. */
export class SecretSearch {
  readonly #context: BrowserContext;
  readonly #seen: Seen[] = [];
  readonly #reading: Promise<void>[] = [];

  constructor(context: BrowserContext) {
    this.#context = context;
    context.on('request', (request) => this.#onRequest(request));
    context.on('requestfinished', (request) => this.#reading.push(this.#onAnswer(request)));
    context.on('console', (message) => this.#note('console', message.text()));
    context.on('page', (page) => this.#listenTo(page));
    for (const page of context.pages()) this.#listenTo(page);
  }

  /** The places where one of these secrets stands. */
  async find(secrets: readonly string[]): Promise<string[]> {
    const spellings = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
    const everything = await this.#everything();
    const places = everything.filter(({ text }) => spellings.some((each) => text.includes(each)));
    return [...new Set(places.map(({ place }) => place))];
  }

  async #everything(): Promise<Seen[]> {
    await Promise.all(this.#reading);
    const left = await Promise.all(this.#context.pages().map((page) => lookAt(page)));
    return [...this.#seen, ...left.flat()];
  }

  #listenTo(page: Page): void {
    page.on('websocket', (socket) => {
      const address = withoutQuery(socket.url());
      this.#note(`address of the socket ${address}`, socket.url());
      socket.on('framesent', ({ payload }) => this.#note(`frame to ${address}`, payload.toString()));
      socket.on('framereceived', ({ payload }) => this.#note(`frame from ${address}`, payload.toString()));
    });
  }

  #onRequest(request: Request): void {
    const address = withoutQuery(request.url());
    this.#note(`address of ${address}`, request.url());
    this.#note(`headers to ${address}`, JSON.stringify(request.headers()));
    this.#note(`body to ${address}`, request.postData() ?? '');
  }

  async #onAnswer(request: Request): Promise<void> {
    const address = withoutQuery(request.url());
    // What a page asked for that has gone since, the browser has forgotten.
    const [sent, response] = await Promise.all([request.allHeaders(), request.response()]).catch(() => []);
    this.#note(`headers to ${address}`, JSON.stringify(sent ?? {}));
    if (!response) return;
    this.#note(`headers from ${address}`, JSON.stringify(await response.allHeaders().catch(() => ({}))));
    const body = await response.body().catch(() => null);
    if (body) this.#note(`body from ${address}`, body.toString());
  }

  #note(place: string, text: string): void {
    if (text !== '') this.#seen.push({ place, text });
  }
}

async function lookAt(page: Page): Promise<Seen[]> {
  // A page that is just being left has nothing to look at.
  const found = await page.evaluate(collect).catch(() => ({}));
  return Object.entries(found).map(([place, text]) => ({ place, text }));
}

/** Runs in the page. */
function collect(): Record<string, string> {
  const markup: string[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    markup.push((root instanceof Document ? root.documentElement : root).innerHTML);
    for (const element of root.querySelectorAll('*')) {
      if ('value' in element) markup.push(String(element.value));
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  // Its entries lack an item by the name of one of its methods, like `key`.
  const items = (storage: Storage): unknown[] =>
    Array.from({ length: storage.length }, (_each, index) => {
      const name = storage.key(index) ?? '';
      return [name, storage.getItem(name)];
    });
  const read = (area: () => unknown): string => {
    try {
      return JSON.stringify(area());
    } catch {
      return '';
    }
  };
  return {
    DOM: markup.join('\n'),
    events: read(() => window.seen.events),
    cookies: document.cookie,
    sessionStorage: read(() => items(sessionStorage)),
    localStorage: read(() => items(localStorage)),
    history: read(() => [location.href, history.state, window.name]),
  };
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}
