/**
 * Returns the nearest `lang` (BCP 47) at or above the element, looked up through shadow roots; else the browser's language,
 * else `en`.
 */
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
