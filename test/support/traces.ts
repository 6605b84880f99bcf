import type { CDPSession, Page } from '@playwright/test';

/** What a script can leave behind in a page, outside its own element. */
export interface Traces {
  globals: string[];
  /** Methods and accessors of the browser's own classes, with a mark that changes when they do. */
  builtIns: Record<string, unknown>;
  /** Of the watched scripts, as `target type`, sorted. */
  listeners: string[];
  styleSheets: number;
  fonts: number;
  /** Elements of the document, shadow roots not counted. */
  elements: number;
  attributes: string[];
}

const LISTENED_TO = [
  'window',
  'document',
  'document.documentElement',
  'document.body',
  'document.head',
  'navigator.mediaDevices',
  'navigator.connection',
  'screen',
  'visualViewport',
];

/** The ids of all scripts of this origin, as they arrive; a test's own have none. */
export async function watchScripts(devtools: CDPSession, origin: string): Promise<ReadonlySet<string>> {
  const scripts = new Set<string>();
  devtools.on('Debugger.scriptParsed', ({ url, scriptId }) => {
    if (url.startsWith(origin)) scripts.add(scriptId);
  });
  await devtools.send('Debugger.enable');
  return scripts;
}

/** Looks at a page from outside its scripts. The marks of built-ins can be compared within one page load. */
export async function findTraces(
  page: Page,
  devtools: CDPSession,
  scripts: ReadonlySet<string>,
): Promise<Traces> {
  const listeners = await Promise.all(LISTENED_TO.map((target) => listenersOf(devtools, target, scripts)));
  return { ...(await page.evaluate(look)), listeners: listeners.flat().toSorted() };
}

/** The engine's own list. */
async function listenersOf(
  devtools: CDPSession,
  target: string,
  scripts: ReadonlySet<string>,
): Promise<string[]> {
  const { result } = await devtools.send('Runtime.evaluate', { expression: target });
  if (!result.objectId) return [];
  const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
  return listeners.filter(({ scriptId }) => scripts.has(scriptId)).map(({ type }) => `${target} ${type}`);
}

/** Runs in the page. */
function look(): Omit<Traces, 'listeners'> {
  const known = ((globalThis as { knownBuiltIns?: Map<unknown, number> }).knownBuiltIns ??= new Map());
  const markOf = (value: unknown): number => {
    if (!known.has(value)) known.set(value, known.size);
    return known.get(value) ?? -1;
  };
  const builtIns: Record<string, unknown> = {};
  const globals = Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'knownBuiltIns');
  for (const name of globals) {
    const constructor: unknown = Reflect.getOwnPropertyDescriptor(globalThis, name)?.value;
    if (typeof constructor !== 'function') continue;
    builtIns[name] = markOf(constructor);
    const prototype: unknown = constructor.prototype;
    if (typeof prototype !== 'object' || prototype === null) continue;
    for (const key of Reflect.ownKeys(prototype)) {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(prototype, key) ?? {};
      builtIns[`${name}.${String(key)}`] = [value, get, set].map(markOf).join(' ');
    }
  }
  // Of a page that is not secure there are none.
  for (const key of Reflect.ownKeys(navigator.mediaDevices ?? {}))
    builtIns[`navigator.mediaDevices.${String(key)}`] = markOf(Reflect.get(navigator.mediaDevices, key));
  return {
    globals,
    builtIns,
    styleSheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    fonts: document.fonts.size,
    elements: document.querySelectorAll('*').length,
    attributes: [...document.querySelectorAll('*')].map((element) =>
      [element.localName, ...element.getAttributeNames()].join(' '),
    ),
  };
}
