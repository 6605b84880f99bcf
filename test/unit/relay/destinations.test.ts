import { describe, expect, it } from 'vitest';
import { Destinations } from '../../../src/relay/destinations.js';

const allows = (entries: readonly string[] | 'any', destination: string): boolean =>
  new Destinations(entries).allows(destination);

describe('a country', () => {
  it.each([
    ['+49', '+4930123456'],
    ['+49', '+4915112345678'],
    ['+49', '+4932212345678'],
    ['+43', '+4369912345678'],
    ['+33', '+33612345678'],
    ['+33', '+33912345678'],
    ['+1', '+12025550199'],
    ['+1', '+14165550199'],
    ['+44', '+442079460958'],
    ['+44', '+447400123456'],
    ['+7', '+79031234567'],
    ['+39', '+393331234567'],
    ['+39', '+39066981234'],
    ['+91', '+919812345678'],
    ['+55', '+5511961234567'],
    ['+358', '+35818123456'],
    ['+383', '+38343201234'],
    ['+49', '+4991234567'],
  ])('%s lets %s ring', (entry, destination) => {
    expect(allows([entry], destination)).toBe(true);
    expect(allows('any', destination)).toBe(true);
  });

  it.each([
    ['premium', '+49', '+499001234567'],
    ['premium', '+1', '+19005551234'],
    ['premium', '+44', '+449012345678'],
    ['premium', '+44', '+448701234567'],
    ['premium', '+33', '+33891123456'],
    ['premium', '+39', '+39899123456'],
    ['premium', '+61', '+611900123456'],
    ['shared cost', '+49', '+49180512345'],
    ['shared cost', '+49', '+491371234567'],
    ['personal', '+44', '+447012345678'],
    ['personal', '+49', '+4970012345678'],
    ['personal', '+1', '+15002345678'],
    ['directory enquiries', '+49', '+4911833'],
    ['directory enquiries', '+49', '+49118331234'],
    ['satellite', '+1', '+16005551234'],
    ['satellite', '+61', '+61147101234'],
    ['unknown', '+1', '+15550100200'],
    ['unknown', '+44', '+447700900123'],
    ['unknown', '+49', '+49900123456'],
    ['too short', '+49', '+491234567'],
  ])('does not open its %s numbers: %s and %s', (_, entry, destination) => {
    expect(allows([entry], destination)).toBe(false);
    expect(allows('any', destination)).toBe(false);
    // A range of its own does.
    expect(allows([entry, destination.slice(0, entry.length + 3)], destination)).toBe(true);
    expect(allows([destination], destination)).toBe(true);
  });

  it.each([
    ['Jamaica', '+1', '+18765551234', '+1876'],
    ['Jamaica', '+1', '+16585551234', '+1658'],
    ['Dominican Republic', '+1', '+18095551234', '+1809'],
    ['Turks and Caicos', '+1', '+16492315678', '+1649'],
    ['Turks and Caicos, a number that nobody has', '+1', '+16495551234', '+1649'],
    ['Puerto Rico', '+1', '+17875551234', '+1787'],
    ['Jersey', '+44', '+441534123456', '+441534'],
    ['Jersey', '+44', '+447797712345', '+447797'],
    ['Isle of Man', '+44', '+441624612345', '+441624'],
    ['Isle of Man', '+44', '+447624123456', '+447624'],
    ['Guernsey', '+44', '+441481256789', '+441481'],
    ['Kazakhstan', '+7', '+77011234567', '+77'],
    ['Kazakhstan', '+7', '+77172123456', '+77'],
  ])('is not %s, which has the same code: %s and %s', (_, entry, destination, own) => {
    expect(allows([entry], destination)).toBe(false);
    expect(allows([entry, own], destination)).toBe(true);
  });

  it('of a small neighbour opens no premium number', () => {
    expect(allows(['+1', '+1876'], '+19005551234')).toBe(false);
  });
});

describe('what belongs to no country', () => {
  it.each([
    '+870773123456',
    '+881612345678',
    '+882161234567',
    '+883510012345',
    '+979123456789',
    '+80012345678',
    '+80812345678',
    '+8781012345678',
    '+8881234567890',
    '+9911234567',
    '+9991234567',
    '+2101234567',
  ])('%s rings only where its code is named', (destination) => {
    expect(allows('any', destination)).toBe(false);
    expect(allows([destination.slice(0, 2)], destination)).toBe(false);
    expect(allows([destination.slice(0, 3)], destination)).toBe(false);
    expect(allows(['any', destination.slice(0, 4)], destination)).toBe(true);
  });
});

describe('the longest entry', () => {
  it('decides, whichever comes first', () => {
    for (const entries of [
      ['+49', '!+4915', '+491511'],
      ['+491511', '!+4915', '+49'],
    ]) {
      expect(allows(entries, '+4930123456')).toBe(true);
      expect(allows(entries, '+4915212345678')).toBe(false);
      expect(allows(entries, '+4915112345678')).toBe(true);
    }
  });

  it('excludes from any, and from itself', () => {
    expect(allows(['any', '!+43'], '+431234567')).toBe(false);
    expect(allows(['any', '!+43'], '+4930123456')).toBe(true);
    expect(allows(['+49', '!+49', '+43'], '+4930123456')).toBe(false);
  });

  it('is no entry where there is none', () => {
    expect(allows(['+49'], '+431234567')).toBe(false);
  });
});

it.each([
  [['']],
  [['+49', '']],
  [['', '+49']],
  [['+']],
  [['49']],
  [['0049']],
  [['00 49']],
  [['+49 ']],
  [[' +49']],
  [['+49 30']],
  [['+049']],
  [['!49']],
  [['!!+49']],
  [['! +49']],
  [['+1234567890123456']],
  [['+49\n']],
  [['+٤٩']],
  [['Any']],
  [['*']],
  [[null]],
  [[undefined]],
  [[49]],
  [[['+49']]],
  [[]],
  [['!+49']],
  ['+49'],
  [''],
  [{}],
  [null],
])('does not take %j for a list of beginnings', (entries) => {
  expect(() => new Destinations(entries as never)).toThrow(TypeError);
});
