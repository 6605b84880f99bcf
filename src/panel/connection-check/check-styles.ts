/** Styles of the connection check; they use the tokens of the panel's sheet, and the buttons of the failure card's sheet. */
export const checkStyles = `
.check { display: grid; align-content: start; gap: .6em; margin: 0 1em .75em; padding: .9em 1em 1em; border: 1px solid var(--ow-line); border-radius: .75em; background: var(--ow-soft); overflow-y: auto; flex: 1 1 auto; min-height: 9em; }
.check h3 { display: flex; gap: .45em; align-items: flex-start; font-size: 1em; font-weight: 650; line-height: 1.35; outline: none; }
.checks { list-style: none; margin: 0; padding: 0; display: grid; gap: .45em; font-size: .9375em; }
.checks li { display: flex; gap: .5em; align-items: flex-start; }
.checks li > div { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.checks .icon { width: 1.2em; height: 1.2em; margin-block-start: .12em; color: var(--ow-muted); stroke-width: 2.2; }
.checks [data-state=passed] .icon { color: var(--ow-light, #1a7f37) var(--ow-dark, #4ac26b); }
.checks [data-state=slow] .icon { color: var(--ow-light, #8a5a00) var(--ow-dark, #f0b849); }
.checks [data-state=failed] .icon { color: var(--ow-danger); }
.checks [data-state=running] .icon { animation: osmtalk-check .8s linear infinite; }
@keyframes osmtalk-check { to { transform: rotate(1turn); } }
.level { display: block; width: 100%; height: .4em; margin-block-start: .3em; }
.level rect { fill: var(--ow-accent); }
.level .scale { fill: var(--ow-line); }
.summary { font-weight: 600; }
@container (max-height: 30em) { .check { min-height: 5em; } }
`;
