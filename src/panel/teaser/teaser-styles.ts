/** The bubble beside the launcher. It takes no room of the page. */
export const teaserStyles = `
.teaser {
  position: absolute;
  display: flex;
  align-items: flex-start;
  width: max-content;
  max-width: min(19em, 100vw - 2 * var(--ow-offset));
  border: 1px solid color-mix(in srgb, currentColor 14%, transparent);
  border-radius: var(--osmtalk-radius, 1.125em);
  background: var(--osmtalk-surface, Canvas);
  color: var(--osmtalk-text, CanvasText);
  box-shadow: var(--ow-shadow);
  animation: osmtalk-tease .25s ease-out;
}
@keyframes osmtalk-tease { from { opacity: 0; transform: translateY(.5em) scale(.97); } }
.root[data-placement^=bottom] .teaser { bottom: calc(100% + .75em); }
.root[data-placement^=top] .teaser { top: calc(100% + .75em); }
.root[data-placement$=right] .teaser { right: 0; }
.root[data-placement$=left] .teaser { left: 0; }
.teaser button { all: unset; box-sizing: border-box; min-height: 2.75em; cursor: pointer; }
.teaser button:focus-visible { outline: 3px solid var(--ow-accent); outline-offset: -3px; border-radius: var(--osmtalk-radius, 1.125em); }
.teaser .say { flex: 1; min-width: 0; padding: .7em 0 .7em 1.1em; padding-inline: 1.1em 0; overflow-wrap: anywhere; text-wrap: pretty; }
.teaser .shut { flex: none; display: grid; place-items: center; width: 2.75em; }
.teaser .shut::before {
  content: ''; width: .8em; height: .8em;
  background: linear-gradient(45deg, #0000 44%, currentColor 44% 56%, #0000 56%), linear-gradient(-45deg, #0000 44%, currentColor 44% 56%, #0000 56%);
}
/* On a phone it takes one line. */
@media (max-width: 30em) { .teaser .say { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; } }
@media (prefers-reduced-motion: reduce) { .teaser { animation: none; } }
@media (forced-colors: active) { .teaser { border-color: CanvasText; } .teaser .shut::before { forced-color-adjust: none; color: CanvasText; } }
`;
