/** What the launcher needs once the page is idle. */
export const inPageStyles = `
.root[data-theme=light] { color-scheme: light; }
.root[data-theme=dark] { color-scheme: dark; }
.launcher button { overflow-wrap: anywhere; }
.said { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.unread-badge {
  position: absolute;
  inset-block-start: -.4em;
  inset-inline-end: -.4em;
  box-sizing: border-box;
  min-width: 1.7em;
  padding: .1em .45em;
  border: 2px solid #fff;
  border-radius: 99em;
  background: #b3261e;
  color: #fff;
  font-size: .8125em;
  font-weight: 650;
  text-align: center;
  pointer-events: none;
}
.root[data-layout=inline] .unread-badge, .unread-badge[hidden] { display: none; }
.root[data-launcher=icon] .launcher button { min-width: var(--ow-size); padding: .6em; justify-content: center; }
.root[data-launcher=bar] .launcher button { width: min(24em, 100vw - 2 * var(--ow-offset)); max-width: none; }
@media (forced-colors: active) {
  .launcher button i { forced-color-adjust: none; color: ButtonText; }
  .unread-badge { border-color: ButtonText; }
}
`;
