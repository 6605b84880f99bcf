import { expect, it } from 'vitest';
import { isInAppBrowser } from '../../../src/voice/in-app-browser.js';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36';
const desktop =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';

it.each([
  ['Instagram on an iPhone', `${iphone} Mobile/15E148 Instagram 331.0.0.29.90 (iPhone15,2; iOS 18_1)`],
  ['Instagram on Android', `${android} Instagram 331.0.0.37.90 Android`],
  ['Facebook on an iPhone', `${iphone} Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.44.109;FBBV/1]`],
  ['Facebook on Android', `${android} [FB_IAB/FB4A;FBAV/490.0.0.63.82;]`],
  ['Messenger', `${iphone} Mobile/22B83 [FBAN/MessengerForiOS;FBAV/480.0;]`],
  ['LinkedIn', `${iphone} Mobile/22B83 [LinkedInApp]/9.30.1`],
  ['TikTok on an iPhone', `${iphone} Mobile/22B83 musical_ly_37.0.0 JsSdk/2.0 BytedanceWebview/d8a21c6`],
  ['TikTok on Android', `${android} trill_370005 BytedanceWebview/d8a21c6`],
  ['X', `${iphone} Mobile/22B83 Twitter for iPhone/10.70`],
  ['Snapchat', `${iphone} Mobile/22B83 Snapchat/13.20.0.43 (like Safari/8619.2.8)`],
  ['Pinterest', `${iphone} Mobile/22B83 [Pinterest/iOS]`],
  ['LINE', `${iphone} Mobile/22B83 Safari Line/14.18.0`],
  ['WeChat', `${iphone} Mobile/22B83 MicroMessenger/8.0.54(0x18003630) NetType/WIFI`],
  ['KakaoTalk', `${iphone} Mobile/22B83 KAKAOTALK 25.0.0`],
])('%s is inside another app', (_what, userAgent) => {
  expect(isInAppBrowser(userAgent)).toBe(true);
});

it.each([
  ['Chrome', `${desktop} Safari/537.36`],
  ['Edge', `${desktop} Safari/537.36 Edg/142.0.0.0`],
  ['Firefox', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['Safari on an iPhone', `${iphone} Version/18.1 Mobile/15E148 Safari/604.1`],
  ['Chrome on an iPhone', `${iphone} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`],
  ['a web view of an app that nobody knows', android],
  ['a browser whose name only ends like LINE', `${desktop} StreamLine/2.0`],
  [
    'a robot that looks for pictures',
    'Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)',
  ],
  ['nothing', ''],
])('%s is not', (_what, userAgent) => {
  expect(isInAppBrowser(userAgent)).toBe(false);
});
