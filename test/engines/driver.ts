import { type PageTools, pageTools } from './page-tools.js';
import { until } from './until.js';

/** The commands of W3C WebDriver that are used here, by the names that Firefox gives them. */
export type Command =
  | 'NewSession'
  | 'DeleteSession'
  | 'Navigate'
  | 'Refresh'
  | 'ExecuteAsyncScript'
  | 'PerformActions'
  | 'SetWindowRect'
  | 'TakeScreenshot'
  | 'NewWindow'
  | 'CloseWindow'
  | 'GetWindowHandle'
  | 'SwitchToWindow';

/** How commands reach a browser. */
export interface Wire {
  send(command: Command, parameters?: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

type Answer = { value: unknown } | { error: string };

/** Keys that have no character of their own, as WebDriver writes them. */
export const KEYS: Record<string, string> = {
  Escape: '\uE00C',
  Enter: '\uE007',
  Tab: '\uE004',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Backspace: '\uE003',
  Delete: '\uE017',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
};

/** One browser with one window at a time, in any engine that speaks WebDriver. */
export class Driver {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async visit(url: string): Promise<void> {
    await this.#wire.send('Navigate', { url });
  }

  async reload(): Promise<void> {
    await this.#wire.send('Refresh', {});
  }

  /** What the function returns, or its promise resolves to, in the page. It stands on its own. */
  async run<Args extends unknown[], Result>(
    look: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.#execute(`(${look.toString()})(...given)`, args);
  }

  /** The same, for a function that takes `pageTools` of this folder first. */
  async runWithTools<Args extends unknown[], Result>(
    look: (tools: PageTools, ...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.#execute(`(${look.toString()})((${pageTools.toString()})(), ...given)`, args);
  }

  async #execute<Result>(expression: string, args: unknown[]): Promise<Result> {
    // esbuild, by which `tsx` runs, writes `__name` into functions.
    const script = `const __name = (named) => named;
      const done = arguments[arguments.length - 1];
      const given = Array.prototype.slice.call(arguments, 0, -1);
      Promise.resolve().then(() => ${expression}).then(
        (value) => done({ value: value === undefined ? null : value }),
        (error) => done({ error: String(error && error.stack ? error + ' ' + error.stack : error) }),
      );`;
    const answer = (await this.#wire.send('ExecuteAsyncScript', { script, args })) as Answer;
    if ('error' in answer) throw new Error(answer.error);
    return answer.value as Result;
  }

  async pressAt({ x, y }: Point, times = 1): Promise<void> {
    await this.moveTo({ x, y });
    const press = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#pointer(Array.from({ length: times }, () => press).flat());
  }

  async moveTo({ x, y }: Point): Promise<void> {
    await this.#pointer([{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }]);
  }

  /** Turns the wheel of the mouse; up is negative. */
  async wheelAt({ x, y }: Point, deltaY: number): Promise<void> {
    const scroll = { type: 'scroll', x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY, duration: 0 };
    await this.#wire.send('PerformActions', { actions: [{ type: 'wheel', id: 'wheel', actions: [scroll] }] });
  }

  /** `keyDown` and `keyUp` in this order; `value` as in `KEYS`, or a character. */
  async keys(actions: readonly { type: 'keyDown' | 'keyUp'; value: string }[]): Promise<void> {
    await this.#wire.send('PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async type(text: string): Promise<void> {
    await this.keys(
      Array.from(text).flatMap((value) => [
        { type: 'keyDown' as const, value },
        { type: 'keyUp' as const, value },
      ]),
    );
  }

  /** Of what the page has for itself, whatever a window has around that. */
  async resize({ width, height }: Size): Promise<void> {
    const look = (): [number, number, number, number] => [innerWidth, innerHeight, outerWidth, outerHeight];
    const before = await this.run(look);
    const frame = [before[2] - before[0], before[3] - before[1]] as const;
    await this.#wire.send('SetWindowRect', { width: width + frame[0], height: height + frame[1] });
    await until(async () => {
      const [innerWidth, innerHeight] = await this.run(look);
      return innerWidth === width && innerHeight === height ? true : null;
    }, 2_000);
  }

  /** A PNG file. */
  async screenshot(): Promise<Buffer> {
    // WebKitGTK waits for the next frame, which a page at rest never draws: something unseen changes meanwhile.
    await this.run(() => {
      const spot = document.createElement('div');
      spot.id = 'restless';
      const style =
        'all:initial;position:fixed;top:0;left:0;width:1px;height:1px;background:#000;pointer-events:none;opacity:0';
      for (const rule of style.split(';')) {
        const [name = '', value = ''] = rule.split(':');
        spot.style.setProperty(name, value, 'important');
      }
      document.documentElement.append(spot);
      let isOdd = false;
      const change = (): void => {
        isOdd = !isOdd;
        spot.style.setProperty('opacity', isOdd ? '0.001' : '0', 'important');
        if (spot.isConnected) requestAnimationFrame(change);
      };
      change();
    });
    const base64 = (await this.#wire.send('TakeScreenshot', { full: false })) as string;
    await this.run(() => {
      const spot = document.querySelector('#restless');
      spot?.parentNode?.removeChild(spot);
    });
    return Buffer.from(base64, 'base64');
  }

  /** The name of the window that the commands go to. */
  async window(): Promise<string> {
    return (await this.#wire.send('GetWindowHandle')) as string;
  }

  /** Opens another window of the same visitor; commands go to it from now on. */
  async openWindow(): Promise<string> {
    const { handle } = (await this.#wire.send('NewWindow', { type: 'window' })) as { handle: string };
    await this.switchTo(handle);
    return handle;
  }

  async closeWindow(): Promise<void> {
    await this.#wire.send('CloseWindow', {});
  }

  async switchTo(handle: string): Promise<void> {
    await this.#wire.send('SwitchToWindow', { handle });
  }

  async close(): Promise<void> {
    await this.#wire.close();
  }

  async #pointer(actions: readonly object[]): Promise<void> {
    const parameters = { pointerType: 'mouse' };
    await this.#wire.send('PerformActions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters, actions }],
    });
  }
}
