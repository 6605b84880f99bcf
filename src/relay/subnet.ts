/** How many characters of a header are read, from its end: no address is longer. */
const LONGEST = 1_000;

/** The networks that one address stands for. */
export interface Networks {
  /** The network of one visitor: an IPv4 address, or the /64 of an IPv6 one, since a household gets 2⁶⁴ of these at once. */
  own: string;
  /** The networks that one customer of a provider may have: the /48 and the /56; of IPv4 the /24. The widest first. */
  wider: string[];
}

/**
 * Returns the networks of an address, however it is written: with a port, in brackets, with a zone, in the syntax of
 * `Forwarded`, or as IPv4 within IPv6. Of a list, as proxies pass it on, the last address counts: the only one that the visitor
 * cannot have written. `null` for what is no address.
 */
export function subnetsOf(address: string): Networks | null {
  const last = address.slice(-LONGEST).split(',').at(-1)?.trim().toLowerCase() ?? '';
  const named = /(?:^|;)\s*for=([^;]*)/.exec(last)?.[1] ?? last;
  const plain = withoutPort(named.replaceAll('"', '').trim());
  const bytes = readIpv4(plain);
  if (bytes) return ofIpv4(bytes);
  const groups = readIpv6(plain.replace(/%[^%]*$/, ''));
  if (!groups) return null;
  const within = embeddedIpv4(groups);
  return within ? ofIpv4(within) : ofIpv6(groups);
}

function ofIpv4(bytes: readonly number[]): Networks {
  return { own: bytes.join('.'), wider: [`${bytes.slice(0, 3).join('.')}.0/24`] };
}

function ofIpv6(groups: readonly number[]): Networks {
  const write = (parts: readonly number[]): string => parts.map((part) => part.toString(16)).join(':');
  const site = groups.slice(0, 3);
  const subnet = groups[3] ?? 0;
  return {
    own: `${write([...site, subnet])}::/64`,
    wider: [`${write(site)}::/48`, `${write([...site, subnet & 0xff00])}::/56`],
  };
}

/** Removes the port and the brackets of `1.2.3.4:5678`, `[2001:db8::1]:5678` and `[2001:db8::1]`. */
function withoutPort(text: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d+)?|([^:]*):\d+)$/.exec(text) ?? [];
  return bracketed ?? plain ?? text;
}

function readIpv4(text: string): number[] | null {
  const bytes = text.split('.');
  // Refuses a leading zero, which means octal to some software, and nothing to other.
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256))
    return null;
  return bytes.map(Number);
}

/** Returns eight groups of 16 bits (RFC 4291 §2.2); `null` for what is no IPv6 address. */
function readIpv6(text: string): number[] | null {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return null;
  const first = readGroups(head, tail === undefined);
  const last = readGroups(tail ?? '', true);
  if (!first || !last) return null;
  const zeros = 8 - first.length - last.length;
  if (tail === undefined ? zeros !== 0 : zeros < 1) return null;
  return [...first, ...Array<number>(zeros).fill(0), ...last];
}

function readGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const ipv4 = mayEndInIpv4 ? readIpv4(parts.at(-1) ?? '') : null;
  const groups = ipv4 ? parts.slice(0, -1) : parts;
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return null;
  const [a = 0, b = 0, c = 0, d = 0] = ipv4 ?? [];
  return [...groups.map((group) => Number.parseInt(group, 16)), ...(ipv4 ? [a * 256 + b, c * 256 + d] : [])];
}

/**
 * Returns the IPv4 address within an IPv6 one: mapped and translated (`::ffff:…`, `::ffff:0:…`), compatible (`::…`), NAT64
 * (`64:ff9b::…`, `64:ff9b:1:…`), 6to4 (`2002:…`) and Teredo (`2001::…`, which inverts each bit). `null` for none.
 */
function embeddedIpv4(groups: readonly number[]): number[] | null {
  const [a, b, c, , , , g = 0, h = 0] = groups;
  const start = groups.slice(0, 6).join(':');
  const last = [...bytesOf(g), ...bytesOf(h)];
  if (start === '0:0:0:0:0:65535' || start === '0:0:0:0:65535:0') return last;
  // Below 1.0.0.0 the address is `::`, `::1` and the like.
  if (start === '0:0:0:0:0:0' && g > 0xff) return last;
  if (a === 0x64 && b === 0xff9b && (c === 1 || start === '100:65435:0:0:0:0')) return last;
  if (a === 0x2002) return [...bytesOf(b ?? 0), ...bytesOf(c ?? 0)];
  if (a === 0x2001 && b === 0) return last.map((byte) => byte ^ 0xff);
  return null;
}

function bytesOf(group: number): number[] {
  return [group >> 8, group & 0xff];
}
