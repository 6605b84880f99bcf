import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interfaceLanguage } from '../../../src/i18n/interface-language.js';
import { textDirection } from '../../../src/ui/text-direction.js';
import { localeName } from '../../../src/i18n/locale-name.js';

describe('text runs', () => {
  const rightToLeft = `ar ar-EG fa fa-AF he iw ur ur-PK ps sd ug yi dv ckb ckb-IQ ks syr nqo
    AR He-il pa-Arab uz-Arab-AF az-arab ku-Arab ff-Adlm
    man-Nkoo tru-Syrc rhg-Rohg arc`;
  const leftToRight = `en en-US de tr ja zh-Hant hi ru pa uz az ku ku-TR ar-Latn he-Latn-IL arn fr-ar en-arab1`;

  it.each(rightToLeft.split(/\s+/))('from right to left in %s', (language) => {
    expect(textDirection(language)).toBe('rtl');
  });

  it.each(leftToRight.split(/\s+/))('from left to right in %s', (language) => {
    expect(textDirection(language)).toBe('ltr');
  });

  it('from left to right where no language is known', () => expect(textDirection('')).toBe('ltr'));
});

describe('the language of the interface', () => {
  /** A document or shadow root, as far as it is looked at. */
  class FakeRoot {
    host: unknown;
    constructor(host: unknown = null) {
      this.host = host;
    }
  }

  /** An element in `root` whose nearest `lang` at or above it is this. */
  function elementIn(root: FakeRoot, lang: string | null): Element {
    const holder = lang === null ? null : { getAttribute: (name: string) => (name === 'lang' ? lang : null) };
    return { closest: () => holder, getRootNode: () => root } as unknown as Element;
  }

  const page = Object.create(null) as FakeRoot;

  beforeEach(() => {
    vi.stubGlobal('ShadowRoot', FakeRoot);
    vi.stubGlobal('navigator', { language: 'pt-BR' });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('is the nearest at or above the element', () => {
    expect(interfaceLanguage(elementIn(page, 'de'))).toBe('de');
  });

  it('is found through shadow roots', () => {
    const outer = elementIn(page, 'ar');
    const middle = elementIn(new FakeRoot(outer), null);
    expect(interfaceLanguage(elementIn(new FakeRoot(middle), null))).toBe('ar');
  });

  it('is the one inside when there are several', () => {
    const outer = elementIn(page, 'ar');
    expect(interfaceLanguage(elementIn(new FakeRoot(outer), 'fr'))).toBe('fr');
  });

  it('is the browser’s when the page names none', () => {
    expect(interfaceLanguage(elementIn(page, null))).toBe('pt-BR');
    expect(interfaceLanguage(elementIn(page, ''))).toBe('pt-BR');
  });

  it('is English when nobody names one', () => {
    vi.stubGlobal('navigator', { language: '' });
    expect(interfaceLanguage(elementIn(page, null))).toBe('en');
  });
});

describe('which of our languages it is', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE_ch', 'de'],
    // The same language by its longer code.
    ['deu', 'de'],
    ['pt-BR', 'pt'],
    ['es-419', 'es'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['ja-Jpan-JP', 'ja'],
    ['ar-u-nu-latn', 'ar'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['pa-IN', 'pa'],
    ['pa-Guru-PK', 'pa'],
    ['ur-IN', 'ur'],
    // Codes of old: Hebrew and Indonesian.
    ['iw', 'he'],
    ['in', 'id'],
    ['fa-AF', 'fa'],
  ])('%s: %s', (tag, name) => expect(localeName(tag)).toBe(name));

  it.each(
    `en en-GB da hu sr pa-PK pa-Arab zh-Latn zh-Bopo ar-Latn hi-Latn de-Cyrl ur-Deva
    desperate constructor __proto__ toString x-klingon 1`.split(/\s+/),
  )('%s: English', (tag) => expect(localeName(tag)).toBe('en'));

  it('none: English', () => expect(localeName('')).toBe('en'));
});
