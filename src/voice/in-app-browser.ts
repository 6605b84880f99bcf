/** Apps that open links in a browser of their own, which often has no microphone (Facebook, Instagram, LinkedIn, TikTok …). */
const IN_APP =
  /FBAN|FBAV|FB_IAB|Instagram|LinkedInApp|musical_ly|TikTok|BytedanceWebview|Twitter for|Snapchat|Pinterest\/|\bLine\/|MicroMessenger|KAKAOTALK/;

export function isInAppBrowser(userAgent: string): boolean {
  return IN_APP.test(userAgent);
}
