/**
 * The oldest browsers in which all of the widget works. Safari 16.4 is the first with constructed style sheets, which no policy
 * of a page forbids; Chrome 111 and Firefox 113 are the first with `color-mix()`, and Firefox 115 is the one that old systems
 * keep. In a browser so far below the floor that it cannot read the script, nothing is shown and the page goes on.
 */
export const FLOOR = { Chrome: '111', Safari: '16.4', Firefox: '115' } as const;

/** Newer features that are used all the same: by feature and file, what the visitor has where the feature is missing. */
export const FALLBACKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'api.AudioContext.setSinkId': {
    'src/voice/webrtc/agent-audio.ts': 'no list of speakers; the system has one',
  },
  'api.ClipboardItem': { 'src/ui/write-clipboard.ts': 'writeText()' },
  'api.Document.prerendering': { 'src/element/schedule.ts': 'no page is prepared ahead' },
  'api.Document.featurePolicy': { 'src/voice/check-support.ts': 'the refusal of getUserMedia tells' },
  'api.HTMLElement.popover': { 'src/element/promote-to-top-layer.ts': 'a high z-index' },
  'api.HTMLElement.togglePopover': { 'src/element/promote-to-top-layer.ts': 'a high z-index' },
  'api.Navigator.connection': { 'src/element/schedule.ts': 'the panel is fetched ahead' },
  'api.Navigator.wakeLock': { 'src/voice/wake-lock.ts': 'the screen may go dark in a call' },
  'api.Navigator.userActivation': {
    'src/panel/panel-focus.ts': 'whoever opens the panel counts as the visitor',
  },
  'api.URL.parse_static': { 'src/panel/preconnect.ts': 'no connection ahead of the first request' },
  'api.Window.requestIdleCallback': {
    'src/element/schedule.ts': 'a timer',
    'src/panel/failure-card-feature.ts': 'a timer',
  },
  'api.Window.navigation': {
    'src/panel/call/announced-leave.ts':
      'links, forms and reload keys are seen as they are used; the way back ends a call',
    'src/panel/teaser/teaser.ts': 'a new path is seen on the way back, and at the next event of the page',
  },
  'css.properties.contain-intrinsic-size': {
    'src/panel/markdown/markdown-styles.ts': 'a long text is laid out at once',
    'src/panel/panel-styles.ts': 'a long text is laid out at once',
  },
  'css.properties.content-visibility': {
    'src/panel/markdown/markdown-styles.ts': 'a long text is laid out at once',
    'src/panel/panel-styles.ts': 'a long text is laid out at once',
  },
  'css.properties.field-sizing': { 'src/panel/panel-styles.ts': 'the message box scrolls' },
  'css.properties.float.inline-start': {
    'src/panel/feedback/feedback-styles.ts': 'the question stands above the stars',
  },
  'css.properties.font-family.ui-monospace': {
    'src/ui/card-styles.ts': 'the next name: monospace',
  },
  'css.properties.forced-color-adjust': {
    'src/panel/call/call-styles.ts': 'Safari has no forced colours',
    'src/panel/call/voice-styles.ts': 'Safari has no forced colours',
    'src/panel/in-page/in-page-styles.ts': 'the icon as it is',
    'src/panel/teaser/teaser-styles.ts': 'Safari has no forced colours',
  },
  'css.properties.overflow-anchor': {
    'src/panel/panel-styles.ts': 'it switches off what such a browser does not do',
  },
  'css.properties.scrollbar-width': {
    'src/panel/markdown/markdown-styles.ts': 'an ordinary scrollbar',
    'src/panel/panel-styles.ts': 'an ordinary scrollbar',
  },
  'css.properties.text-wrap': {
    'src/panel/panel-styles.ts': 'lines as they fall',
    'src/panel/call/voice-styles.ts': 'lines as they fall',
    'src/panel/teaser/teaser-styles.ts': 'lines as they fall',
  },
  'css.selectors.has': {
    'src/panel/panel-styles.ts': 'above a keyboard the header keeps its place',
    'src/panel/callback/callback-styles.ts': 'the card has a second frame around it',
  },
};
