import { buildPage } from '../../demo/build-page.js';

/** The demo page is bundled once for all workers. `dist/` was built before by `npm run test:e2e`. */
export default async function setup(): Promise<void> {
  await buildPage();
}
