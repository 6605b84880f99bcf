import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/wire/api-error.js';
import { clientOf, fakeApi, json, networkError, status } from '../api/fake-api.js';

describe('what a relay says of its features', () => {
  it.each([
    [{ features: ['voice', 'chat', 'callback'] }, false],
    [{ features: ['callback'], phoneNumberIdOptional: true }, true],
    [{ features: ['chat', 'fax'], more: 1 }, false],
    [{ features: [], phoneNumberIdOptional: 'yes' }, false],
  ])('%j', async (answer, phoneNumberIdOptional) => {
    const { features } = answer;
    await expect(clientOf(fakeApi(json(answer))).getFeatures()).resolves.toEqual({
      features,
      phoneNumberIdOptional,
    });
  });

  it.each([
    null,
    [],
    ['chat'],
    'chat',
    {},
    { features: 'chat' },
    { features: { chat: true } },
    { features: ['chat', 7] },
    { features: [['chat']] },
    { data: { features: ['chat'] } },
    JSON.parse('{"__proto__": {"features": ["chat"]}}') as object,
  ])('is not %j', async (answer) => {
    await expect(clientOf(fakeApi(json(answer))).getFeatures()).rejects.toMatchObject({
      code: 'invalid-response',
    });
  });

  it.each([
    ['a server error', status(503)],
    ['a network error', networkError],
    ['another server', status(404)],
  ])('is asked for once: %s', async (_name, answer) => {
    const api = fakeApi(answer);
    await expect(clientOf(api, { baseUrl: 'https://site.example/osmtalk' }).getFeatures()).rejects.toThrow(
      ApiError,
    );
    expect(api.requests).toMatchObject([
      { method: 'GET', url: 'https://site.example/osmtalk/api/widget/features' },
    ]);
    // No header that another origin would be asked about first.
    expect(Object.keys(api.requests[0]?.headers ?? {})).toEqual(['accept']);
  });
});
