/**
 * Returns the texts that a reader cannot see whole, as `element: text`: wider than the screen, than the box that cuts them or
 * than their own button; cut off at the lower edge of a box that does not scroll; a placeholder longer than its field.
 */
export function findCutText(root: ShadowRoot, screen = { width: innerWidth, height: innerHeight }): string[] {
  const cut: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.nodeValue?.trim() || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    const isWhole = rects.every((rect) => fits(rect, element, screen));
    if (!isWhole || rects.length === 0) cut.push(`${nameOf(element)}: ${node.nodeValue.trim()}`);
  }
  for (const element of root.querySelectorAll('*')) {
    if (!isSeen(element)) continue;
    const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const isWide = element.scrollWidth > element.clientWidth + 1;
    // What scrolls sideways is cut as well: only code and tables may, and none of these states has any.
    if (isWide && (overflowX !== 'visible' || textOverflow === 'ellipsis') && element.clientWidth > 0)
      cut.push(`${nameOf(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    if (webkitLineClamp && webkitLineClamp !== 'none' && element.scrollHeight > element.clientHeight + 1)
      cut.push(`${nameOf(element)} has lines that are not shown`);
    const oneLine = lineIn(element);
    if (widthOf(oneLine, element) > innerWidthOf(element)) cut.push(`${nameOf(element)}: ${oneLine}`);
  }
  return cut;
}

/** The width of the arrow of a list, in pixels: a browser draws it within the list's own box. */
const ARROW = 20;

function fits(rect: DOMRect, element: Element, screen: { width: number; height: number }): boolean {
  if (rect.left < -1 || rect.right > screen.width + 1) return false;
  for (let box: Element | null = element; box; box = box.parentElement) {
    const { overflowX, overflowY, display } = getComputedStyle(box);
    const edge = box.getBoundingClientRect();
    const isOwn = box === element || box instanceof HTMLButtonElement;
    if ((overflowX !== 'visible' || (isOwn && display !== 'inline')) && !isBeside(rect, edge)) return false;
    // What scrolls can be brought into sight.
    if (/hidden|clip/.test(overflowY) && (rect.top < edge.top - 1 || rect.bottom > edge.bottom + 1))
      return false;
    if (/auto|scroll/.test(overflowY)) return true;
  }
  return true;
}

/** Whether the first lies within the second, from side to side. */
function isBeside(rect: DOMRect, edge: DOMRect): boolean {
  return rect.left >= edge.left - 1 && rect.right <= edge.right + 1;
}

/** Leaves out what is drawn for screen readers only. */
function isSeen(element: Element): boolean {
  return (
    !element.closest('.hidden, svg, option, style') &&
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1
  );
}

/** The text that a field shows in one line, and that is no text of the page: a placeholder, or the choice in a list. */
function lineIn(element: Element): string {
  if (element instanceof HTMLTextAreaElement) return element.placeholder;
  return element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.label ?? '') : '';
}

function widthOf(text: string, element: Element): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('There is no canvas');
  context.font = getComputedStyle(element).font;
  return context.measureText(text).width;
}

function innerWidthOf(element: Element): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  const arrow = element instanceof HTMLSelectElement ? ARROW : 0;
  return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow + 1;
}

function nameOf(element: Element): string {
  const classes = [...element.classList].map((each) => `.${each}`).join('');
  return `${element.localName}${classes}`;
}
