/** Styles of the voice view, loaded with the code of calls. */
export const voiceStyles = `
/* The conversation keeps its place for screen readers. The focus of a keyboard brings it into sight. */
.root[data-voice-view] .conversation { position: absolute; inset: 3.75em 0 0; opacity: 0; pointer-events: none; }
.root[data-voice-view] .conversation:focus-within { z-index: 1; opacity: 1; pointer-events: auto; background: var(--ow-surface); }
.root[data-voice-view][data-layout=inline] .panel { position: relative; }
.root[data-voice-view] .controls { flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column; border: 0; }
.root[data-voice-view] .call { flex: 1 0 auto; flex-flow: column nowrap; align-items: stretch; gap: .5em; text-align: center; }
.root[data-voice-view] .call-state { flex: none; justify-items: center; }
.root[data-voice-view] .call-buttons { order: 1; justify-content: center; gap: 1.25em; padding-block: .25em .5em; }
.root[data-voice-view] .sound { order: 2; flex: none; }
.root[data-voice-view] :is(.hearing, .recording, .question-said, .answers, .blocked) { flex: none; justify-content: center; }
.root[data-voice-view] .round { width: 3.5em; height: 3.5em; }
.root[data-voice-view] .composer .round { width: 2.75em; height: 2.75em; }
.stage { flex: 1 1 0; min-height: 0; display: flex; }
.stage[data-visual=none] { flex: none; }
.visual { flex: 1; width: 100%; min-height: 0; color: color-mix(in srgb, var(--ow-accent) 82%, var(--ow-text)); }
.visual :is(circle, rect) { transition: r .24s linear, y .24s linear, height .24s linear; }
.halo, .visual .agent-level { fill: currentColor; opacity: .16; }
.halo.far { opacity: .1; }
.halo.near { opacity: .24; }
.visual .core { fill: currentColor; }
.visual .caller-level { stroke: var(--ow-text); stroke-width: 2; opacity: .55; }
.visual[data-muted] .caller-level { stroke-dasharray: 3 5; opacity: .4; }
.visual .dots { fill: var(--ow-accent-text); visibility: hidden; }
.visual:is([data-state=thinking], [data-state=waiting], [data-state=initializing]) .dots { visibility: visible; }
.visual:is([data-state=thinking], [data-state=waiting], [data-state=initializing]) :is(.dots circle, .bar) { animation: osmtalk-pulse 1.2s ease-in-out infinite; }
.visual :is(.dots circle, .bar):nth-child(2n) { animation-delay: .2s; }
.visual :is(.dots circle, .bar):nth-child(3n) { animation-delay: .4s; }
.bar { fill: currentColor; }
.visual[data-state=listening] .bar { fill: var(--ow-muted); }
/* Whole lines only; where they do not fit, the last ones. */
.captions { flex: none; display: flex; flex-direction: column; justify-content: flex-end; height: 6em; overflow: hidden; font-size: 1.0625em; line-height: 1.5; }
.stage[data-visual=none] ~ .captions { flex: 1; font-size: 1.375em; }
.caption::before { content: attr(data-text); }
.caption { flex: none; unicode-bidi: plaintext; white-space: pre-line; overflow-wrap: anywhere; text-wrap: pretty; }
.caption:last-child { margin-block-end: auto; }
.caption[data-role=user] { color: var(--ow-muted); }
@container (max-height: 30em) { .captions { height: 3em; } .root[data-voice-view] .call { gap: .15em; } .root[data-voice-view] .call-buttons { padding-block: 0; } .root[data-voice-view] .round { width: 2.75em; height: 2.75em; } }
@media (forced-colors: active) { .visual { forced-color-adjust: none; color: CanvasText; } .visual .dots { fill: Canvas; } .visual .caller-level { stroke: CanvasText; } }
`;
