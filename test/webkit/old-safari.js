// What Safari 16.4 to 17.0 lacks and WebKitGTK 2.50 has.
for (const n of ['popover', 'showPopover', 'hidePopover', 'togglePopover']) delete HTMLElement.prototype[n];
delete URL.parse;
delete URL.canParse;
delete AbortSignal.any;
delete Promise.withResolvers;
delete Promise.try;
delete Object.groupBy;
delete Map.groupBy;
delete Array.fromAsync;
delete Intl.DurationFormat;
delete globalThis.trustedTypes;
for (const n of [
  'union',
  'intersection',
  'difference',
  'symmetricDifference',
  'isSubsetOf',
  'isSupersetOf',
  'isDisjointFrom',
])
  delete Set.prototype[n];
delete Uint8Array.fromBase64;
delete Uint8Array.prototype.toBase64;
delete Element.prototype.checkVisibility;
delete RegExp.escape;
delete Math.sumPrecise;
delete Error.isError;
