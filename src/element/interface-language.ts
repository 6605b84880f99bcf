/** BCP 47: the nearest `lang` at or above the element, through shadow roots, else the browser's language. */
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
