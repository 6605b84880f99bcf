import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientTools, type ClientTool, type Confirm, type PageTool } from '../../../src/call/client-tools.js';
import type { ToolStatus } from '../../../src/voice/transport.js';
import { deferred } from '../../support/deferred.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Nobody agrees to anything. */
const confirm: Confirm = async () => false;

/** A page whose only tool is this one, and everything that is told of it. */
function pageWith(tool: ClientTool, limitMs?: number) {
  const told: ToolStatus[] = [];
  const tools = new ClientTools(new Map([['tool', { handler: tool }]]), {
    onStatus: (status) => told.push(status),
    confirm,
    limitMs,
  });
  return {
    told,
    statuses: () => told.map(({ status }) => status),
    run: (args?: unknown) => tools.run('tool', args),
  };
}

const circular: Record<string, unknown> = {};
circular.self = circular;

describe('a tool that answers', () => {
  it.each<[string, ClientTool, string]>([
    ['an object', () => ({ title: 'Home', price: 3 }), '{"title":"Home","price":3}'],
    ['a text', () => 'Grüße', '"Grüße"'],
    ['false', () => false, 'false'],
    ['0', () => 0, '0'],
    ['an empty list', () => [], '[]'],
    ['a date', () => new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['null', () => null, 'null'],
    ['nothing', () => undefined, 'null'],
    ['later', async () => ({ later: true }), '{"later":true}'],
    ['later, with nothing', async () => undefined, 'null'],
  ])('%s gives the agent JSON', async (_what, tool, json) => {
    const { run, statuses } = pageWith(tool);
    await expect(run()).resolves.toBe(json);
    expect(statuses()).toEqual(['running', 'done']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gets the agent’s arguments as they came', async () => {
    const tool = vi.fn(() => 'ok');
    const args = { city: 'Pune', nested: [1, null] };
    await pageWith(tool).run(args);
    expect(tool).toHaveBeenCalledExactlyOnceWith(args);
  });

  it('is shown as running before it runs, with its name and how long it took', async () => {
    const answer = deferred<string>();
    const { run, told, statuses } = pageWith(() => {
      expect(statuses()).toEqual(['running']);
      return answer.promise;
    });
    const result = run();
    await vi.advanceTimersByTimeAsync(2_340);
    answer.resolve('ok');
    await result;
    expect(told).toEqual([
      { name: 'tool', status: 'running', seconds: 0 },
      { name: 'tool', status: 'done', seconds: 2.3 },
    ]);
  });
});

describe('a tool that does not work', () => {
  it.each<[string, ClientTool, RegExp]>([
    [
      'throws',
      () => {
        throw new RangeError('No table left');
      },
      /^No table left$/,
    ],
    ['rejects', () => Promise.reject(new Error('Not signed in')), /^Not signed in$/],
    [
      'throws a text',
      () => {
        // oxlint-disable-next-line typescript/only-throw-error -- What a site may do.
        throw 'closed on Sundays';
      },
      /^closed on Sundays$/,
    ],
    ['rejects with nothing', () => Promise.reject(), /^undefined$/],
    ['returns a circle', () => circular, /circular/i],
    ['returns what JSON cannot say', () => 10n, /BigInt/],
    ['returns a function', () => () => 'result', /./],
    ['returns too much', () => 'x'.repeat(14_000), /^The result is too long$/],
    ['returns too much in a script of many bytes', () => '語'.repeat(6_000), /^The result is too long$/],
  ])('because it %s is an error for the agent', async (_what, tool, message) => {
    const { run, statuses } = pageWith(tool);
    const result = run();
    await expect(result).rejects.toBeInstanceOf(Error);
    await expect(result).rejects.toThrow(message);
    expect(statuses()).toEqual(['running', 'failed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('because it returns something that is no JSON is told so in plain words', async () => {
    await expect(pageWith(() => Symbol('result')).run()).rejects.not.toThrow(/undefined|properties/);
  });

  it('is still heard when its result is as long as it may be', async () => {
    const { run, statuses } = pageWith(() => 'x'.repeat(13_998));
    await expect(run()).resolves.toHaveLength(14_000);
    expect(statuses()).toEqual(['running', 'done']);
  });
});

describe('a tool that hangs', () => {
  it('is given up after eight seconds, and not before', async () => {
    const { run, told } = pageWith(() => new Promise(() => undefined));
    const result = run();
    const outcome = vi.fn();
    result.catch(outcome);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await expect(result).rejects.toThrow('The tool did not answer within 8 s');
    expect(told.at(-1)).toEqual({ name: 'tool', status: 'failed', seconds: 8 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be given less time', async () => {
    const { run } = pageWith(() => new Promise(() => undefined), 500);
    const result = expect(run()).rejects.toThrow('within 0.5 s');
    await vi.advanceTimersByTimeAsync(500);
    await result;
  });

  it.each<[string, (answer: ReturnType<typeof deferred<string>>) => void]>([
    ['answers', (answer) => answer.resolve('late')],
    ['fails', (answer) => answer.reject(new Error('late'))],
  ])('and %s after all is not heard any more', async (_what, settle) => {
    const answer = deferred<string>();
    const { run, statuses } = pageWith(() => answer.promise);
    const result = expect(run()).rejects.toThrow('did not answer');
    await vi.advanceTimersByTimeAsync(8_000);
    await result;
    settle(answer);
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses()).toEqual(['running', 'failed']);
  });
});

describe('a tool that the page does not have', () => {
  it.each(['unknown', 'constructor', '__proto__', ''])(
    'is an error for the agent alone: "%s"',
    async (name) => {
      const onStatus = vi.fn();
      await expect(new ClientTools(new Map(), { onStatus, confirm }).run(name, {})).rejects.toThrow(
        `The page has no tool "${name}"`,
      );
      expect(onStatus).not.toHaveBeenCalled();
    },
  );

  it('is not repeated at length', async () => {
    const tools = new ClientTools(new Map(), { onStatus: () => undefined, confirm });
    const error = await tools.run('x'.repeat(5_000), {}).catch(String);
    expect(String(error).length).toBeLessThan(150);
  });

  it('is there once the page registers it, in the middle of a call too', async () => {
    const registered = new Map<string, PageTool>();
    const tools = new ClientTools(registered, { onStatus: () => undefined, confirm });
    await expect(tools.run('late', {})).rejects.toThrow('no tool');
    registered.set('late', { handler: () => 1 });
    await expect(tools.run('late', {})).resolves.toBe('1');
    registered.set('late', { handler: () => 2 });
    await expect(tools.run('late', {})).resolves.toBe('2');
  });
});

describe('a tool that the visitor must agree to', () => {
  const question = (options: Partial<PageTool>, answer: Confirm, waitsMs?: number) => {
    const handler = vi.fn(() => 'done');
    const onStatus = vi.fn<(tool: ToolStatus) => void>();
    const registered = new Map<string, PageTool>([['pay_now', { handler, confirm: true, ...options }]]);
    const tools = new ClientTools(registered, { onStatus, confirm: answer });
    return { handler, onStatus, registered, result: tools.run('pay_now', { euros: 5 }, waitsMs) };
  };

  it.each<[string, Partial<PageTool>, string]>([
    ['its name', {}, 'pay now'],
    ['its description', { description: 'Pays your bill' }, 'Pays your bill'],
    [
      'the words that a function makes of the arguments',
      { confirm: (args) => `Pay ${(args as { euros: number }).euros} €?` },
      'Pay 5 €?',
    ],
  ])('is asked about by %s, and runs after a yes', async (_what, options, expected) => {
    const asked = vi.fn<Confirm>(async () => true);
    const { result, handler, onStatus } = question(options, asked);
    await expect(result).resolves.toBe('"done"');
    expect(asked).toHaveBeenCalledExactlyOnceWith(expected, 30_000);
    expect(handler).toHaveBeenCalledOnce();
    expect(onStatus.mock.calls.map(([{ status }]) => status)).toEqual(['running', 'done']);
  });

  it('does not run without one: the agent hears "declined"', async () => {
    const { result, handler, onStatus } = question({}, async () => false);
    await expect(result).rejects.toThrow(/^declined$/);
    expect(handler).not.toHaveBeenCalled();
    expect(onStatus).not.toHaveBeenCalled();
  });

  it.each([
    [60_000, 30_000],
    [10_000, 7_000],
    [4_000, 2_000],
  ])('an agent that waits for %d ms leaves the visitor %d ms', async (waitsMs, expected) => {
    const asked = vi.fn<Confirm>(async () => false);
    await question({}, asked, waitsMs).result.catch(() => undefined);
    expect(asked).toHaveBeenCalledExactlyOnceWith('pay now', expected);
  });

  it('does not run when the words for the question cannot be had', async () => {
    const { result, handler } = question(
      {
        confirm: () => {
          throw new Error('no words');
        },
      },
      async () => true,
    );
    await expect(result).rejects.toThrow('no words');
    expect(handler).not.toHaveBeenCalled();
  });

  it('that was replaced or taken back while the visitor thought: the yes was meant for the other one', async () => {
    const answer = deferred<boolean>();
    const { result, handler, registered } = question({}, () => answer.promise);
    const other = vi.fn();
    registered.set('pay_now', { handler: other });
    answer.resolve(true);
    await expect(result).rejects.toThrow('declined');
    expect(handler).not.toHaveBeenCalled();
    expect(other).not.toHaveBeenCalled();
  });
});
