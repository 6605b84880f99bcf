import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The script of a page of ours, as it stands in its source: beside the page. */
const BESIDE = /(<script\b[^>]*\bsrc=")\/?(?=osmtalk-widget\.js")/g;

/** Pages for a server of the tests. A folder of its own: several workers have one each. */
export class Site {
  readonly directory: string;
  #pages = 0;

  constructor() {
    mkdirSync('.cache', { recursive: true });
    this.directory = mkdtempSync('.cache/site-');
  }

  /**
   * Takes over the pages of these folders, and lets their script come from another origin, as it does from a CDN. A page
   * with a policy of its own says itself where scripts may come from.
   */
  takeOver(folders: readonly string[], scriptOrigin: string): void {
    for (const folder of folders)
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
        const html = readFileSync(join(folder, file), 'utf8');
        writeFileSync(
          join(this.directory, file),
          html.includes('Content-Security-Policy') ? html : fromOrigin(html, scriptOrigin),
        );
      }
  }

  /** Puts up one more page, and returns its path. */
  put(html: string): string {
    this.#pages += 1;
    const name = `page-${this.#pages}.html`;
    writeFileSync(join(this.directory, name), html);
    return `/${name}`;
  }

  add(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function fromOrigin(html: string, scriptOrigin: string): string {
  return html.replace(BESIDE, `$1${scriptOrigin}/`);
}
