/** Nobody's address is longer; a header that a proxy passes may be. */
const LONGEST = 64;

/**
 * What one visitor has of addresses: an IPv4 address, or the /64 of an IPv6 one, of which a household gets 2⁶⁴ at once.
 * Anything else counts as it is.
 */
export function networkOf(address: string): string {
  const plain = address.trim().toLowerCase().slice(0, LONGEST);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!/^[\da-f:]+(%\w+)?$/.test(plain) || !plain.includes(':')) return plain;
  const [head = '', tail] = plain.replace(/%.*/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - last.length)).fill('0');
  const all = [...groups, ...zeros, ...last].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${all.slice(0, 4).join(':')}::/64`;
}
