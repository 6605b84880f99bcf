import { expect, it } from 'vitest';
import { networkOf } from '../../../src/relay/network-of.js';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['unix:/run/socket', 'unix:/run/socket'],
  ['x'.repeat(1_000), 'x'.repeat(64)],
])('%s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
