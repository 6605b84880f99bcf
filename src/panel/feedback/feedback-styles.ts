/** Styles of the feedback, loaded with its code. */
export const feedbackStyles = `
.wrap-up { display: grid; gap: .5em; padding: .75em 1.25em; border-block-start: 1px solid var(--ow-line); flex: 0 1 auto; overflow-y: auto; }
.wrap-up form { display: grid; gap: .6em; }
.wrap-up fieldset { display: flex; align-items: center; flex-wrap: wrap; margin: 0; padding: 0; border: 0; min-width: 0; }
.wrap-up legend { float: inline-start; padding: 0; margin-inline-end: .75em; font-weight: 600; }
.star { position: relative; display: grid; place-items: center; width: 2.75em; height: 2.75em; cursor: pointer; border-radius: .6em; }
.star input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.star svg { width: 1.7em; height: 1.7em; fill: none; stroke: var(--ow-muted); stroke-width: 1.6; stroke-linejoin: round; }
.star[data-on] svg { fill: var(--ow-accent); stroke: var(--ow-accent); }
.star:focus-within { outline: 2px solid var(--ow-accent); outline-offset: -2px; }
.stars { display: flex; }
.comment { display: grid; gap: .3em; }
.comment span { font-size: .9375em; }
.comment textarea { border-radius: .75em; }
.wrap-up .action { justify-self: start; min-height: 2.75em; padding: .35em 1.1em; border-radius: 99em; border: 0; font-weight: 600; background: var(--ow-accent); color: var(--ow-accent-text); }
.wrap-up-links { display: flex; flex-wrap: wrap; gap: 0 .9em; font-size: .875em; }
.wrap-up-links .link { min-height: 2.4em; display: inline-flex; align-items: center; padding-inline: 0; }
.hint { font-size: .875em; color: var(--ow-muted); font-variant-numeric: tabular-nums; }
.wrap-up .hint:empty { display: none; }
`;
