import { resolve } from 'node:path';
import { defineBrowserProvider, parseKeyDef } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';
import { type Driver, KEYS } from './driver.js';
import type { Place } from './page-tools.js';

/**
 * Drives Vitest's browser tests in an engine that Playwright does not bring: presses and keys go through the browser, as a
 * visitor's do. An element comes here as a number, by which `vitest-locators.ts` keeps it: no selector reaches into shadow roots.
 */
export class DriverProvider implements BrowserProvider {
  readonly name = 'driver';
  readonly supportsParallelism = false;
  readonly initScripts = [resolve(import.meta.dirname, 'vitest-locators.ts')];
  readonly #start: () => Promise<Driver>;
  #starting: Promise<Driver> | null = null;
  #driver: Driver | null = null;

  constructor(project: TestProject, start: () => Promise<Driver>) {
    this.#start = start;
    // Its types know only the commands of files.
    const browser = project.browser as unknown as {
      registerCommand(name: string, command: Registered): void;
    };
    for (const [name, command] of Object.entries(commands) as [string, DriverCommand][])
      browser.registerCommand(name, ({ driver }, ...args) => command(driver, ...args));
  }

  getCommandsContext(): Record<string, unknown> {
    return { driver: this.#driver };
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#starting ??= this.#start();
    this.#driver = await this.#starting;
    await this.#driver.visit(url);
  }

  async close(): Promise<void> {
    await (await this.#starting)?.close();
  }
}

type DriverCommand = (driver: Driver, ...args: unknown[]) => Promise<unknown>;
type Registered = (context: { driver: Driver }, ...args: unknown[]) => Promise<unknown>;

/** For `browser.provider` of a Vitest config. */
export function driverProvider(start: () => Promise<Driver>): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'driver',
    options: {},
    providerFactory: (project) => new DriverProvider(project, start),
  });
}

interface Keyboard {
  unreleased: string[];
}

type KeyAction = Parameters<Driver['keys']>[0][number];

const commands = {
  async __vitest_click(driver: Driver, id: string, options?: { timeout?: number; clickCount?: number }) {
    await press(driver, id, options?.clickCount, options?.timeout);
  },
  async __vitest_dblClick(driver: Driver, id: string) {
    await press(driver, id, 2);
  },
  async __vitest_tripleClick(driver: Driver, id: string) {
    await press(driver, id, 3);
  },
  async __vitest_hover(driver: Driver, id: string) {
    await driver.moveTo(middleOf(await steadyPlace(driver, id)));
  },
  async __vitest_fill(driver: Driver, id: string, text: string) {
    await fill(driver, id, text);
  },
  async __vitest_clear(driver: Driver, id: string) {
    await fill(driver, id, '');
  },
  async __vitest_type(
    driver: Driver,
    id: string,
    text: string,
    options?: { skipClick?: boolean } & Partial<Keyboard>,
  ) {
    if (!options?.skipClick) await press(driver, id);
    return typeKeys(driver, text, { unreleased: options?.unreleased ?? [] });
  },
  async __vitest_keyboard(driver: Driver, text: string, keyboard: Keyboard) {
    return typeKeys(driver, text, keyboard);
  },
  async __vitest_cleanup(driver: Driver, keyboard: Partial<Keyboard>) {
    await driver.keys((keyboard.unreleased ?? []).map((value) => ({ type: 'keyUp', value })));
  },
  async __vitest_tab(driver: Driver, options?: { shift?: boolean }) {
    await focusFrame(driver);
    const tab: KeyAction[] = [down(KEYS.Tab), up(KEYS.Tab)];
    await driver.keys(options?.shift ? [down(KEYS.Shift), ...tab, up(KEYS.Shift)] : tab);
  },
  async __vitest_selectOptions(driver: Driver, id: string, values: string[]) {
    await select(driver, id, values);
  },
  async __vitest_viewport(driver: Driver, { width, height }: { width: number; height: number }) {
    await driver.run(
      (wanted) => {
        const frame = document.querySelector<HTMLElement>('iframe[data-vitest]');
        frame?.style.setProperty('width', `${wanted.width}px`);
        frame?.style.setProperty('height', `${wanted.height}px`);
      },
      { width, height },
    );
  },
};

const down = (value = ''): KeyAction => ({ type: 'keyDown', value });
const up = (value = ''): KeyAction => ({ type: 'keyUp', value });

function middleOf({ x, y, width, height }: Place): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

