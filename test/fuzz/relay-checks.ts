import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import * as fc from 'fast-check';
import { Destinations } from '../../src/relay/destinations.js';
import { subnetsOf } from '../../src/relay/subnet.js';
import { Origins } from '../../src/relay/origins.js';
import { mergeFields, type PageRules } from '../../src/relay/page-rules.js';
import { readCallback, readChat, readConnect } from '../../src/relay/read-requests.js';
import { readJson, type JsonObject } from '../../src/relay/read-json.js';
import { RelayError } from '../../src/relay/relay-error.js';
import { routesAt } from '../../src/relay/routes.js';
import { SecretFilter } from '../../src/relay/secret-filter.js';
import { SignedIds } from '../../src/relay/signed-ids.js';
import { readId, readObject } from '../../src/relay/upstreams/read-fields.js';
import { readOffer } from '../../src/relay/upstreams/read-offer.js';
import { verifyWebhookSignature } from '../../src/relay/webhook-signature.js';
import { check, orDocumented, type Check } from './check.js';
import { inPieces, jsonOf, longTextOf, textOf } from './given.js';

const isRelayError = (error: unknown): boolean => error instanceof RelayError;
const isTypeError = (error: unknown): boolean => error instanceof TypeError;

const ASK_NAMES =
  'message sessionId userId metadata assistantOverride dynamicVariables agentVersion destination agentId phoneNumberId name tier Tier'.split(
    ' ',
  );
const ASK_TEXTS = [
  'Hello',
  'agent_1',
  '+4930123456',
  '+49900123',
  '0049',
  'x'.repeat(200),
  'x'.repeat(201),
  ' ',
  'gold',
];

const RULES: PageRules = {
  allow: {
    agents: ['agent_1'],
    features: ['chat'],
    destinations: 'any',
    variables: ['name'],
    metadata: ['tier'],
    overrides: [],
    agentVersions: [1],
  },
  knowsVisitors: true,
  visitorName: 'ada',
};

const OFFER_NAMES =
  'data transport serverUrl url token livekit webrtc iceServers urls username credential webrtcRequestParams sessionId agent prompt organization call id own'.split(
    ' ',
  );

const SITES = ['https://site.example', 'https://*.shop.example', 'http://localhost:3000'];
const ORIGIN_WORDS = [
  'https://',
  'http://',
  'HTTPS://',
  'site.example',
  'Site.Example',
  'shop.example',
  'a.shop.example',
  'evil.example',
  'localhost',
  ':443',
  ':3000',
  ':80',
  '.',
  '*',
  '*.',
  '@',
  '/',
  '\\',
  '?',
  '#',
  '%2e',
  'null',
  'xn--',
  ' ',
  ',',
  '127.0.0.1',
  '[::1]',
];

/** The same address, written as somebody else would. */
const spelledIpv6 = fc
  .record({
    groups: fc.array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
      ),
      { minLength: 8, maxLength: 8 },
    ),
    isUpper: fc.boolean(),
    isPadded: fc.boolean(),
    isShort: fc.boolean(),
    around: fc.constantFrom('', '[]', '[]:443', '%eth0', '"[]:1"', 'for=[]:1'),
    before: fc.constantFrom('', '1.1.1.1, ', '::1,', 'unknown, '),
  })
  .map(({ groups, isUpper, isPadded, isShort, around, before }) => {
    const hex = groups.map((group) => group.toString(16).padStart(isPadded ? 4 : 1, '0'));
    const run = isShort ? /(?:^|:)0+(?::0+)+(?=:|$)/.exec(hex.join(':')) : null;
    const whole = hex.join(':');
    const short = run ? `${whole.slice(0, run.index)}::${whole.slice(run.index + run[0].length + 1)}` : whole;
    const written = isUpper ? short.toUpperCase() : short;
    const address = around.includes('[') ? around.replace('[]', `[${written}]`) : written + around;
    return { groups, address: before + address };
  });

const ADDRESS_WORDS = [
  '1.2.3.4',
  '203.0.113.7',
  '::',
  ':',
  '.',
  '2001:db8',
  'ffff',
  '0',
  '255',
  '256',
  '[',
  ']',
  '"',
  ',',
  ';',
  'for=',
  'proto=https',
  '%',
  ' ',
  '/24',
  'unknown',
  '_x',
  '64:ff9b::',
];

