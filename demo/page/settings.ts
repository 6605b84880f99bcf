import { LOCALE_NAMES } from '../../src/i18n/locale-name.js';
import { readAddress, writeAddress } from './address.js';

/** Attributes that the page lets testers switch; the first choice is the default and stands for "not set". */
const CHOICES: Record<string, string[]> = {
  mode: ['both', 'voice', 'chat'],
  layout: ['floating', 'inline', 'side'],
  placement: ['bottom-right', 'bottom-left', 'top-right', 'top-left'],
  theme: ['auto', 'light', 'dark'],
  audience: ['visitor', 'tester'],
  callback: ['false', 'true'],
  'phone-number-id': ['none', 'phone_demo'],
  persist: ['session', 'local', 'none'],
  'keep-call': ['announced', 'always', 'never'],
  disclosure: ['line', 'badge', 'off'],
  'call-bar': ['on', 'off'],
  visual: ['aura', 'bars', 'ring', 'none'],
  'page-context': ['off', 'url'],
  'carry-over': ['session', 'text', 'none'],
  'agent-language': ['none', 'auto', 'de', 'pt-BR'],
  'built-in-tools': ['none', 'offer_choices ask_visitor'],
  launcher: ['button', 'icon', 'call-and-message', 'bar', 'none'],
  'teaser-after': ['5', '0', 'exit', 'scroll:50'],
  'teaser-repeat': ['session', 'once', 'always'],
  languages: ['none', '["en","de","hi","ar"]'],
  'data-layer': ['false', 'true'],
  // Uyghur, too: English words that run from right to left.
  lang: ['en', ...LOCALE_NAMES.filter((name) => name !== 'en'), 'ug'],
  'api-key': [
    'osm_demo',
    'osm_webrtc',
    'osm_small_webrtc',
    'osm_chat_only',
    'osm_voice_only',
    'osm_other_domain',
    'osm_broke',
    'osm_limited',
  ],
};

const TEXTS = ['heading', 'greeting', 'launcher-label', 'consent-text', 'teaser', 'teaser-on'];

export function renderSettings(element: HTMLElement): void {
  const form = document.querySelector('#settings');
  for (const [attribute, values] of Object.entries(CHOICES)) {
    const select = document.createElement('select');
    select.append(...values.map((value) => new Option(value)));
    select.value = readAddress(attribute) ?? values[0] ?? '';
    form?.append(control(element, attribute, select));
  }
  for (const attribute of TEXTS) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'text', value: readAddress(attribute) ?? '' });
    form?.append(control(element, attribute, input));
  }
  form?.addEventListener('submit', (event) => event.preventDefault());
}

function control(
  element: HTMLElement,
  attribute: string,
  input: HTMLSelectElement | HTMLInputElement,
): HTMLElement {
  const label = document.createElement('label');
  label.append(attribute, input);
  if (readAddress(attribute) !== null) apply(element, attribute, input.value);
  input.addEventListener('change', () => {
    apply(element, attribute, input.value);
    writeAddress(attribute, input.value === CHOICES[attribute]?.[0] ? null : input.value);
  });
  return label;
}

function apply(element: HTMLElement, attribute: string, value: string): void {
  if (value === '') element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
  if (attribute === 'layout')
    (value === 'inline' ? document.querySelector('#inline-place') : document.body)?.append(element);
}
