import { afterAll, beforeAll } from 'vitest';
import type { Timings } from '../../demo/backend/timings.js';
import { startFirefox } from '../firefox/firefox.js';
import { startWebKit, type WindowOptions } from '../webkit/webkit.js';
import type { Driver } from './driver.js';
import { htmlPage, type Site, startSite } from './site.js';
import { Visitor } from './visitor.js';

export const ENGINE = process.env.ENGINE === 'firefox' ? 'firefox' : 'webkit';

export interface SeenEvent {
  name: string;
  detail: { role?: string; text?: string } | null;
}

declare global {
  interface Window {
    /** By `site.ts`. */
    noted: { events: SeenEvent[]; errors: string[] };
  }
}

export const WINDOW = { width: 1000, height: 700 };

const START_LIMIT_MS = 180_000;

/** A site, and somebody who visits it with the engine under test. */
export class Stage {
  site!: Site;
  driver!: Driver;
  visitor!: Visitor;

  /** Attributes of a widget that speaks to the backend of this site. */
  attributes(more: Record<string, string> = {}): string {
    const all = {
      'agent-id': 'agent_receptionist',
      'api-key': 'osm_demo',
      'base-url': this.site.backend.url,
      ...more,
    };
    return Object.entries(all)
      .map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`)
      .join(' ');
  }

  /** The script as the documentation has it, and the element in the page. */
  widget(more: Record<string, string> = {}): string {
    return `<script async src="${this.site.cdn}/osmtalk-widget.js"></script>
<osmtalk-widget ${this.attributes(more)}></osmtalk-widget>`;
  }

  /** Opens a page with this body. */
  async visit(body: string, options?: Parameters<typeof htmlPage>[1]): Promise<void> {
    await this.driver.visit(this.site.page(htmlPage(body, options)));
  }

  async visitAndOpen(more: Record<string, string> = {}): Promise<void> {
    await this.visit(this.widget(more));
    await this.visitor.press('button', 'Talk to us');
    await this.visitor.steady('button', 'Close');
  }

  async errors(): Promise<string[]> {
    // As text: on some pages no array gets out as what it is.
    const text = await this.driver.run(() => window.noted.errors.join('\n'));
    return text === '' ? [] : text.split('\n');
  }

  async events(name: string): Promise<SeenEvent[]> {
    const events = await this.driver.run(() => window.noted.events);
    return events.filter((event) => event.name === name);
  }

  /** A question, and the whole of its answer in the panel. */
  async chat(question: string, answer: string): Promise<void> {
    await this.visitor.send(question);
    await this.visitor.until(async () => (await this.visitor.text('log')).includes(answer));
  }

  setAttribute(name: string, value: string): Promise<void> {
    return this.driver.run(
      (attribute, text) => document.querySelector('osmtalk-widget')?.setAttribute(attribute, text),
      name,
      value,
    );
  }
}

/** One for all checks of a file. */
export function useStage(options: WindowOptions & { timings?: Partial<Timings> } = {}): Stage {
  const stage = new Stage();
  const { timings, ...windowOptions } = options;
  beforeAll(async () => {
    stage.site = await startSite({ chatPieceGapMs: 5, ...timings });
    stage.driver = await startEngine(windowOptions);
    stage.visitor = new Visitor(stage.driver);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await stage.driver?.close();
    await stage.site?.close();
  });
  return stage;
}

function startEngine(options: WindowOptions): Promise<Driver> {
  const size = { ...WINDOW, ...options };
  return ENGINE === 'firefox' ? startFirefox(size) : startWebKit(size);
}
