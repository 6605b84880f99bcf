/** The panel: tokens come from the host sheet (`launcher-styles.ts`); logical properties, so that right-to-left just works. */
export const panelStyles = `
.panel-place * { box-sizing: border-box; }
.panel {
  --line: color-mix(in srgb, var(--text) 14%, transparent);
  --soft: color-mix(in srgb, var(--text) 7%, var(--surface));
  --muted: color-mix(in srgb, var(--text) 68%, var(--surface));
  --danger: light-dark(#b3261e, #ff8a80);
  position: absolute;
  z-index: 1;
  display: flex;
  flex-direction: column;
  width: min(24em, calc(100vw - 2 * var(--offset)));
  height: min(39em, calc(100dvh - 2 * var(--offset) - 4.25em));
  background: var(--surface);
  color: var(--text);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  box-shadow: var(--shadow);
  overflow: hidden;
  outline: none;
  animation: osmtalk-rise .18s ease-out;
}
@keyframes osmtalk-rise { from { opacity: 0; transform: translateY(.5em); } }
.root[data-placement^=bottom] .panel { bottom: 4.25em; }
.root[data-placement^=top] .panel { top: 4.25em; }
.root[data-placement$=right] .panel { right: 0; }
.root[data-placement$=left] .panel { left: 0; }
.root[data-layout=inline] .panel-place { height: 100%; }
.root[data-layout=inline] .panel { position: static; width: 100%; height: 100%; min-height: 20em; box-shadow: none; animation: none; }
@media (max-width: 30em), (max-height: 30em) {
  .root[data-layout=floating][data-open] .panel {
    position: fixed; inset: 0; width: auto; height: 100dvh; border: 0; border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
}
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; width: 1.35em; height: 1.35em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
h2, h3, p, ol, dl, dd { margin: 0; padding: 0; }
button { all: unset; box-sizing: border-box; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; gap: .5em; -webkit-tap-highlight-color: transparent; }
button:focus-visible, a:focus-visible, textarea:focus-visible, .conversation:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.conversation:focus-visible { outline-offset: -2px; }
button:disabled { opacity: .45; cursor: default; }
.header { display: flex; align-items: center; gap: .35em; padding: .75em .75em .75em 1.25em; border-block-end: 1px solid var(--line); padding-inline: 1.25em .75em; }
.header h2 { flex: 1; font-size: 1.0625em; font-weight: 650; line-height: 1.3; overflow-wrap: anywhere; }
.header slot { flex: 1; display: block; min-width: 0; }
.avatar { width: 2.25em; height: 2.25em; border-radius: 50%; object-fit: cover; margin-inline-end: .4em; }
.quiet { min-width: 2.75em; min-height: 2.75em; border-radius: .75em; color: var(--muted); }
.quiet:hover { background: var(--soft); color: var(--text); }
.conversation { flex: 1 1 3em; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em 1.25em; display: flex; flex-direction: column; gap: .6em; scrollbar-width: thin; }
/* Nothing said yet, and a card to read: all the room is the card's. */
.conversation[data-aside] { flex: 0 0 0; padding: .75em 0 0; }
.welcome { display: grid; gap: 1em; margin-block: auto; }
.welcome p { font-size: 1.0625em; text-wrap: pretty; }
.starters { display: grid; gap: .5em; justify-items: start; }
.starter { min-height: 2.75em; padding: .5em 1em; border: 1px solid var(--line); border-radius: 1.4em; text-align: start; overflow-wrap: anywhere; }
.starter:hover { background: var(--soft); }
.messages { list-style: none; display: flex; flex-direction: column; gap: .5em; }
.message { align-self: flex-start; max-width: 85%; padding: .55em .85em; border-radius: 1.1em 1.1em 1.1em .35em; background: var(--soft); overflow-wrap: anywhere; }
.message .text { white-space: pre-wrap; }
.message[data-role=user] { align-self: flex-end; background: var(--accent); color: var(--accent-text); border-radius: 1.1em 1.1em .35em 1.1em; }
[dir=rtl] .message { border-radius: 1.1em 1.1em .35em 1.1em; }
[dir=rtl] .message[data-role=user] { border-radius: 1.1em 1.1em 1.1em .35em; }
.message[data-status=sending] { opacity: .75; }
.message[data-status=failed] { background: none; color: var(--text); border: 1px solid var(--danger); }
.unsent { display: block; font-size: .875em; color: var(--danger); margin-block-start: .25em; }
.link { min-height: 1.75em; padding-inline: .3em; color: inherit; font-weight: 650; text-decoration: underline; text-underline-offset: .15em; }
.replying { display: flex; gap: .3em; padding: .5em .25em; }
.replying i { width: .45em; height: .45em; border-radius: 50%; background: var(--muted); animation: osmtalk-pulse 1.2s infinite; }
.replying i:nth-of-type(2) { animation-delay: .2s; }
.replying i:nth-of-type(3) { animation-delay: .4s; }
.controls { display: grid; gap: .6em; padding: .75em 1em 1em; border-block-start: 1px solid var(--line); }
.start { min-height: 3em; padding: .5em 1.25em; border-radius: 99em; background: var(--accent); color: var(--accent-text); font-weight: 600; }
.start:hover, .primary:hover { filter: brightness(1.1); }
.start.compact { min-height: 2.75em; background: none; color: var(--text); border: 1px solid var(--line); }
.start.compact:hover { background: var(--soft); filter: none; }
.call { outline: none; display: flex; align-items: center; flex-wrap: wrap; gap: .6em; }
.meter { flex: none; width: 2.75em; height: 2.75em; overflow: visible; }
.meter circle { transition: r .2s linear; }
.core { fill: var(--accent); }
.agent-level { fill: var(--accent); opacity: .28; }
.caller-level { fill: none; stroke: var(--accent); stroke-width: 1.5; opacity: .7; }
.meter[data-state=waiting] .core, .meter[data-state=thinking] .core, .meter[data-state=initializing] .core { animation: osmtalk-pulse 1.2s ease-in-out infinite; }
.call-state { flex: 1; min-width: 7em; display: grid; line-height: 1.3; }
.call-state strong { font-weight: 600; }
.hint { font-size: .875em; color: var(--muted); font-variant-numeric: tabular-nums; }
.round { flex: none; width: 2.75em; height: 2.75em; border-radius: 50%; background: var(--soft); }
.round:hover { filter: brightness(.96); }
.round.accent { background: var(--accent); color: var(--accent-text); }
.round.danger { background: #c5281c; color: #fff; }
.blocked { flex-basis: 100%; display: grid; gap: .4em; }
.sound { flex-basis: 100%; }
.hearing { flex-basis: 100%; font-size: .875em; }
.hearing:empty, .notice:empty { display: none; }
.tools { list-style: none; margin: 0; padding: 0; display: grid; gap: .3em; font-size: .875em; }
.tool { display: flex; align-items: center; gap: .5em; }
.tool::before { content: ""; flex: none; width: .9em; height: .9em; border-radius: 50%; background: var(--muted); }
.tool[data-status=running]::before { background: none; border: 2px solid var(--line); border-block-start-color: var(--accent); animation: osmtalk-turn .8s linear infinite; }
.tool[data-status=done] { animation: osmtalk-fade 3s ease-in forwards; }
.tool[data-status=done]::before { background: light-dark(#1a7f37, #4ac26b); }
.tool[data-status=failed]::before { background: var(--danger); }
@keyframes osmtalk-turn { to { transform: rotate(1turn); } }
@keyframes osmtalk-fade { 80% { opacity: 1; } to { opacity: 0; } }
.composer { display: flex; align-items: flex-end; gap: .5em; }
textarea { all: unset; box-sizing: border-box; flex: 1; min-width: 0; min-height: 2.75em; max-height: 8.5em; padding: .6em .9em; overflow-y: auto; border: 1px solid color-mix(in srgb, var(--text) 45%, var(--surface)); border-radius: 1.4em; background: var(--surface); white-space: pre-wrap; overflow-wrap: anywhere; field-sizing: content; cursor: text; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.card { margin: 0 1em .75em; padding: .9em 1em 1em; border: 1px solid var(--line); border-inline-start: .25em solid var(--danger); border-radius: .75em; background: var(--soft); display: grid; gap: .75em; overflow-y: auto; flex: 0 1 auto; min-height: 9em; }
.conversation[data-aside] + .card { flex-grow: 1; align-content: start; }
.card [role=alert] { display: grid; gap: .45em; }
.card h3 { display: flex; gap: .45em; align-items: flex-start; font-size: 1em; font-weight: 650; line-height: 1.35; }
.card h3 .icon { color: var(--danger); }
.badge { justify-self: start; padding: .1em .65em; border: 1px solid var(--line); border-radius: 1em; font-size: .8125em; background: var(--surface); }
.steps-title { font-weight: 600; }
.steps { padding-inline-start: 1.4em; display: grid; gap: .2em; }
.notice { font-weight: 600; }
.actions .icon { width: 1.2em; height: 1.2em; }
.actions { display: flex; flex-wrap: wrap; gap: .4em; }
.action { flex: 0 1 auto; min-height: 2.9em; padding: .35em .8em; font-size: .9375em; border-radius: 99em; border: 1px solid color-mix(in srgb, var(--text) 30%, transparent); font-weight: 600; background: var(--surface); }
.action:hover { background: var(--soft); }
.primary { background: var(--accent); color: var(--accent-text); border-color: transparent; }
.primary:hover { background: var(--accent); }
.action[aria-disabled] { opacity: .55; cursor: default; }
.links { display: flex; flex-wrap: wrap; gap: .2em .9em; font-size: .875em; color: var(--muted); }
.links .link { min-height: 2.2em; display: inline-flex; align-items: center; padding-inline: 0; }
.report { min-height: 8em; font-family: ui-monospace, monospace; font-size: .8125em; border-radius: .75em; width: 100%; }
.details { display: grid; grid-template-columns: auto 1fr; gap: .2em .8em; font-size: .875em; }
.details dt { color: var(--muted); }
.details dd { overflow-wrap: anywhere; }
code { font-family: ui-monospace, monospace; font-size: .95em; }
.consent { gap: 1em; justify-content: center; }
.consent a { color: inherit; margin-inline-end: 1em; }
/* In a tall panel the buttons stay in sight while a long card scrolls. */
@media (min-height: 36em) { .actions { position: sticky; bottom: -1em; margin: -.4em 0 -1em; padding: .4em 0 1em; background: inherit; } }
@media (forced-colors: active) { .start, .action, .round, .starter, .message { border: 1px solid ButtonText; } }
`;
