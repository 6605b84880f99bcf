/** Apps that open links in a browser of their own, which often has no microphone (Facebook, Instagram, LinkedIn, TikTok …). */
const IN_APP =
  /FBAN|FBAV|FB_IAB|Instagram|LinkedInApp|musical_ly|TikTok|BytedanceWebview|Twitter for|Snapchat|Pinterest\/|\bLine\/|MicroMessenger|KAKAOTALK/;

export function isInAppBrowser(userAgent: string): boolean {
  return IN_APP.test(userAgent);
}

/** The view of some app, known or not: Android says so, and on iOS browsers alone name Safari. Pages on the home screen are such too. */
export function isWebView(userAgent: string): boolean {
  return /; wv\)|\b(?:iPhone|iPad|iPod)\b(?!.*Safari\/)/.test(userAgent);
}
