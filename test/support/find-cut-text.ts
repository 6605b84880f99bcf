/**
 * Returns the texts that a reader cannot see whole, as `element: text`: wider than the screen, than the box that cuts them or
 * than their own button; cut off at the lower edge of a box that does not scroll; a placeholder longer than its field; a word
 * that is broken in two.
 */
export function findCutText(root: ShadowRoot, screen = { width: innerWidth, height: innerHeight }): string[] {
  const cut: string[] = [];
  const boxes = new Map<Element, Box>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.nodeValue?.trim() || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    const isWhole = rects.every((rect) => fits(rect, element, screen, boxes));
    if (!isWhole || rects.length === 0) cut.push(`${nameOf(element)}: ${node.nodeValue.trim()}`);
    for (const word of brokenWords(node, rects)) cut.push(`${nameOf(element)}: ${word} is broken in two`);
  }
  // The boxes around all texts, from the innermost on.
  for (const [element, { overflowX, textOverflow, webkitLineClamp }] of boxes) {
    const isWide = element.scrollWidth > element.clientWidth + 1;
    // What scrolls sideways is cut as well: only code and tables may, and none of these states has any.
    if (isWide && (overflowX !== 'visible' || textOverflow === 'ellipsis') && element.clientWidth > 0)
      cut.push(`${nameOf(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    if (webkitLineClamp && webkitLineClamp !== 'none' && element.scrollHeight > element.clientHeight + 1)
      cut.push(`${nameOf(element)} has lines that are not shown`);
  }
  for (const field of root.querySelectorAll('textarea, select')) {
    const oneLine = lineIn(field);
    if (isSeen(field) && widthOf(oneLine, field) > innerWidthOf(field))
      cut.push(`${nameOf(field)}: ${oneLine}`);
  }
  return cut;
}

/** A word that a line may not break: without hyphens and strokes, and not of a script that writes no blanks. */
const WORD =
  /(?:(?!\p{Script=Thai}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})[\p{L}\p{M}\p{N}]|’(?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Bengali}])){2,}/gu;

function* brokenWords(node: Node, rects: readonly DOMRect[]): Iterable<string> {
  if (isOneLine(rects) || node.parentElement?.closest('code')) return;
  const range = document.createRange();
  for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(WORD)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    if (!isOneLine([...range.getClientRects()].filter(({ width }) => width > 0))) yield word;
  }
}

/** Whether no box begins below the middle of another. */
function isOneLine(rects: readonly DOMRect[]): boolean {
  const [first] = rects;
  return rects.every(({ top }) => !first || Math.abs(top - first.top) < first.height / 2);
}

/** The width of the arrow of a list, in pixels: a browser draws it within the list's own box. */
const ARROW = 20;

interface Box {
  overflowX: string;
  overflowY: string;
  display: string;
  textOverflow: string;
  webkitLineClamp: string;
  edge: DOMRect;
}

function fits(
  rect: DOMRect,
  element: Element,
  screen: { width: number; height: number },
  boxes: Map<Element, Box>,
): boolean {
  if (rect.left < -1 || rect.right > screen.width + 1) return false;
  for (let each: Element | null = element; each; each = each.parentElement) {
    const { overflowX, overflowY, display, edge } = boxOf(each, boxes);
    const isOwn = each === element || each instanceof HTMLButtonElement;
    if ((overflowX !== 'visible' || (isOwn && display !== 'inline')) && !isBeside(rect, edge)) return false;
    if (/hidden|clip/.test(overflowY) && (rect.top < edge.top - 1 || rect.bottom > edge.bottom + 1))
      return false;
    // What scrolls can be brought into sight.
    if (/auto|scroll/.test(overflowY)) return true;
  }
  return true;
}

function boxOf(element: Element, boxes: Map<Element, Box>): Box {
  const known = boxes.get(element);
  if (known) return known;
  const { overflowX, overflowY, display, textOverflow, webkitLineClamp } = getComputedStyle(element);
  const edge = element.getBoundingClientRect();
  const box = { overflowX, overflowY, display, textOverflow, webkitLineClamp, edge };
  boxes.set(element, box);
  return box;
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
  // WebKit does not tell the style of a placeholder: this one is not drawn on small screens (see panel-styles.ts).
  const isHidden = element.closest('[data-busy]') && matchMedia('(max-width: 22em)').matches;
  if (element instanceof HTMLTextAreaElement) return isHidden ? '' : element.placeholder;
  return element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.label ?? '') : '';
}

const context = document.createElement('canvas').getContext('2d');

function widthOf(text: string, element: Element): number {
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
