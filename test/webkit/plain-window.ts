import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Place, pageTools } from '../engines/page-tools.js';
import { startProgram } from '../engines/programs.js';
import { until } from '../engines/until.js';
import { startDesktop } from './desktop.js';
import { webkitEnvironment, type WindowOptions, windowArguments } from './webkit.js';

const PRESS_LIMIT_MS = 25_000;

interface Sight {
  buttons: { name: string; place: Place }[];
  card: string;
  dialog: string;
}

/**
 * A window that no WebDriver holds: only there are prompts real, since under automation WebKit grants every microphone. It is
 * looked at by what a script in the page posts, and pressed by the mouse of its desktop.
 */
export interface PlainWindow {
  /** How often the page made the browser ask for the microphone. */
  prompts(): number;
  card(): string;
  dialog(): string;
  press(name: string): Promise<void>;
  /** How the next prompts are answered. */
  answerWith(mic: 'allow' | 'deny'): Promise<void>;
  close(): Promise<void>;
}

export async function openPlainWindow(
  url: string,
  { scripts = [], ...options }: WindowOptions & { mock?: 0 | 1 },
): Promise<PlainWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'osmtalk-webkit-'));
  const look = join(folder, 'look.js');
  await writeFile(look, `(${lookOn.toString()})((${pageTools.toString()})());`);
  const desktop = await startDesktop();
  const args = windowArguments({ ...options, scripts: [...scripts, look] });
  const env = { ...process.env, ...webkitEnvironment, DISPLAY: desktop.display };
  const path = resolve(import.meta.dirname, 'window.py');
  const program = startProgram(path, [...args, `--url=${url}`], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const { stdin, stdout } = program.process;
  if (!stdin || !stdout) throw new Error('The window has no pipes');

  let prompts = 0;
  let answers = 0;
  let sight: Sight = { buttons: [], card: '', dialog: '' };
  createInterface({ input: stdout }).on('line', (line) => {
    if (line.startsWith('PROMPT')) prompts += 1;
    if (line.startsWith('NOW')) answers += 1;
    if (line.startsWith('POST ')) sight = JSON.parse(line.slice('POST '.length)) as Sight;
  });

  return {
    prompts: () => prompts,
    card: () => sight.card,
    dialog: () => sight.dialog,
    async press(name) {
      let last: Place | undefined;
      const place = await until(() => {
        const before = last;
        last = sight.buttons.find((button) => button.name === name)?.place;
        const isStill = before && last && before.x === last.x && before.y === last.y && before !== last;
        return isStill && last?.isHit ? last : null;
      }, PRESS_LIMIT_MS);
      if (!place) throw new Error(`button "${name}" is not ready: ${JSON.stringify(sight)}`);
      const { x, y, width, height } = place;
      const xdotool = (...words: (string | number)[]): string =>
        execFileSync('xdotool', words.map(String), { env, encoding: 'utf8' });
      const [id = ''] = xdotool('search', '--onlyvisible', '--pid', program.process.pid ?? 0)
        .trim()
        .split('\n');
      xdotool('mousemove', '--window', id, Math.round(x + width / 2), Math.round(y + height / 2), 'click', 1);
    },
    async answerWith(mic) {
      const before = answers;
      stdin.write(`${mic}\n`);
      await until(() => (answers > before ? true : null), PRESS_LIMIT_MS);
    },
    async close() {
      await program.end();
      await desktop.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in the page, before its own scripts. */
function lookOn(tools: ReturnType<typeof pageTools>): void {
  const { messageHandlers } = (
    window as unknown as { webkit: { messageHandlers: { test: { postMessage(text: string): void } } } }
  ).webkit;
  const textOf = (role: string): string => (tools.find(role)[0] as HTMLElement | undefined)?.innerText ?? '';
  // oxlint-disable-next-line house/no-sleep -- Looks all the time.
  setInterval(() => {
    if (!document.body) return;
    const buttons = tools
      .find('button')
      .map((button) => ({ name: tools.nameOf(button), place: tools.measure(button) }));
    const sight = JSON.stringify({ buttons, card: textOf('alert'), dialog: textOf('dialog') });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- To whoever opened this window.
    messageHandlers.test.postMessage(sight);
  }, 50);
}
