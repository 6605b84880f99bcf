/** Settings live in the address, so that a tester can pass on exactly what they see. */
export function readAddress(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

export function writeAddress(name: string, value: string | null): void {
  const url = new URL(location.href);
  if (value === null || value === '') url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(null, '', url);
}
