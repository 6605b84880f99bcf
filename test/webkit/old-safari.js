// What Safari 16.4 lacks and WebKitGTK 2.50 has.
for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover'])
  delete HTMLElement.prototype[name];
for (const name of ['union', 'intersection', 'difference', 'symmetricDifference']) delete Set.prototype[name];
for (const name of ['isSubsetOf', 'isSupersetOf', 'isDisjointFrom']) delete Set.prototype[name];
delete AbortSignal.any;
delete Array.fromAsync;
delete Element.prototype.checkVisibility;
delete ElementInternals.prototype.states;
delete Intl.DurationFormat;
delete Map.groupBy;
delete Object.groupBy;
delete Promise.try;
delete Promise.withResolvers;
delete RegExp.escape;
delete URL.canParse;
delete URL.parse;
delete globalThis.trustedTypes;

// The rules of a sheet cannot be taken away, but be made unknown.
const YOUNGER = ['light-dark(', 'field-sizing', ':state('];
const age = (css) =>
  YOUNGER.reduce((text, word) => text.replaceAll(word, word.replace(/[a-z]/, 'not-yet-$&')), css);
for (const name of ['replace', 'replaceSync']) {
  const own = CSSStyleSheet.prototype[name];
  CSSStyleSheet.prototype[name] = function replace(css) {
    return own.call(this, age(css));
  };
}
const supports = CSS.supports;
CSS.supports = (...words) =>
  supports.apply(
    CSS,
    words.map((word) => age(String(word))),
  );