const PATH_WORDS = [
  '/',
  '//',
  '/.',
  '/..',
  '/osmtalk',
  '/api',
  '/widget',
  '/agents/',
  'agent_1',
  '/connect',
  '/chat',
  '/calls/',
  '/calls/outbound',
  '/features',
  '%2f',
  '%2e',
  '%2E',
  '%41',
  '%',
  '%ff',
  ';',
  '\\',
  '?',
  '#',
  '@evil.example',
  ' ',
  'ä',
  '\u0000',
  '/api/widget/features',
  '/api/widget/calls/call_1',
  '/api/widget/agents/agent_1/chat',
];

const SECRET = 'osm_secret/key"1';
const SECRET_WORDS = [
  'osm_secret',
  '/key"1',
  'osm_',
  'o',
  SECRET,
  SECRET.slice(0, -1),
  JSON.stringify(SECRET),
  encodeURIComponent(SECRET),
  '\\u006fsm_secret\\/key',
  '%6fsm_secret',
  '\\',
  ' ',
  'a',
];

const sealed = fc.record({
  id: fc.string({ unit: fc.constantFrom(...'ab.c:/-_1%Z~'.split('')), minLength: 1, maxLength: 40 }),
  kind: fc.constantFrom('call' as const, 'chat' as const),
  isNamed: fc.boolean(),
  agentId: fc.constantFrom('agent_1', 'agent_2', '__proto__'),
  at: fc.nat(1_000),
  char: fc.constantFrom(...'aAzZ09-_.'.split('')),
});

const FORBIDDEN = new Set([
  'agent',
  'prompt',
  'organization',
  'sessionId',
  'id',
  'callId',
  '__proto__',
  'constructor',
]);

