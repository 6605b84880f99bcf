import type { Readable } from 'node:stream';
import { findProgram, type Program, startProgram } from '../engines/programs.js';

export interface Desktop {
  /** For `DISPLAY`. */
  display: string;
  close(): Promise<void>;
}

/** The number that Xvfb found free. It writes it in pieces, and does not outlive a pipe that closes too soon. */
async function numberOf(screen: Program): Promise<string> {
  let text = '';
  for await (const piece of screen.process.stdio[3] as Readable) {
    text += String(piece);
    if (text.endsWith('\n')) return text.trim();
  }
  throw new Error('Xvfb did not start');
}

/** A screen that nobody sees, with a window manager where there is one: without, no window has the focus. */
export async function startDesktop(): Promise<Desktop> {
  const screen = startProgram(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const display = `:${await numberOf(screen)}`;
  const openbox = findProgram('openbox');
  const manager = openbox ? startProgram(openbox, [], { env: { ...process.env, DISPLAY: display } }) : null;
  return {
    display,
    async close() {
      await manager?.end();
      await screen.end();
    },
  };
}
