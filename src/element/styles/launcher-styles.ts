/**
 * The element's first styles: its tokens, the launcher, and the panel's place. `.root` is reset, so that it inherits nothing
 * from the page and the page's rules for the host change no token; the site owner can still size and place the host. Lengths
 * are in `em` of the visitor's own font size, whatever font size the page gives its root element.
 */
export const launcherStyles = `
:host([hidden]) { display: none !important; }
.root {
  all: initial;
  --ow-accent: var(--osmtalk-accent, #1d4fd7);
  --ow-accent-text: var(--osmtalk-accent-text, #fff);
  --ow-offset: var(--osmtalk-offset, 1.25em);
  --ow-size: var(--osmtalk-launcher-size, 3.25em);
  --ow-shadow: 0 .5em 2em #0c122838, 0 .1em .4em #0c122824;
  color-scheme: light dark;
  font-family: var(--osmtalk-font, system-ui, sans-serif);
  line-height: 1.45;
  color: var(--osmtalk-text, CanvasText);
}
.root:not([data-layout=inline]) { position: fixed; z-index: var(--osmtalk-z-index, 2147483000); }
.root:not([data-layout=inline]):not([data-raised]) { position: absolute; opacity: 0; }
.root[data-layout=inline] { display: block; height: 100%; }
.root[data-placement^=bottom] { bottom: max(var(--ow-offset), env(safe-area-inset-bottom)); }
.root[data-placement^=top] { top: max(var(--ow-offset), env(safe-area-inset-top)); }
.root[data-placement$=right] { right: max(var(--ow-offset), env(safe-area-inset-right)); }
.root[data-placement$=left] { left: max(var(--ow-offset), env(safe-area-inset-left)); }
.root[data-layout=inline] .launcher, [data-launcher=none] .launcher { display: none; }
[data-launcher=icon] .launcher span { position: absolute; opacity: 0; }
.launcher button {
  all: unset;
  box-sizing: border-box;
  display: flex;
  align-items: center;
  gap: .6em;
  min-height: var(--ow-size);
  max-width: min(22em, 100vw - 2*var(--ow-offset));
  padding: .6em 1.1em;
  border-radius: 99em;
  background: var(--ow-accent);
  color: var(--ow-accent-text);
  font-weight: 600;
  cursor: pointer;
  box-shadow: var(--ow-shadow);
}
/* A speech bubble with sound in it. Drawn by rules: an SVG in the page's memory costs 33 KB before anybody has pressed it. */
.launcher button i {
  --ow-bar: linear-gradient(currentColor 0 0) no-repeat;
  flex: none;
  width: 1.24em;
  height: 1.09em;
  border: .13em solid;
  border-radius: 50% 50% 50% .1em;
  background: var(--ow-bar) 22%/.13em .36em, var(--ow-bar) 50%/.13em .64em, var(--ow-bar) 78%/.13em .46em;
}
.launcher button:focus-visible { outline: 3px solid var(--ow-accent); outline-offset: 3px; }
@media print { .root:not([data-layout=inline]) { display: none; } }
@media (forced-colors: active) { .launcher button { border: 2px solid ButtonText; } }
`;
