/** Apps that open links in a browser of their own, which often has no microphone (Facebook, Instagram, LinkedIn, TikTok …). */
const IN_APP =
  /FBAN|FBAV|FB_IAB|Instagram|LinkedInApp|musical_ly|TikTok|BytedanceWebview|Twitter for|Snapchat|Pinterest\/|\bLine\/|MicroMessenger|KAKAOTALK/;

export function isInAppBrowser(userAgent: string): boolean {
  return IN_APP.test(userAgent);
}

/**
 * Whether the page runs in the web view of an app: Android says so in its user agent, and on iOS only browsers name Safari. Pages
 * that were added to the home screen of iOS count as well.
 */
export function isWebView(userAgent: string): boolean {
  return /; wv\)|\b(?:iPhone|iPad|iPod)\b(?!.*Safari\/)/.test(userAgent);
}
