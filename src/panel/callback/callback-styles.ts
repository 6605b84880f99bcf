/** Styles of the callback; they use the tokens of the panel's sheet. Buttons look as on the failure card. */
export const callbackStyles = `
.callback { flex: 0 1 auto; min-height: 6em; overflow-y: auto; outline: none; display: flex; flex-direction: column; gap: .6em; padding: .85em 1em 1em; border-block-start: 1px solid var(--ow-line); }
.callback:has(.card) { padding: 0; border: 0; }
.callback > * { flex: none; }
.callback .card { margin-block-start: .75em; overflow: visible; }
.callback-state { font-weight: 600; }
.callback-state:empty { position: absolute; }
.callback-form { display: grid; gap: .35em; }
.callback-form h3 { display: flex; gap: .45em; align-items: flex-start; font-size: 1em; font-weight: 650; line-height: 1.35; margin-block-end: .2em; }
.callback-form label { font-size: .9375em; overflow-wrap: anywhere; }
.callback-form select, .callback-form input { box-sizing: border-box; width: 100%; min-width: 0; min-height: 2.75em; padding-inline: .75em; font: inherit; color: inherit; background: var(--ow-surface); border: 1px solid color-mix(in srgb, var(--ow-text) 45%, var(--ow-surface)); border-radius: .75em; margin-block-end: .25em; }
.callback-form select { text-overflow: ellipsis; cursor: pointer; }
.callback-form input { font-variant-numeric: tabular-nums; }
[dir=rtl] .callback-form input { text-align: right; }
.callback-form input[aria-invalid] { border-color: var(--ow-danger); scroll-margin-block-end: 4em; }
.callback-form select:focus-visible, .callback-form input:focus-visible { outline: 2px solid var(--ow-accent); outline-offset: 2px; }
.callback-fault { color: var(--ow-danger); font-weight: 600; font-size: .9375em; overflow-wrap: anywhere; }
.callback-buttons { display: flex; flex-wrap: wrap; gap: .4em; margin-block-start: .25em; }
.callback-buttons .icon { width: 1.2em; height: 1.2em; }
`;
