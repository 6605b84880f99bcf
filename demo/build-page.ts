import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

const OUT = '.cache/demo';

/** Bundles the demo page into a folder and returns it. The widget itself comes from `dist/`, as on any site. */
export async function buildPage(): Promise<string> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const file of ['index.html', 'demo.css']) cpSync(`demo/page/${file}`, `${OUT}/${file}`);
  const bundle = await rolldown({ input: { demo: 'demo/page/demo.ts' }, platform: 'browser' });
  await bundle.write({ dir: OUT, format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
  return OUT;
}
