/** Styles of the choice of devices; they use the tokens of the panel's sheet. */
export const devicesStyles = `
.devices { min-width: 0; }
.devices summary { display: flex; align-items: center; gap: .5em; min-height: 2.75em; padding-inline: .5em; border-radius: .75em; color: var(--ow-muted); font-size: .9375em; cursor: pointer; list-style: none; -webkit-tap-highlight-color: transparent; }
.devices summary::-webkit-details-marker { display: none; }
.devices summary::after { content: ""; width: .45em; height: .45em; margin-inline: auto .4em; border: solid currentColor; border-width: 0 .13em .13em 0; transform: translateY(-.1em) rotate(45deg); }
.devices[open] summary::after { transform: translateY(.1em) rotate(225deg); }
.devices summary:hover { background: var(--ow-soft); color: var(--ow-text); }
.devices summary:focus-visible, .devices select:focus-visible, .devices input:focus-visible { outline: 2px solid var(--ow-accent); outline-offset: 2px; }
.settings { display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); align-items: center; gap: .4em .75em; padding: .4em .5em .25em; }
/* Side by side, "System default" is cut off in half of the languages. */
@media (max-width: 26em) { .settings { grid-template-columns: 100%; gap: 0; } .settings label { margin-top: .4em; } }
/* Only the labels are smaller: iOS zooms the page in on a field whose text is smaller than 16 px. */
.settings label { font-size: .9375em; overflow-wrap: anywhere; }
.settings select { box-sizing: border-box; width: 100%; min-height: 2.75em; padding-inline: .75em; font: inherit; color: inherit; background: var(--ow-surface); border: 1px solid color-mix(in srgb, var(--ow-text) 45%, var(--ow-surface)); border-radius: .75em; text-overflow: ellipsis; cursor: pointer; }
.settings input { width: 100%; min-height: 2.75em; margin: 0; accent-color: var(--ow-accent); cursor: pointer; }
`;
