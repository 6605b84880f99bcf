import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium, type Browser } from 'playwright';
import { startBackend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { buildBareLivekitPage, measureFirstSound } from './load/measure-first-sound.js';
import { CPU_SLOWDOWN, measureLoad, type LoadFigures } from './load/measure-load.js';
import { measureMounts, MOUNTS, type MountFigures } from './load/measure-mounts.js';
import { servePages, type Guest } from './load/page-server.js';

/**
 * `npm run bench:load [-- rounds]`: what the script tag costs a page (default 9 rounds, all pages in turn, medians): a page with
 * nothing, with a bare element of 1 KB, and with the widget, on slow 4G and a slowed processor; then mounts and unmounts, and
 * calls against a bare `livekit-client` page. Prints a Markdown table; ends with code 1 when a budget is broken.
 */
const ROUNDS = Number(process.argv[2] ?? 9);

/** The way to the first sound differs by a third from one call to the next: only many tell two pages apart. */
const SOUND_ROUNDS = 3 * ROUNDS;

const TAGS: Record<Guest, string | null> = {
  nothing: null,
  'bare element': 'bare-element',
  widget: 'osmtalk-widget',
};
const GUESTS = Object.keys(TAGS) as Guest[];

/** A frame, which is as fine as a paint can be told. */
const FRAME_MS = 1_000 / 60;

interface Row {
  what: string;
  cells: [nothing: string, bare: string, widget: string];
  budget?: string;
  isKept?: boolean;
}

const browser = await chromium.launch({
  executablePath: requireChromium(),
  // Exact heap sizes: by default they are blurred against pages that spy.
  args: [...chromiumArguments, ...speakingMicrophone, '--enable-precise-memory-info'],
});

try {
  const rows = [...(await loadRows(browser)), ...(await soundRows(browser))];
  report(rows, browser.version());
} finally {
  await browser.close();
}

async function loadRows(inside: Browser): Promise<Row[]> {
  const server = await servePages();
  try {
    const figures: Record<Guest, LoadFigures[]> = { nothing: [], 'bare element': [], widget: [] };
    // The first round warms the browser and the disk, and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const guest of GUESTS) {
        const measured = await measureLoad(inside, server.urlOf(guest), TAGS[guest]);
        if (round > 0) figures[guest].push(measured);
      }
    }
    const closed = await measureMounts(inside, server.urlOf('widget'), false);
    const open = await measureMounts(inside, server.urlOf('widget'), true);
    return [...toRows(figures), ...mountRows(closed, 'closed', 10), ...mountRows(open, 'open', 1_000)];
  } finally {
    server.close();
  }
}

function toRows(figures: Record<Guest, LoadFigures[]>): Row[] {
  const of = (guest: Guest, name: keyof LoadFigures): number =>
    median(figures[guest].map((each) => each[name]));
  const cells = (name: keyof LoadFigures, write: (value: number) => string): Row['cells'] => [
    write(of('nothing', name)),
    write(of('bare element', name)),
    write(of('widget', name)),
  ];
  const over = (name: keyof LoadFigures): number => of('widget', name) - of('nothing', name);
  const ratio = of('widget', 'launcherMs') / of('bare element', 'launcherMs');
  const lcpNoiseMs = Math.max(FRAME_MS, spread(figures.nothing.map(({ lcpMs }) => lcpMs)));
  const blockedNoiseMs = spread(figures.nothing.map(({ blockedMs }) => blockedMs));
  return [
    {
      what: 'scripts before the launcher shows',
      cells: cells('scriptBytes', kilobytes),
      budget: '12 KB',
      isKept: of('widget', 'scriptBytes') <= 12 * 1024,
    },
    {
      what: 'requests for them',
      cells: cells('scriptRequests', String),
      budget: '3, none to others',
      isKept: of('widget', 'scriptRequests') <= 3 && of('widget', 'foreignRequests') === 0,
    },
    { what: 'scripts fetched later, at idle', cells: cells('laterBytes', kilobytes) },
    {
      what: 'launcher visible',
      cells: [
        '',
        milliseconds(of('bare element', 'launcherMs')),
        withRatio(of('widget', 'launcherMs'), ratio),
      ],
      budget: '1.20×',
      isKept: ratio <= 1.2,
    },
    { what: 'time in scripts', cells: cells('scriptMs', milliseconds) },
    { what: 'long tasks', cells: cells('longTasks', String) },
    {
      what: 'main thread blocked',
      cells: cells('blockedMs', milliseconds),
      budget: withinNoise(blockedNoiseMs),
      isKept: over('blockedMs') <= blockedNoiseMs,
    },
    {
      what: 'largest contentful paint',
      cells: cells('lcpMs', milliseconds),
      budget: withinNoise(lcpNoiseMs),
      isKept: over('lcpMs') <= lcpNoiseMs,
    },
    {
      what: 'heap over the blank page, closed',
      cells: [
        '',
        kilobytes(of('bare element', 'heapBytes') - of('nothing', 'heapBytes')),
        kilobytes(over('heapBytes')),
      ],
      budget: '250 KB',
      isKept: over('heapBytes') <= 250 * 1024,
    },
    {
      what: 'press on the launcher to panel drawn',
      cells: ['', '', milliseconds(of('widget', 'panelMs'))],
      budget: '100 ms',
      isKept: of('widget', 'panelMs') <= 100,
    },
  ];
}

