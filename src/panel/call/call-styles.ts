/** Styles of a running call, loaded with its code. */
export const callStyles = `
/* The corners are those of the screen, whatever way the page's text runs. */
.root[data-call-bar] { direction: ltr; display: flex; flex-wrap: wrap; align-items: center; gap: .5em; max-width: calc(100vw - 2 * var(--ow-offset)); }
.root[data-call-bar][data-placement^=bottom] { flex-wrap: wrap-reverse; }
.root[data-call-bar][data-placement$=right] { flex-direction: row-reverse; }
.root[data-call-bar] button[part=launcher] { width: var(--ow-size); padding: 0; justify-content: center; }
.root[data-call-bar] button[part=launcher] span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .root[data-call-bar] { display: none; } }
.call-bar { box-sizing: border-box; display: flex; flex-wrap: wrap; align-items: center; gap: .4em; min-height: 3.25em; max-width: 22em; padding: .25em; padding-inline: .75em .3em; border: 1px solid var(--ow-line); border-radius: 1.7em; background: var(--ow-surface); color: var(--ow-text); box-shadow: var(--ow-shadow); animation: osmtalk-rise .18s ease-out; }
.call-bar .call-state { min-width: min-content; overflow-wrap: break-word; }
.call-bar .meter { width: 2em; height: 2em; }
.call-bar .start { flex: 1; white-space: nowrap; }
.call-bar > .icon { color: var(--ow-danger); }
@media (max-width: 26em) { .call-bar .meter { display: none; } .call-bar strong { font-size: .875em; } }
.root[data-in-call] [part=launcher] i { animation: osmtalk-pulse 1.4s ease-in-out infinite; }
.round.danger { background: #c5281c; color: #fff; }
.hearing:empty { display: none; }
/* Out of the way, and still there for a screen reader that waits for its text. */
.question-said:empty { position: absolute; }
.hint { font-size: .875em; color: var(--ow-muted); font-variant-numeric: tabular-nums; }
.call { outline: none; display: flex; align-items: center; flex-wrap: wrap; gap: .6em; }
.meter { flex: none; width: 2.75em; height: 2.75em; overflow: visible; }
.meter circle { transition: r .2s linear; }
.core { fill: var(--ow-accent); }
.agent-level { fill: var(--ow-accent); opacity: .28; }
.caller-level { fill: none; stroke: var(--ow-accent); stroke-width: 1.5; opacity: .7; }
.meter[data-state=waiting] .core, .meter[data-state=thinking] .core, .meter[data-state=initializing] .core { animation: osmtalk-pulse 1.2s ease-in-out infinite; }
.call-buttons { display: flex; gap: .6em; }
.call-state { flex: 1; min-width: 7em; display: grid; line-height: 1.3; }
.call-state strong { font-weight: 600; }
.blocked { flex-basis: 100%; display: grid; gap: .4em; }
.sound { flex-basis: 100%; }
.hearing { flex-basis: 100%; font-size: .875em; }
.question-said, .answers { flex-basis: 100%; }
.question { font-weight: 600; overflow-wrap: anywhere; }
.answers { display: flex; align-items: center; flex-wrap: wrap; gap: .9em; }
.answers.choices { gap: .5em; }
.field input { all: unset; box-sizing: border-box; flex: 1 1 10em; min-width: 0; min-height: 2.75em; padding: .4em .9em; border: 1px solid color-mix(in srgb, var(--ow-text) 45%, var(--ow-surface)); border-radius: 1.4em; background: var(--ow-surface); text-align: start; cursor: text; }
.field input:focus-visible { outline: 2px solid var(--ow-accent); outline-offset: 2px; }
.recording { flex-basis: 100%; font-size: .875em; }
.recording span::before { content: ""; display: inline-block; width: .65em; height: .65em; margin-inline-end: .5em; border-radius: 50%; background: var(--ow-danger); }
@media (forced-colors: active) { .recording span::before { forced-color-adjust: none; background: CanvasText; } }
.tools { list-style: none; margin: 0; padding: 0; display: grid; gap: .3em; font-size: .875em; }
.tool { display: flex; align-items: center; gap: .5em; }
.tool::before { content: ""; flex: none; width: .9em; height: .9em; border-radius: 50%; background: var(--ow-muted); }
.tool[data-status=running]::before { background: none; border: 2px solid var(--ow-line); border-block-start-color: var(--ow-accent); animation: osmtalk-turn .8s linear infinite; }
.tool[data-status=done] { animation: osmtalk-fade 3s ease-in forwards; }
.tool[data-status=done]::before { background: var(--ow-light, #1a7f37) var(--ow-dark, #4ac26b); }
.tool[data-status=failed]::before { background: var(--ow-danger); }
@keyframes osmtalk-turn { to { transform: rotate(1turn); } }
@keyframes osmtalk-fade { 80% { opacity: 1; } to { opacity: 0; } }
`;
