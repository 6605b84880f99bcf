/** Styles of agents' Markdown, loaded with the first message; they use the tokens of the panel's sheet. */
export const markdownStyles = `
.message .choices { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .6em; }
.message .markdown { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6em; }
.markdown :is(p, td > span, th > span) { unicode-bidi: plaintext; }
.markdown :is(ul, ol, blockquote, pre) { margin: 0; }
.markdown ul, .markdown ol { display: grid; grid-template-columns: minmax(0, 1fr); gap: .25em; padding: 0; padding-inline-start: 1.5em; white-space: normal; }
.markdown :is(p, td > span, th > span) { white-space: pre-wrap; }
.markdown ul { list-style: disc; }
.markdown ul ul { list-style: circle; }
.markdown ol { list-style: decimal; }
.markdown li > * + * { margin-block-start: .3em; }
.markdown strong { font-weight: 650; }
.markdown .heading { white-space: normal; line-height: 1.3; }
.markdown .heading strong { white-space: pre-wrap; }
.markdown .heading[data-level="1"], .markdown .heading[data-level="2"] { font-size: 1.125em; }
.markdown :is(a, code, bdi) { unicode-bidi: isolate; }
.markdown a { color: inherit; text-decoration: underline; text-underline-offset: .15em; }
.markdown a:hover { text-decoration-thickness: .13em; }
.markdown code { padding: .1em .3em; border-radius: .3em; background: color-mix(in srgb, var(--ow-text) 9%, transparent); }
.markdown .language { margin-block-end: -.4em; font-size: .8125em; color: var(--ow-muted); }
.markdown pre { padding: .6em .75em; border: 1px solid var(--ow-line); border-radius: .6em; background: var(--ow-surface); white-space: pre; overflow-x: auto; overflow-wrap: normal; font-size: .9375em; scrollbar-width: thin; }
.markdown pre .piece { width: max-content; min-width: 100%; }
.markdown[data-long] > * { content-visibility: auto; contain-intrinsic-size: auto 1.5em; }
.markdown pre code { padding: 0; background: none; }
.markdown blockquote { display: grid; grid-template-columns: minmax(0, 1fr); gap: .4em; padding-inline-start: .75em; border-inline-start: .2em solid var(--ow-line); color: var(--ow-muted); }
.markdown .table { overflow-x: auto; white-space: normal; scrollbar-width: thin; }
.markdown table { border-collapse: collapse; font-size: .9375em; }
.markdown :is(th, td) { padding: .35em .6em; border: 1px solid var(--ow-line); vertical-align: top; overflow-wrap: break-word; min-width: 5em; text-align: start; max-width: 16em; }
.markdown th { font-weight: 650; background: var(--ow-surface); }
.markdown [data-align=center] { text-align: center; }
.markdown [data-align=end] { text-align: end; }
.markdown hr { width: 100%; margin: .2em 0; border: 0; border-block-start: 1px solid var(--ow-line); }
.markdown :is(pre, .table):focus-visible { outline: 2px solid var(--ow-accent); outline-offset: 1px; }
@media (forced-colors: active) { .markdown :is(code, pre) { border: 1px solid CanvasText; } }
.rate { display: flex; margin: .1em -.6em -.35em; }
.rate [aria-pressed=true] { color: var(--ow-text); }
.rate [aria-pressed=true] .icon { fill: color-mix(in srgb, currentColor 30%, transparent); }
`;
