/** Styles of the failure card. The connection check and the callback use them too. */
export const cardStyles = `
.card { overflow-wrap: anywhere; margin: 0 1em .75em; padding: .9em 1em 1em; border: 1px solid var(--ow-line); border-inline-start: .25em solid var(--ow-danger); border-radius: .75em; background: var(--ow-soft); display: grid; gap: .75em; overflow-y: auto; flex: 0 1 auto; min-height: 9em; }
.conversation[data-aside] + .card { flex-grow: 1; align-content: start; }
.card [role=alert] { display: grid; gap: .45em; }
.card h3 { display: flex; gap: .45em; align-items: flex-start; font-size: 1em; font-weight: 650; line-height: 1.35; }
.card h3 .icon { color: var(--ow-danger); }
.hint { font-size: .875em; color: var(--ow-muted); font-variant-numeric: tabular-nums; }
.badge { justify-self: start; padding: .1em .65em; border: 1px solid var(--ow-line); border-radius: 1em; font-size: .8125em; background: var(--ow-surface); }
.steps-title { font-weight: 600; }
.steps { padding-inline-start: 1.4em; display: grid; gap: .2em; }
.actions .icon { width: 1.2em; height: 1.2em; }
.actions { display: flex; flex-wrap: wrap; gap: .4em; }
.action { flex: 0 1 auto; min-height: 2.9em; padding: .35em .8em; font-size: .9375em; border-radius: 99em; border: 1px solid color-mix(in srgb, var(--ow-text) 30%, transparent); font-weight: 600; background: var(--ow-surface); }
.action:hover { background: var(--ow-soft); }
.primary { background: var(--ow-accent); color: var(--ow-accent-text); border-color: transparent; }
.primary:hover { background: var(--ow-accent); }
.action[aria-disabled] { opacity: .55; cursor: default; }
.card-links { display: flex; flex-wrap: wrap; gap: .2em .9em; font-size: .875em; color: var(--ow-muted); }
.card-links .link { min-height: 2.2em; display: inline-flex; align-items: center; padding-inline: 0; }
.report { min-height: 8em; font-family: ui-monospace, monospace; font-size: .8125em; border-radius: .75em; width: 100%; }
.details { display: grid; grid-template-columns: auto 1fr; gap: .2em .8em; font-size: .875em; }
.details dt { color: var(--ow-muted); }
code { font-family: ui-monospace, monospace; font-size: .95em; }
/* On a small phone two buttons stand side by side more often, and more of the text is in sight above them. */
@media (max-width: 22em) { .card { margin-inline: .5em; padding-inline: .75em; } .action { padding-inline: .65em; } .details { grid-template-columns: 100%; } }
@container (max-height: 30em) { .card { min-height: 5em; margin-block-end: .5em; } }
/* In a tall panel, and where the buttons stand in one row, the buttons stay in sight while a long card scrolls. */
@media (min-height: 36em), (max-height: 30em) and (min-width: 30em) { .actions { position: sticky; bottom: -1em; margin: -.75em 0 -1em; padding: .75em 0 1em; /* Text fades out below them: there is more. */ background: linear-gradient(transparent, var(--ow-soft) .75em); } }
@media (forced-colors: active) { .actions { background: Canvas; } }
`;
