import { expect, it } from 'vitest';
import { PropertyValues } from '../../../src/contract/attributes.js';

it.each([
  ['', true],
  ['callback', true],
  ['true', true],
  ['false', false],
  [null, false],
])('callback=%j is %s', (value, expected) => {
  const values = new PropertyValues();
  expect(values.get('callback')).toBe(false);
  values.setFromAttribute('callback', value);
  expect(values.get('callback')).toBe(expected);
});

it('phone-number-id is taken as it is', () => {
  const values = new PropertyValues();
  expect(values.get('phoneNumberId')).toBeUndefined();
  values.setFromAttribute('phone-number-id', 'phone_1');
  expect(values.get('phoneNumberId')).toBe('phone_1');
});
