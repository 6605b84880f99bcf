/**
 * Styles of the panel. What the launcher needs of the tokens comes from `launcher-styles.ts`; logical properties make
 * right-to-left work.
 */
export const panelStyles = `
/* A light and a dark colour stand side by side: the active scheme's one applies, the other is empty. light-dark() is too new to
   be used alone. */
.root { --ow-light: initial; --ow-dark: var(--ow-nothing,); --ow-text: var(--osmtalk-text, var(--ow-light, #16181d) var(--ow-dark, #eef0f4)); color: var(--ow-text); -webkit-text-size-adjust: 100%; }
.root[data-theme=dark] { --ow-light: var(--ow-nothing,); --ow-dark: initial; }
@media (prefers-color-scheme: dark) { .root[data-theme=auto] { --ow-light: var(--ow-nothing,); --ow-dark: initial; } }
.panel-place { display: none; }
.root[data-open] .panel-place { display: block; }
@keyframes osmtalk-pulse { 50% { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { .root * { animation: none !important; transition: none !important; } }
.panel-place * { box-sizing: border-box; overscroll-behavior: contain; }
.panel, .call-bar {
  --ow-surface: var(--osmtalk-surface, var(--ow-light, #fff) var(--ow-dark, #17191f));
  --ow-line: color-mix(in srgb, var(--ow-text) 14%, transparent);
  --ow-soft: color-mix(in srgb, var(--ow-text) 7%, var(--ow-surface));
  --ow-muted: color-mix(in srgb, var(--ow-text) 68%, var(--ow-surface));
  --ow-danger: var(--ow-light, #b3261e) var(--ow-dark, #ff8a80);
}
.panel {
  position: absolute;
  z-index: 1;
  display: flex;
  flex-direction: column;
  width: min(var(--osmtalk-width, 24em), calc(100vw - 2 * var(--ow-offset)));
  height: min(var(--osmtalk-height, 39em), calc(100dvh - 2 * var(--ow-offset) - var(--ow-size) - 1em));
  background: var(--ow-surface);
  color: var(--ow-text);
  border: 1px solid var(--ow-line);
  border-radius: var(--osmtalk-radius, 1.125em);
  box-shadow: var(--ow-shadow);
  overflow: hidden;
  outline: none;
  animation: osmtalk-rise .18s ease-out;
}
@keyframes osmtalk-rise { from { opacity: 0; transform: translateY(.5em); } }
.root[data-placement^=bottom] .panel { bottom: calc(var(--ow-size) + 1em); }
.root[data-placement^=top] .panel { top: calc(var(--ow-size) + 1em); }
.root[data-placement$=right] .panel { right: 0; }
.root[data-placement$=left] .panel { left: 0; }
.root[data-layout=inline] .panel-place { height: 100%; }
.root[data-layout=inline] .panel { position: static; width: 100%; height: 100%; min-height: 20em; box-shadow: none; animation: none; }
.root[data-layout=side] .panel { position: fixed; inset-block: 0; width: min(var(--osmtalk-width, 26em), 100vw); height: 100dvh; border-radius: 0; }
.root[data-layout=side][data-open] .launcher { visibility: hidden; }
@media (max-width: 30em), (max-height: 30em) {
  .root:not([data-layout=inline])[data-open] .panel {
    position: fixed; inset: 0; width: auto; height: 100dvh; border: 0; border-radius: 0; touch-action: pinch-zoom;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
}
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; width: 1.35em; height: 1.35em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
h2, h3, p, ol, dl, dd { margin: 0; padding: 0; }
button { all: unset; box-sizing: border-box; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; gap: .5em; -webkit-tap-highlight-color: transparent; }
button:focus-visible, a:focus-visible, textarea:focus-visible, .conversation:focus-visible { outline: 2px solid var(--ow-accent); outline-offset: 2px; }
.conversation:focus-visible { outline-offset: -2px; }
button:disabled { opacity: .45; cursor: default; }
.header { display: flex; align-items: center; gap: .35em; padding-block: .75em; padding-inline: 1.25em .75em; border-block-end: 1px solid var(--ow-line); }
.header h2 { flex: 1; font-size: 1.0625em; font-weight: 650; line-height: 1.3; overflow-wrap: anywhere; }
@media (max-width: 22em) { .header { gap: 0; padding-inline: .75em .25em; } }
.header slot { flex: 1; display: block; min-width: 0; }
.mark { flex: none; padding: .1em .5em; border: 1px solid var(--ow-line); border-radius: .6em; font-size: .75em; color: var(--ow-muted); }
.disclosure { padding: 0 1.5em .75em; font-size: .75em; color: var(--ow-muted); text-align: center; }
.avatar { width: 2.25em; height: 2.25em; border-radius: 50%; object-fit: cover; margin-inline-end: .4em; }
.quiet { min-width: 2.75em; min-height: 2.75em; border-radius: .75em; color: var(--ow-muted); }
.quiet:hover { background: var(--ow-soft); color: var(--ow-text); }
.conversation { flex: 1 1 3em; min-height: 0; overflow-y: auto; overflow-anchor: none; padding: 1em 1.25em; display: flex; flex-direction: column; gap: .6em; scrollbar-width: thin; }
/* Nothing said yet, and a card to read: the card gets all the space. */
.conversation[data-aside] { flex: 0 0 0; padding: .75em 0 0; }
.welcome { display: grid; gap: 1em; margin-block: auto; }
.welcome p { font-size: 1.0625em; text-wrap: pretty; }
.starters { display: grid; gap: .5em; justify-items: start; }
.starter { min-height: 2.75em; padding: .5em 1em; border: 1px solid var(--ow-line); border-radius: 1.4em; text-align: start; overflow-wrap: anywhere; }
.starter:hover { background: var(--ow-soft); }
.messages { list-style: none; display: flex; flex-direction: column; gap: .5em; }
.message { align-self: flex-start; max-width: 85%; padding: .55em .85em; border-radius: 1.1em 1.1em 1.1em .35em; background: var(--ow-soft); overflow-wrap: anywhere; }
/* WebKit's own sheet aligns a list item as its list is, whichever way its own text runs. */
.message, .message li { text-align: start; }
.message .text { white-space: pre-wrap; }
.piece { display: block; content-visibility: auto; contain-intrinsic-size: auto 20em; }
.message[data-role=user] { align-self: flex-end; background: var(--ow-accent); color: var(--ow-accent-text); border-radius: 1.1em 1.1em .35em 1.1em; }
[dir=rtl] .message { border-radius: 1.1em 1.1em .35em 1.1em; }
[dir=rtl] .message[data-role=user] { border-radius: 1.1em 1.1em 1.1em .35em; }
.message[data-status=sending] { opacity: .75; }
.message[data-status=failed] { background: none; color: var(--ow-text); border: 1px solid var(--ow-danger); }
.unsent { display: block; font-size: .875em; color: var(--ow-danger); margin-block-start: .25em; }
.link { min-height: 1.75em; padding-inline: .3em; color: inherit; font-weight: 650; text-decoration: underline; text-underline-offset: .15em; }
.note { align-self: center; display: flex; gap: .5em; font-size: .8125em; color: var(--ow-muted); text-align: center; overflow-wrap: anywhere; }
.note time { flex: none; }
.unseen { position: sticky; bottom: 0; align-self: center; flex: none; min-height: 2.5em; padding: .3em 1em; border-radius: 99em; background: var(--ow-accent); color: var(--ow-accent-text); font-size: .875em; font-weight: 600; box-shadow: var(--ow-shadow); }
.count { font-size: .8125em; color: var(--ow-muted); text-align: end; }
.count[data-over] { color: var(--ow-danger); font-weight: 600; }
.replying { display: flex; gap: .3em; padding: .5em .25em; }
.replying i { width: .45em; height: .45em; border-radius: 50%; background: var(--ow-muted); animation: osmtalk-pulse 1.2s infinite; }
.replying i:nth-of-type(2) { animation-delay: .2s; }
.replying i:nth-of-type(3) { animation-delay: .4s; }
.controls { display: grid; gap: .6em; padding: .75em 1em 1em; border-block-start: 1px solid var(--ow-line); }
.start { min-height: 3em; padding: .5em 1.25em; border-radius: 99em; background: var(--ow-accent); color: var(--ow-accent-text); font-weight: 600; }
.start:hover, .primary:hover { filter: brightness(1.1); }
.start.compact { min-height: 2.75em; background: none; color: var(--ow-text); border: 1px solid var(--ow-line); }
.start.compact:hover { background: var(--ow-soft); filter: none; }
.round { flex: none; width: 2.75em; height: 2.75em; border-radius: 50%; background: var(--ow-soft); }
.round:hover { filter: brightness(.96); }
.round.accent { background: var(--ow-accent); color: var(--ow-accent-text); }
.notice:empty { display: none; }
.composer { display: flex; align-items: flex-end; gap: .5em; min-width: 0; }
textarea { all: unset; box-sizing: border-box; flex: 1; min-width: 0; min-height: 2.75em; max-height: 8.5em; padding: .6em .9em; overflow-y: auto; border: 1px solid color-mix(in srgb, var(--ow-text) 45%, var(--ow-surface)); border-radius: 1.4em; background: var(--ow-surface); white-space: pre-wrap; overflow-wrap: anywhere; field-sizing: content; cursor: text; }
textarea::placeholder { color: var(--ow-muted); opacity: 1; }
/* Beside two buttons it would be cut off. */
@media (max-width: 22em) { [data-busy] ::placeholder { color: transparent; } }
.notice { font-weight: 600; }
.consent { gap: 1em; justify-content: center; }
.consent a { color: inherit; margin-inline-end: 1em; }
/* A phone on its side, or what a keyboard leaves of the screen: the message box stays in sight, and the other controls scroll
   above it. */
.root:not([data-layout=inline]) .panel { container-type: size; }
@container (max-height: 30em) {
  .header { padding-block: .15em; }
  .conversation { padding-block: .6em; }
  .controls { overflow-y: auto; min-height: 4.4em; padding-block: .6em 0; }
  .composer { position: sticky; bottom: 0; background: var(--ow-surface); }
  .composer:last-child { padding-block-end: .6em; }
  .controls > :last-child:not(.composer) { margin-block-end: .6em; }
  .card ~ .controls .start { display: none; }
}
@container (max-height: 15em) {
  .panel:has(.composer textarea:focus) :is(.header, .start, .card, .wrap-up) { display: none; }
}
@media (forced-colors: active) { .start, .action, .round, .starter, .message { border: 1px solid ButtonText; } }
button[part=launcher]:hover { filter: brightness(1.1); }
`;
