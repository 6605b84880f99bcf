/** Looks again until there is something, for at most this long; `null` when nothing came. */
export async function until<T>(look: () => Promise<T | null> | T | null, limitMs: number): Promise<T | null> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null || Date.now() > end) return found;
    // oxlint-disable-next-line house/no-sleep -- The time between two looks.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