function mountRows(
  { bytes, nodes, listeners, detachedHosts }: MountFigures,
  state: string,
  allowedBytes: number,
): Row[] {
  return [
    {
      what: `${MOUNTS} mounts and unmounts, ${state}: heap each`,
      cells: ['', '', `${bytes.toFixed(0)} bytes`],
      budget: `${allowedBytes} bytes`,
      isKept: bytes <= allowedBytes,
    },
    {
      what: '… nodes, listeners each; elements left in memory',
      cells: ['', '', `${nodes.toFixed(2)}, ${listeners.toFixed(2)}; ${detachedHosts}`],
      budget: '0, 0; 0',
      isKept: nodes <= 0 && listeners <= 0 && detachedHosts === 0,
    },
  ];
}

async function soundRows(inside: Browser): Promise<Row[]> {
  const staticDirs = [await buildBareLivekitPage(), 'dist', 'test/support/pages'];
  const backend = await startBackend({ port: 0, staticDirs, env: {} });
  try {
    const bare: number[] = [];
    const widget: number[] = [];
    for (let round = 0; round <= SOUND_ROUNDS; round += 1) {
      const bareMs = await measureFirstSound(inside, `${backend.url}/bare-livekit.html`);
      const widgetMs = await measureFirstSound(inside, `${backend.url}/script-tag.html`);
      if (round === 0) continue;
      bare.push(bareMs);
      widget.push(widgetMs);
    }
    const ratio = median(widget) / median(bare);
    return [
      {
        what: `press on “Start a call” to first sound (${SOUND_ROUNDS} calls each, not slowed; against bare \`livekit-client\`)`,
        cells: ['', milliseconds(median(bare)), withRatio(median(widget), ratio)],
        budget: '1.10×',
        isKept: ratio <= 1.1,
      },
    ];
  } finally {
    await backend.close();
  }
}

function report(rows: readonly Row[], chromiumVersion: string): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [cpu] = cpus();
  console.log(
    `osmtalk-widget ${version}, Chromium ${chromiumVersion}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim()}; ` +
      `${ROUNDS} rounds, medians. Slow 4G: 150 ms a request, 1.6 Mbit/s down, 0.75 up; processor slowed ${CPU_SLOWDOWN}×; Brotli 11.\n`,
  );
  console.log('|  | nothing | bare element | widget | budget |\n| --- | --- | --- | --- | --- |');
  for (const { what, cells, budget, isKept } of rows) {
    const verdict = isKept === false ? ' **broken**' : '';
    console.log(`| ${[what, ...cells, `${budget ?? ''}${verdict}`].join(' | ')} |`);
  }
  const broken = rows.filter(({ isKept }) => isKept === false);
  if (broken.length === 0) return;
  console.error(`\nOver budget: ${broken.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between the quartiles. */
function spread(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}

/** No more than the page with nothing differs from itself. */
function withinNoise(ms: number): string {
  return `+${milliseconds(ms)}, its own spread`;
}

function withRatio(ms: number, ratio: number): string {
  return `${milliseconds(ms)} (${ratio.toFixed(2)}×)`;
}
