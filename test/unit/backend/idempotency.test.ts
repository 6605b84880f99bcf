import { describe, expect, it } from 'vitest';
import { IdempotencyStore } from '../../../demo/backend/api/idempotency.js';
import { chatWith, connectTo, startTestBackend } from './start-test-backend.js';

const withKey = (key: string): { headers: Record<string, string> } => ({
  headers: { 'idempotency-key': key },
});

function manualAnswer(): {
  make: () => Promise<Response>;
  answer: (response: Response) => void;
  made: () => number;
} {
  let answer!: (response: Response) => void;
  let made = 0;
  const promise = new Promise<Response>((resolve) => (answer = resolve));
  return { make: () => ((made += 1), promise), answer, made: () => made };
}

describe('Idempotency-Key', () => {
  it('gives the same call for the same key and body', async () => {
    const backend = await startTestBackend();
    const first = await (await connectTo(backend, 'agent_receptionist', withKey('one'))).json();
    const again = await connectTo(backend, 'agent_receptionist', withKey('one'));
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
    expect(await again.json()).toEqual(first);
    expect((await (await connectTo(backend, 'agent_receptionist', withKey('two'))).json()).callId).not.toBe(
      first.callId,
    );
    expect(backend.calls.list()).toHaveLength(2);
  });

  it('refuses the same key with another body', async () => {
    const backend = await startTestBackend();
    await chatWith(backend, 'agent_receptionist', { message: 'one' }, withKey('k'));
    const conflict = await chatWith(backend, 'agent_receptionist', { message: 'two' }, withKey('k'));
    expect([conflict.status, (await conflict.json()).error]).toEqual([409, 'idempotency_conflict']);
  });

  it('repeats a streamed reply whole', async () => {
    const backend = await startTestBackend();
    const options = { headers: { 'idempotency-key': 'k', accept: 'text/event-stream' } };
    const first = await (await chatWith(backend, 'agent_receptionist', { message: 'hi' }, options)).text();
    const again = await chatWith(backend, 'agent_receptionist', { message: 'hi' }, options);
    expect(again.headers.get('content-type')).toContain('text/event-stream');
    expect(await again.text()).toBe(first);
    expect(first).toContain('"done":true');
  });

  it('keeps keys of different owners apart', async () => {
    const backend = await startTestBackend();
    const mine = await (await connectTo(backend, 'agent_receptionist', withKey('k'))).json();
    const other = await (
      await connectTo(backend, 'agent_receptionist', { ...withKey('k'), key: 'osm_voice_only' })
    ).json();
    expect(other.callId).not.toBe(mine.callId);
  });
});

describe('IdempotencyStore', () => {
  it('makes one answer for two that ask at once', async () => {
    const store = new IdempotencyStore();
    const { make, answer, made } = manualAnswer();
    const first = store.run('k', 'body', make);
    const second = store.run('k', 'body', make);
    answer(Response.json({ n: 1 }));
    expect(await (await first).json()).toEqual({ n: 1 });
    expect(await (await second).json()).toEqual({ n: 1 });
    expect(made()).toBe(1);
  });

  it('tries again after a failure, also for one that waited', async () => {
    const store = new IdempotencyStore();
    const busy = manualAnswer();
    const first = store.run('k', 'body', busy.make);
    const second = store.run('k', 'body', async () => Response.json({ n: 2 }));
    busy.answer(new Response(null, { status: 429 }));
    expect((await first).status).toBe(429);
    expect(await (await second).json()).toEqual({ n: 2 });
  });

  it('forgets an answer that threw', async () => {
    const store = new IdempotencyStore();
    const failing = async (): Promise<Response> => {
      throw new Error('broken');
    };
    await expect(store.run('k', 'body', failing)).rejects.toThrow('broken');
    expect((await store.run('k', 'body', async () => Response.json({}))).status).toBe(200);
  });
});
