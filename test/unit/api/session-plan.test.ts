import { describe, expect, it } from 'vitest';
import { WidgetClient } from '../../../src/api/widget-client.js';
import { SessionPlanner } from '../../../src/api/session-plan.js';
import type { WidgetConfig } from '../../../src/contract/widget-config.js';
import { fakeApi, json } from './fake-api.js';

const config: WidgetConfig = {
  agentId: 'agent_1',
  apiKey: 'osm_1',
  baseUrl: 'https://api.example',
  mode: 'both',
  layout: 'floating',
  placement: 'bottom-right',
  theme: 'auto',
  audience: 'visitor',
  persist: 'session',
  keepCall: 'announced',
  disclosure: 'line',
  callBar: 'on',
  visual: 'aura',
  pageContext: 'off',
  carryOver: 'session',
  launcher: 'button',
  teaserRepeat: 'session',
  dataLayer: false,
  callback: false,
};

describe('the body of a request', () => {
  it('holds nothing that the site has not set', () => {
    expect(new SessionPlanner().plan(config).body).toEqual({});
    expect(Object.keys(new SessionPlanner().plan({ ...config, userId: undefined }).body)).toEqual([]);
  });

  it('holds everything that it has', () => {
    const body = {
      dynamicVariables: { 'first name': 'Ada' },
      agentVersion: 0,
      userId: '',
      metadata: { page: '/' },
    };
    expect(new SessionPlanner().plan({ ...config, ...body }).body).toEqual(body);
  });
});

describe('the client', () => {
  it('is kept while nothing changes, since it remembers what the API lets through', () => {
    const planner = new SessionPlanner();
    const { client } = planner.plan(config);
    expect(planner.plan({ ...config, userId: 'user_1', agentId: 'agent_2' }).client).toBe(client);
  });

  it.each<Partial<WidgetConfig>>([
    { apiKey: 'osm_2' },
    { apiKey: undefined },
    { baseUrl: 'https://relay.example' },
    { organizationId: 'org_1' },
    { fetch: fakeApi().fetch },
  ])('is another when the settings of its requests change: %j', (change) => {
    const planner = new SessionPlanner();
    const { client } = planner.plan(config);
    expect(planner.plan({ ...config, ...change }).client).not.toBe(client);
  });

  it('sends with the settings of the site', async () => {
    const { fetch, requests } = fakeApi(json([]));
    const { sender } = new SessionPlanner().plan({ ...config, organizationId: 'org_1', fetch });
    await new WidgetClient({}, sender).listAgents();
    expect(requests[0]).toMatchObject({
      url: 'https://api.example/api/widget/agents',
      headers: { 'x-api-key': 'osm_1', 'x-organization-id': 'org_1' },
    });
  });
});

it('names nobody when the site has named no agent', () => {
  expect(new SessionPlanner().plan({ ...config, agentId: undefined }).agentId).toBe('');
});
