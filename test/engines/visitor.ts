import { type Driver, KEYS } from './driver.js';
import type { Place } from './page-tools.js';
import { until } from './until.js';

const PRESS_LIMIT_MS = 25_000;
const PATIENCE_MS = 20_000;

/** Somebody in front of a page, who sees roles and names, and has a mouse and a keyboard. */
export class Visitor {
  readonly driver: Driver;

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Presses the middle of it, once it stands still and nothing covers it. */
  async press(role: string, name?: string): Promise<void> {
    const { x, y, width, height } = await this.steady(role, name);
    await this.driver.pressAt({ x: x + width / 2, y: y + height / 2 });
  }

  /** Where it stands, once it stands still and can be pressed. */
  async steady(role: string, name?: string): Promise<Place> {
    try {
      return await this.driver.runWithTools(
        (tools, { wantedRole, wantedName, limitMs }) =>
          tools.steadyPlace(() => tools.find(wantedRole, wantedName)[0], { limitMs, needsHit: true }),
        { wantedRole: role, wantedName: name ?? null, limitMs: PRESS_LIMIT_MS },
      );
    } catch (error) {
      throw new Error(`${role} "${name ?? ''}" is not ready`, { cause: error });
    }
  }

  /** How many can be seen. */
  async count(role: string, name?: string): Promise<number> {
    return this.driver.runWithTools(
      (tools, wantedRole, wantedName) => tools.find(wantedRole, wantedName).length,
      role,
      name ?? null,
    );
  }

  /** Where all of them are that can be seen. */
  async all(role: string, name?: string): Promise<Place[]> {
    return this.driver.runWithTools(
      (tools, wantedRole, wantedName) =>
        tools.find(wantedRole, wantedName).map((element) => tools.measure(element)),
      role,
      name ?? null,
    );
  }

  /** The text of the first that can be seen; `''` when there is none. */
  async text(role: string, name?: string): Promise<string> {
    return this.driver.runWithTools(
      (tools, wantedRole, wantedName) => {
        const found = tools.find(wantedRole, wantedName)[0];
        return found instanceof HTMLElement ? found.innerText : '';
      },
      role,
      name ?? null,
    );
  }

  /** What the first that can be seen holds in a property. */
  async property(role: string, property: string): Promise<unknown> {
    return this.driver.runWithTools(
      (tools, wantedRole, wantedProperty) =>
        (tools.find(wantedRole)[0] as unknown as Record<string, unknown> | undefined)?.[wantedProperty] ??
        null,
      role,
      property,
    );
  }

  /** The role and name of what has the focus. */
  async focused(): Promise<string> {
    return this.driver.runWithTools((tools) => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element) return '';
      return `${element.getAttribute('role') ?? element.localName} ${tools.nameOf(element)}`.trim();
    });
  }

  /** Waits for what it looks at, and throws when that does not come. */
  async until(look: () => Promise<boolean>): Promise<void> {
    const isSeen = await until(async () => ((await look()) ? true : null), PATIENCE_MS);
    if (!isSeen) throw new Error(`Not seen: ${look.toString()}; on the page: ${await this.text('body')}`);
  }

  async type(text: string): Promise<void> {
    await this.driver.type(text);
  }

  async key(name: keyof typeof KEYS): Promise<void> {
    await this.driver.type(KEYS[name] ?? '');
  }

  /** Writes a message and sends it. */
  async send(text: string): Promise<void> {
    await this.press('textbox', 'Message');
    await this.type(text);
    await this.press('button', 'Send');
  }
}