async function press(driver: Driver, id: string, times = 1, limitMs?: number): Promise<void> {
  await driver.pressAt(middleOf(await steadyPlace(driver, id, limitMs)), times);
}

/** In pixels of the window; the tests' frame may be scaled to fit into it. */
function steadyPlace(driver: Driver, id: string, limitMs = 10_000, isPressed = true): Promise<Place> {
  return driver.runWithTools(
    async (tools, wanted) => {
      const frame = document.querySelector<HTMLIFrameElement>('iframe[data-vitest]');
      const view = frame?.contentWindow;
      if (!frame || !view) throw new Error('There is no frame with a test');
      const place = await tools.steadyPlace(
        () => (view.known?.get(wanted.id) ?? (() => view.document.querySelector(wanted.id)))(),
        // `userEvent.click(document.body)` means: anywhere.
        { limitMs: wanted.limitMs, needsHit: wanted.isPressed && wanted.id.startsWith('known:') },
      );
      const box = frame.getBoundingClientRect();
      const scale = box.width / view.innerWidth || 1;
      return {
        x: box.x + place.x * scale,
        y: box.y + place.y * scale,
        width: place.width * scale,
        height: place.height * scale,
        isHit: place.isHit,
      };
    },
    { id, limitMs, isPressed },
  );
}

/** To be written into, a field need not be in sight. */
async function steadyField(driver: Driver, id: string): Promise<void> {
  await steadyPlace(driver, id, undefined, false);
}

async function fill(driver: Driver, id: string, text: string): Promise<void> {
  await steadyField(driver, id);
  await driver.run(
    (wantedId, value) => {
      const view = document.querySelector<HTMLIFrameElement>('iframe[data-vitest]')?.contentWindow as Window &
        typeof globalThis;
      const field = view.known?.get(wantedId)?.() as HTMLInputElement;
      const set = (): void => {
        const type =
          field instanceof view.HTMLTextAreaElement ? view.HTMLTextAreaElement : view.HTMLInputElement;
        Object.getOwnPropertyDescriptor(type.prototype, 'value')?.set?.call(field, value);
        field.dispatchEvent(new view.InputEvent('input', { bubbles: true, composed: true, data: value }));
      };
      view.focus();
      field.focus();
      if (field.type === 'range') {
        set();
        return field.dispatchEvent(new view.Event('change', { bubbles: true }));
      }
      field.select();
      const [command, words] =
        value === '' ? (['delete', undefined] as const) : (['insertText', value] as const);
      if (field.value === value && value === '') return true;
      // As if it were typed, and so can be undone; the only way to that.
      // oxlint-disable-next-line typescript/no-deprecated
      if (!view.document.execCommand(command, false, words) || field.value !== value) set();
      return true;
    },
    id,
    text,
  );
}

async function select(driver: Driver, id: string, values: string[]): Promise<void> {
  await steadyField(driver, id);
  await driver.run(
    (wantedId, wanted) => {
      const view = document.querySelector<HTMLIFrameElement>('iframe[data-vitest]')?.contentWindow as Window &
        typeof globalThis;
      const list = view.known?.get(wantedId)?.() as HTMLSelectElement;
      list.focus();
      for (const option of Array.from(list.options))
        option.selected = wanted.some((each) => [option.value, option.label, option.text].includes(each));
      list.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
      list.dispatchEvent(new view.Event('change', { bubbles: true }));
    },
    id,
    values,
  );
}

async function typeKeys(driver: Driver, text: string, { unreleased }: Keyboard): Promise<Keyboard> {
  await focusFrame(driver);
  const pressed = new Set(unreleased);
  const actions: KeyAction[] = [];
  for (const { releasePrevious, releaseSelf, repeat, keyDef } of parseKeyDef(text)) {
    const key = KEYS[keyDef.key ?? ''] ?? keyDef.key ?? '';
    if (pressed.delete(key)) actions.push(up(key));
    if (releasePrevious) continue;
    for (let count = 0; count < repeat; count += 1) actions.push(down(key));
    if (releaseSelf) actions.push(up(key));
    else pressed.add(key);
  }
  await driver.keys(actions);
  return { unreleased: [...pressed] };
}

/** Keys go to the frame of the test. */
async function focusFrame(driver: Driver): Promise<void> {
  await driver.run(() => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[data-vitest]');
    if (document.activeElement !== frame) frame?.contentWindow?.focus();
  });
}
