import type { Browser, Page } from '@playwright/test';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A channel may differ by this much of 255: the same glyph, drawn at another time. */
export const CHANNEL_TOLERANCE = 24;

let drawingBoard: Promise<Page> | undefined;

/** The share of pixels, 0 to 1, in which two PNG files differ inside or outside this box. Files of different sizes differ in all. */
export async function differingShare(
  browser: Browser,
  [first, second]: readonly [Buffer, Buffer],
  where: 'inside' | 'outside',
  box: Box,
): Promise<number> {
  drawingBoard ??= browser.newPage();
  const pictures = [first.toString('base64'), second.toString('base64')];
  return (await drawingBoard).evaluate(compare, { pictures, where, box, tolerance: CHANNEL_TOLERANCE });
}

export interface Comparison {
  pictures: string[];
  where: 'inside' | 'outside';
  box: Box;
  tolerance: number;
}

/** Runs in a browser, which reads PNG files. */
export async function compare({ pictures, where, box, tolerance }: Comparison): Promise<number> {
  const draw = async (base64: string): Promise<ImageData> => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('This browser has no canvas');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [one, other] = await Promise.all(pictures.map(draw));
  if (!one || !other || one.width !== other.width || one.height !== other.height) return 1;
  let looked = 0;
  let differing = 0;
  for (let pixel = 0; pixel < one.width * one.height; pixel += 1) {
    const x = (pixel % one.width) - box.x;
    const y = Math.floor(pixel / one.width) - box.y;
    const isInside = x >= 0 && x < box.width && y >= 0 && y < box.height;
    if (isInside !== (where === 'inside')) continue;
    looked += 1;
    for (let at = 4 * pixel; at < 4 * pixel + 3; at += 1) {
      if (Math.abs((one.data[at] ?? 0) - (other.data[at] ?? 0)) <= tolerance) continue;
      differing += 1;
      break;
    }
  }
  return differing / looked;
}
