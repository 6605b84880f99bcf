/**
 * Whether the key belongs to an input method, as for Japanese or Chinese: it then chooses or cancels a word, and must do
 * nothing else. Safari reports this only by the deprecated `keyCode` (229, https://bugs.webkit.org/show_bug.cgi?id=165004).
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || Reflect.get(event, 'keyCode') === 229;
}
