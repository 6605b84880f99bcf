import { describe, expect, it } from 'vitest';
import { Origins } from '../../../src/relay/origins.js';

describe('an exact entry', () => {
  const origins = new Origins(['https://site.example', 'http://localhost:4002/']);

  it.each(['https://site.example', 'http://localhost:4002'])('allows %s', (origin) => {
    expect(origins.allows(origin)).toBe(true);
  });

  it.each([
    'http://site.example',
    'https://site.example:8443',
    'https://www.site.example',
    'https://site.example.evil.com',
    'https://evilsite.example',
    'https://site.example@evil.com',
    'https://site.example/',
    'https://SITE.example',
    'https://site.example, https://evil.com',
    'http://localhost',
    'null',
    '',
  ])('refuses %j', (origin) => {
    expect(origins.allows(origin)).toBe(false);
  });
});

describe('a wildcard', () => {
  const origins = new Origins(['https://*.site.example', 'http://*.localhost:4002']);

  it.each(['https://a.site.example', 'https://a.b.site.example', 'http://shop.localhost:4002'])(
    'allows %s',
    (origin) => {
      expect(origins.allows(origin)).toBe(true);
    },
  );

  it.each([
    'https://site.example',
    'https://.site.example',
    'http://a.site.example',
    'https://a.site.example:444',
    'https://site.example.evil.com',
    'https://a.site.example.evil.com',
    'https://evilsite.example',
    'https://evil.com#.site.example',
    'https://evil.com/.site.example',
  ])('refuses %s', (origin) => {
    expect(origins.allows(origin)).toBe(false);
  });
});

it.each([
  '*',
  'https://*',
  'https://*.com',
  'https://a.*.example',
  'https://*.*.example',
  'site.example',
  'https://site.example/path',
  'https://site.example?x',
  'https://user@site.example',
  'file:///etc',
  'null',
  '',
])('does not take %j for an origin', (entry) => {
  expect(() => new Origins([entry])).toThrow(TypeError);
});

it('needs one', () => {
  expect(() => new Origins([])).toThrow(TypeError);
});

describe('find', () => {
  const origins = new Origins(['https://site.example']);
  const find = (headers: Record<string, string>, url = 'https://site.example/api', method = 'GET') =>
    origins.find(new Request(url, { method, headers }));

  it('believes Origin before all else', () => {
    expect(find({ origin: 'https://site.example' }, 'https://relay.example/api')).toBe(
      'https://site.example',
    );
    expect(
      find({ origin: 'https://evil.com', referer: 'https://site.example/', 'sec-fetch-site': 'same-origin' }),
    ).toBe(false);
  });

  it('knows a same-origin GET, which has no Origin, by its page', () => {
    const sameOrigin = { 'sec-fetch-site': 'same-origin' };
    expect(find(sameOrigin)).toBe('https://site.example');
    expect(find(sameOrigin, 'http://site.example/api')).toBe('https://site.example');
    expect(find({ ...sameOrigin, referer: 'https://site.example/page' }, 'http://10.0.0.1:3000/api')).toBe(
      'https://site.example',
    );
  });

  it('is not taken in by a name that points here', () => {
    const sameOrigin = { 'sec-fetch-site': 'same-origin' };
    expect(find(sameOrigin, 'https://evil.com/api')).toBe(false);
    expect(find({ ...sameOrigin, referer: 'https://evil.com/' }, 'https://site.example/api')).toBe(false);
  });

  it('knows the page of an old Safari, which says no Sec-Fetch-Site, by Referer', () => {
    expect(find({ referer: 'https://site.example/page' })).toBe('https://site.example');
    expect(find({ referer: 'https://site.example/page' }, 'http://10.0.0.1:3000/api')).toBe(
      'https://site.example',
    );
    expect(find({ referer: 'https://evil.com/' })).toBe(false);
    expect(find({ referer: 'https://site.example/page' }, undefined, 'POST')).toBeNull();
  });

  it.each(['localhost:3000', '127.0.0.1:3000', '10.1.2.3', '[::1]:3000', 'relay:3000', 'app.localhost'])(
    'lets a page without Referer read, behind a proxy that calls this server %s',
    (host) => {
      expect(find({ 'sec-fetch-site': 'same-origin' }, `http://${host}/api`)).toBe('');
      expect(find({ 'sec-fetch-site': 'cross-site' }, `http://${host}/api`)).toBeNull();
      expect(find({}, `http://${host}/api`)).toBeNull();
    },
  );

  it.each(['evil.com', 'localhost.evil.com', '127.0.0.1.evil.com', 'relay.internal'])(
    'takes %s for no name of its own',
    (host) => {
      expect(find({ 'sec-fetch-site': 'same-origin' }, `http://${host}/api`)).toBe(false);
    },
  );

  it.each([
    ['nothing at all', {}, 'GET'],
    ['another site', { 'sec-fetch-site': 'cross-site', referer: 'https://site.example/' }, 'GET'],
    ['a subdomain', { 'sec-fetch-site': 'same-site' }, 'GET'],
    ['a POST, which always has an Origin', { 'sec-fetch-site': 'same-origin' }, 'POST'],
  ])('has no origin from %s', (_, headers, method) => {
    expect(find(headers as Record<string, string>, undefined, method)).toBeNull();
  });
});
