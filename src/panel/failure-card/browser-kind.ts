export type BrowserKind = 'chromium' | 'firefox' | 'safari' | 'ios' | 'android';

/** Returns which browser's settings the visitor has to find. Only for the text of instructions, never to decide what works. */
export function browserKind(
  userAgent: string = navigator.userAgent,
  touchPoints: number = navigator.maxTouchPoints,
): BrowserKind {
  // An iPad calls itself a Mac, but has a touch screen.
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\//.test(userAgent)) return 'chromium';
  return /Safari\//.test(userAgent) ? 'safari' : 'chromium';
}

export type SystemKind = 'mac' | 'windows' | 'phone' | 'linux';

/** Returns which system's settings the visitor has to find. Only for the text of instructions. */
export function systemKind(
  userAgent: string = navigator.userAgent,
  touchPoints: number = navigator.maxTouchPoints,
): SystemKind {
  const kind = browserKind(userAgent, touchPoints);
  if (kind === 'ios' || kind === 'android') return 'phone';
  if (/Macintosh/.test(userAgent)) return 'mac';
  return /Windows/.test(userAgent) ? 'windows' : 'linux';
}
