import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request names this machine, and comes from a page of it or from no page. Any page on the web can reach what listens on
 * loopback, and a name of its own can be pointed there (DNS rebinding): this backend has test hooks and no defences.
 */
export function isLocal({ host, origin }: IncomingHttpHeaders): boolean {
  return isLocalAddress(`http://${host ?? 'localhost'}`) && (origin === undefined || isLocalAddress(origin));
}

function isLocalAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, protocol } = new URL(address);
  if (!/^https?:$/.test(protocol)) return false;
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
