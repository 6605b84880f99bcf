import type { LauncherPart, LauncherPlace } from '../../contract/launcher-place.js';
import { pushToDataLayer } from './data-layer.js';
import { sendReports } from './failure-report.js';

/** Tells the site's own measurement what happens, where `data-layer` or `report-url` asks for it. */
export function attach(place: LauncherPlace): LauncherPart {
  pushToDataLayer(place);
  sendReports(place);
  // Both read the settings at each event.
  return { look: () => undefined };
}
