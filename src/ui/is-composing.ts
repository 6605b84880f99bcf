/**
 * The key chooses or gives up a word of an input method, as for Japanese or Chinese, and means nothing else. Safari says so in the
 * deprecated keyCode alone (229, https://bugs.webkit.org/show_bug.cgi?id=165004).
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || Reflect.get(event, 'keyCode') === 229;
}
