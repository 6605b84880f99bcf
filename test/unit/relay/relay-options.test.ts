import { describe, expect, it } from 'vitest';
import { relayOptions } from '../../../demo/examples/relay/relay-options.js';
import { createRelay } from '../../../src/relay.js';

const ENV = {
  OSMTALK_KEY: 'osm_1',
  OSMTALK_AGENTS: 'agent_1',
  OSMTALK_DESTINATIONS: '+49',
  SITE_ORIGINS: 'https://site.example',
  RELAY_SECRET: 'a secret of the site',
};

const made = (change: Record<string, string | undefined>) => () =>
  createRelay(relayOptions({ ...ENV, ...change }));

describe('the settings of the shipped examples', () => {
  it.each([
    [{}],
    [{ OSMTALK_URL: '' }],
    [{ OSMTALK_URL: 'http://localhost:4002' }],
    [{ OSMTALK_DESTINATIONS: '+49, !+49151 ,+43' }],
    [{ OSMTALK_DESTINATIONS: 'any' }],
  ])('make a relay with %j', (change) => {
    expect(made(change)).not.toThrow();
  });

  it.each([
    ...Object.keys(ENV).flatMap((name) => [
      [name, undefined],
      [name, ''],
      [name, ' '],
    ]),
    ['OSMTALK_AGENTS', ','],
    ['OSMTALK_DESTINATIONS', '49'],
    ['OSMTALK_DESTINATIONS', '+'],
    ['OSMTALK_DESTINATIONS', '00 49'],
    ['OSMTALK_DESTINATIONS', '!+49'],
    ['OSMTALK_DESTINATIONS', ' , '],
    ['SITE_ORIGINS', '*'],
    ['RELAY_SECRET', 'short'],
  ])('make none when %s is %j', (name, value) => {
    expect(made({ [String(name)]: value })).toThrow(TypeError);
  });

  it.each(['+49,', ',+49', ' +49 , '])(
    'open no other country by a comma too many: %j',
    async (destinations) => {
      const { allow } = relayOptions({ ...ENV, OSMTALK_DESTINATIONS: destinations });
      expect(allow.destinations).toEqual(['+49']);
    },
  );
});
