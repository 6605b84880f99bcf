import { importLocale } from '../../src/i18n/import-locale.js';
import type { LocaleName } from '../../src/i18n/locale-name.js';
import { stagePanel } from './panel-states.js';

declare global {
  interface Window {
    /** Draws each state of the panel in a language; `shoot` is called with its name when it is drawn. */
    drawStates: (name: LocaleName, theme: string) => Promise<void>;
    shoot: (state: string) => Promise<void>;
  }
}

window.drawStates = async (name, theme) => {
  document.documentElement.lang = name;
  const stage = stagePanel(name, await importLocale(name as Exclude<LocaleName, 'en'>));
  stage.shadow.querySelector('.root')?.setAttribute('data-theme', theme);
  await stage.eachState((state) => window.shoot(state));
  stage.remove();
};
