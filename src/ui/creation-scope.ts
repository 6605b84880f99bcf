/**
 * Lit removes elements with their own `remove()`, which some pages have replaced: by a polyfill that needs a parent *element*,
 * or by something worse. Where `remove()` is not the browser's own, every element that Lit creates gets one that works.
 */
export const creationScope = {
  importNode(node: DocumentFragment, deep?: boolean): DocumentFragment {
    const copy = document.importNode(node, deep);
    if (!isReplaced()) return copy;
    for (const element of copy.querySelectorAll('*')) element.remove = detach;
    return copy;
  },
} as Pick<Document, 'importNode'>;

function isReplaced(): boolean {
  // oxlint-disable-next-line typescript/unbound-method -- Looked at, not called.
  return !Function.prototype.toString.call(Element.prototype.remove).includes('[native code]');
}

function detach(this: Element): void {
  this.parentNode?.removeChild(this);
}
