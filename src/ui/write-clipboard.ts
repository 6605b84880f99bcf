/** A text for the clipboard. `copied` is false where the browser refused: the text is then shown instead. */
export interface CopiedText {
  text: string;
  copied: boolean;
}

/**
 * Copies a text. Resolves with whether it is in the clipboard; never rejects. A page without https has no clipboard, and
 * Firefox before 127 has no `ClipboardItem`. Safari lets a page write only during the press itself: it takes a promise of the
 * text, and waits.
 */
export async function writeClipboard(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === 'string' || !globalThis.ClipboardItem) {
      await navigator.clipboard.writeText(await text);
    } else {
      const blob = text.then((ready) => new Blob([ready], { type: 'text/plain' }));
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    }
    return true;
  } catch {
    return false;
  }
}
