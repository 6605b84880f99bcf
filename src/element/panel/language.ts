const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The nearest `lang` at or above the element, through shadow roots, else the browser's language. */
export function interfaceLanguage(inside: Element): string {
  let node: Element | null = inside;
  while (node) {
    const holder: Element | null = node.closest('[lang]');
    const language = holder?.getAttribute('lang');
    if (language) return language;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language || 'en';
}

export function textDirection(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = language.toLowerCase().split('-');
  if (rest.includes('arab') || rest.includes('hebr')) return 'rtl';
  return RIGHT_TO_LEFT.has(primary) && !rest.includes('latn') ? 'rtl' : 'ltr';
}
