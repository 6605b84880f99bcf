import { expect, it } from 'vitest';
import { formatDuration } from '../../../src/ui/duration.js';

it.each([
  [0, '0:00'],
  [0.9, '0:00'],
  [9, '0:09'],
  [59.99, '0:59'],
  [60, '1:00'],
  [65, '1:05'],
  [600, '10:00'],
  [3599, '59:59'],
  [3600, '1:00:00'],
  [3725, '1:02:05'],
  [36_610, '10:10:10'],
  [-3, '0:00'],
])('%f seconds are %s', (seconds, expected) => expect(formatDuration(seconds)).toBe(expected));

it('is in the digits of the language', () => expect(formatDuration(65, { numerals: 'beng' })).toBe('১:০৫'));
