import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, server } from 'vitest/browser';
import { importLocale, type ForeignName } from '../../src/i18n/import-locale.js';
import { LOCALE_NAMES } from '../../src/i18n/locale-name.js';
import { findCutText } from '../support/find-cut-text.js';
import { stagePanel } from '../support/panel-states.js';

/** All of them in Chromium; elsewhere some that the fonts of any machine have, one of them from right to left. */
const NAMES = LOCALE_NAMES.filter((name): name is ForeignName =>
  server.browser === 'chromium' ? name !== 'en' : ['ar', 'de', 'uk'].includes(name),
);

beforeAll(() => page.viewport(320, 640));
afterAll(() => page.viewport(1000, 800));

describe.each(NAMES)('%s, on a screen 320 pixels wide', (name) => {
  test('shows every text whole, in every state', async () => {
    const locale = await importLocale(name);
    const stage = stagePanel(name, locale);
    const said = new Set<string>();
    const cut: string[] = [];
    let states = 0;
    await stage.eachState((state) => {
      states += 1;
      for (const text of findCutText(stage.shadow)) cut.push(`${state}: ${text}`);
      for (const text of textsOf(stage.shadow)) said.add(text);
    });
    stage.remove();
    expect(cut).toEqual([]);
    expect(states).toBeGreaterThan(100);
    // All words have been on the screen, or were read out.
    expect(unseenWords(locale.words, [...said].join('\n'))).toEqual([]);
  });
});

/** All that is drawn or read out. */
function* textsOf(root: ShadowRoot): Iterable<string> {
  for (const element of root.querySelectorAll('*')) {
    for (const attribute of ['aria-label', 'title', 'placeholder'])
      yield element.getAttribute(attribute) ?? '';
    yield element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }
}

function unseenWords(words: object, said: string, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return unseenWords(value, said, `${prefix}${key}.`);
    const parts = String(value).split(/\{\w+\}|\n/);
    return parts.every((part) => said.includes(part.replace(/\s+/g, ' ').trim())) ? [] : [`${prefix}${key}`];
  });
}

describe('text that is cut is found', () => {
  const planted: [string, string, boolean][] = [
    ['whole', '<p>Some words</p>', false],
    ['a long word, beyond the screen', `<p>${'W'.repeat(80)}</p>`, true],
    ['a word wider than its button', '<button class="narrow">Wonderful</button>', true],
    ['an ellipsis', '<p class="dots">Some words that are many</p>', true],
    ['lines that are left out', '<p class="clamp">Some words that are many</p>', true],
    ['a line below a lower edge', '<div class="low"><p>One</p><p>Two</p><p>Three</p></div>', true],
    ['a line that is scrolled to', '<div class="scrolls"><p>One</p><p>Two</p><p>Three</p></div>', false],
    [
      'a line that scrolls sideways',
      '<div class="scrolls"><p class="line">Some words that are many</p></div>',
      true,
    ],
    ['a placeholder', '<textarea rows="1" placeholder="Write some words that are many"></textarea>', true],
    ['a word in two', '<p class="break">Some wonderful words</p>', true],
    ['words in lines', '<p class="break">Some other words</p>', false],
    ['a choice', '<select class="short"><option>Some words that are many</option></select>', true],
    ['words for screen readers', '<p class="hidden dots">Some words that are many</p>', false],
  ];

  test.each(planted)('%s', (_, content, isFound) => {
    const host = document.createElement('main');
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.narrow { width: 2em; padding: 0; } .line { white-space: nowrap; }         .break { width: 4em; overflow-wrap: anywhere; } textarea, .short { width: 5em; }
      .dots { width: 5em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .clamp { width: 5em; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
      .low { height: 2em; overflow: hidden; } .scrolls { width: 5em; height: 3em; overflow: auto; }`);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(new DOMParser().parseFromString(content, 'text/html').body);
    document.body.append(host);
    expect(findCutText(shadow).length > 0).toBe(isFound);
    host.remove();
  });
});