/** At any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...namesIn(inner),
  ]);
}

export const relayChecks: Check[] = [
  check(
    'what a page asks goes on as the site allows it, or is refused',
    jsonOf(ASK_NAMES, ASK_TEXTS),
    async (body) => {
      const request = (): Request =>
        new Request('https://relay.example/', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        });
      let json: JsonObject;
      try {
        json = await readJson(request(), { maxBodyBytes: 65_536, timeoutMs: 5_000 });
      } catch (error) {
        if (isRelayError(error)) return;
        throw error;
      }
      for (const name of ['__proto__', 'constructor', 'prototype'])
        expect(Object.hasOwn(json, name)).toBe(false);
      const asks = [
        orDocumented(() => readConnect(request(), 'agent_1', json, RULES), isRelayError),
        orDocumented(() => readChat(request(), 'agent_1', json, RULES), isRelayError),
        orDocumented(() => readCallback(request(), json, RULES), isRelayError),
      ];
      for (const ask of asks) {
        if (!ask) continue;
        expect(Object.keys(ask.dynamicVariables ?? {}).filter((name) => name !== 'name')).toEqual([]);
        expect([undefined, 1]).toContain(ask.agentVersion);
        if ('userId' in ask) expect(ask.userId).toBe('ada');
        if ('metadata' in ask)
          expect(Object.keys(ask.metadata ?? {}).filter((name) => name !== 'tier')).toEqual([]);
        if ('assistantOverride' in ask) expect(ask.assistantOverride).toBeUndefined();
        if ('destination' in ask) expect(ask.destination).toMatch(/^\+[1-9]\d{6,14}$/);
      }
      const merged = mergeFields(json, { tier: 'silver' });
      expect(Object.keys(merged ?? {}).filter((name) => /^\W*tier\W*$/i.test(name))).toEqual(['tier']);
    },
  ),
  check(
    'of the answer of connect a page gets named fields',
    jsonOf(OFFER_NAMES, ['wss://a.example', 'token', 'You are an agent']),
    (written) => {
      const json: unknown = JSON.parse(written);
      const fields = orDocumented(() => readObject(json), isRelayError);
      orDocumented(() => readId(json), isRelayError);
      if (!fields) return;
      for (const offer of [readOffer(fields, ['own']), readOffer(fields, ['own'], 'https://api.example')]) {
        expect([undefined, 'object']).toContain(offer.call && typeof offer.call);
        const { own: _, ...named } = offer;
        expect(namesIn(named).filter((name) => FORBIDDEN.has(name))).toEqual([]);
      }
    },
  ),
  check('an origin that is let in is one of the list', textOf(ORIGIN_WORDS, 6), (text) => {
    const origins = new Origins(SITES);
    if (origins.allows(text))
      expect(text).toMatch(
        /^(?:https:\/\/site\.example|https:\/\/(?:[^/:@?#\\]+\.)+shop\.example|http:\/\/localhost:3000)$/,
      );
  }),
  check(
    'a request comes from an origin of the list, says none, or is foreign',
    fc.record({
      origin: fc.option(textOf(ORIGIN_WORDS, 4)),
      referer: fc.option(textOf(ORIGIN_WORDS, 4)),
      site: fc.option(fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none', '')),
      host: fc.constantFrom('site.example', 'evil.example', 'localhost:3000', 'relay'),
    }),
    ({ origin, referer, site, host }) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries({ origin, referer, 'sec-fetch-site': site }))
        if (value !== null) orDocumented(() => headers.set(name, value), isTypeError);
      const found = new Origins(SITES).find(new Request(`https://${host}/`, { headers }));
      if (typeof found === 'string' && found !== '') expect(new Origins(SITES).allows(found)).toBe(true);
      if (headers.has('origin')) expect(found === false || found === headers.get('origin')).toBe(true);
      if (host === 'evil.example' && !headers.has('referer')) expect(found === '').toBe(false);
    },
  ),
  check(
    'a list of origins is one, or a TypeError',
    fc.array(textOf(ORIGIN_WORDS, 5), { maxLength: 3 }),
    (entries) => {
      const origins = orDocumented(() => new Origins(entries), isTypeError);
      if (!entries.some((entry) => entry.includes('evil')))
        expect(origins?.allows('https://evil.example') ?? false).toBe(false);
    },
  ),
  check(
    'an IPv6 address is of the same networks, however it is written',
    spelledIpv6,
    ({ groups, address }) => {
      const networks = subnetsOf(address);
      expect(networks).toEqual(subnetsOf(groups.map((group) => group.toString(16)).join(':')));
      expect(networks).not.toBeNull();
      if (networks?.own.includes('.') === false)
        expect(networks.own).toBe(
          `${groups
            .slice(0, 4)
            .map((group) => group.toString(16))
            .join(':')}::/64`,
        );
    },
  ),
  check(
    'any text in the place of an address is an address or nothing',
    fc.oneof(textOf(ADDRESS_WORDS, 8), longTextOf(ADDRESS_WORDS, 60_000)),
    (text) => {
      const networks = subnetsOf(text);
      if (networks)
        expect(networks.own).toMatch(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{1,4}){3}::\/64)$/);
    },
  ),
  check(
    'a route has one spelling',
    fc.tuple(textOf(PATH_WORDS, 7), fc.constantFrom(null, '', '/osmtalk')),
    ([path, basePath]) => {
      const url = `https://relay.example/${path}`;
      if (!URL.canParse(url)) return;
      const { pathname } = new URL(url);
      for (const { name, id } of routesAt(url, basePath)) {
        const part = encodeURIComponent(id);
        const end = {
          connect: `/api/widget/agents/${part}/connect`,
          chat: `/api/widget/agents/${part}/chat`,
          callback: '/api/widget/calls/outbound',
          record: `/api/widget/calls/${part}`,
          features: '/api/widget/features',
          report: '/api/widget/reports',
        }[name];
        expect(pathname.endsWith(end)).toBe(true);
        const base = pathname.slice(0, -end.length);
        if (basePath !== null) expect(base).toBe(basePath);
        expect(base).not.toMatch(/\/\/|%|\/$/);
      }
    },
  ),
  check(
    'a number that may be rung begins like an entry of the list',
    fc.tuple(
      fc.array(textOf(['+', '!', '49', '1', '900', '0', 'any', '', ' ', ','], 4), { maxLength: 3 }),
      textOf(['+', '49', '1', '900', '30', '123456', '876', '0'], 6),
    ),
    ([entries, number]) => {
      const destinations = orDocumented(() => new Destinations(entries), isTypeError);
      if (!destinations?.allows(number)) return;
      expect(entries.some((entry) => entry === 'any' || number.startsWith(entry))).toBe(true);
      expect(entries.some((entry) => entry.startsWith('!') && entry.slice(1) === number)).toBe(false);
    },
  ),
  check(
    'a signed id is good for what it was made for, and no text that looks like it is',
    sealed,
    async ({ id, kind, isNamed, agentId, at, char }) => {
      const ids = new SignedIds('secret', 'osmtalk');
      const visitor = ids.newVisitor();
      const written = await ids.seal(kind, { id, visitor, isNamed }, agentId);
      expect(await ids.open(kind, written, ['agent_3', agentId])).toEqual({ id, visitor, isNamed });
      expect(await ids.open(kind === 'call' ? 'chat' : 'call', written, [agentId])).toBeNull();
      expect(await ids.open(kind, written, ['agent_3'])).toBeNull();
      expect(await new SignedIds('secret', 'dialnexa').open(kind, written, [agentId])).toBeNull();
      expect(await new SignedIds('another', 'osmtalk').open(kind, written, [agentId])).toBeNull();
      const place = at % written.length;
      const changed = written.slice(0, place) + char + written.slice(place + 1);
      if (changed !== written) expect(await ids.open(kind, changed, [agentId])).toBeNull();
      for (const other of [
        written + char,
        char + written,
        written.slice(0, place),
        written.slice(0, place) + written.slice(place + 1),
      ])
        if (other !== written) expect(await ids.open(kind, other, [agentId])).toBeNull();
    },
  ),
  check(
    'any text in the place of a signed id is none',
    fc.oneof(
      textOf(['a', '.', 'lz3k', 'A'.repeat(16), 'B'.repeat(22), '-', '_', '\n', '%']),
      longTextOf(['a', '.', 'A'.repeat(16)], 60_000),
    ),
    async (text) => {
      expect(await new SignedIds('secret').open('call', text, ['agent_1'])).toBeNull();
    },
  ),
  check(
    'a secret does not reach a page, in whatever pieces it comes; what holds none goes on whole',
    inPieces(textOf(SECRET_WORDS)),
    ({ whole, pieces }) => {
      const filter = new SecretFilter([SECRET]);
      const stream = filter.pieces();
      let sent = '';
      const isWhole = orDocumented(() => {
        for (const piece of pieces) sent += stream.push(piece);
        sent += stream.end();
        return true;
      }, isRelayError);
      expect(sent).not.toContain(SECRET);
      if (isWhole) expect(sent).toBe(whole);
      if (whole.includes(SECRET)) expect(isWhole).toBeUndefined();
      for (const value of [whole, [whole], { [whole]: 1 }, { a: { b: [whole] } }]) {
        const isClean = orDocumented(() => (filter.check(value), true), isRelayError);
        if (whole.includes(SECRET)) expect(isClean).toBeUndefined();
      }
    },
  ),
  check(
    'an answer of any depth is looked through, or refused',
    jsonOf(['a', 'b'], [SECRET, 'x']),
    (written) => {
      const json: unknown = JSON.parse(written);
      const isClean = orDocumented(() => (new SecretFilter([SECRET]).check(json), true), isRelayError);
      // Of two fields of one name the later counts.
      if (isClean) expect(JSON.stringify(json)).not.toContain(JSON.stringify(SECRET));
    },
  ),
  check(
    'a webhook counts with its own signature alone',
    fc.tuple(
      fc.uint8Array({ maxLength: 40 }),
      textOf(['sha256=', 'sha1=', 'a', 'F'.repeat(64), ' ', ',', '0'], 4),
      fc.nat(63),
    ),
    async ([body, header, at]) => {
      expect(await verifyWebhookSignature(body, header, 'secret')).toBe(false);
      const good = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;
      expect(await verifyWebhookSignature(body, good, 'secret')).toBe(true);
      expect(
        await verifyWebhookSignature(
          body,
          good.slice(0, 7 + at) + (good[7 + at] === '0' ? '1' : '0') + good.slice(8 + at),
          'secret',
        ),
      ).toBe(false);
      expect(await verifyWebhookSignature(new Uint8Array([...body, at]), good, 'secret')).toBe(false);
    },
  ),
];
