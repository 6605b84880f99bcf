import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClientTools, type PageTool } from '../../../../src/call/client-tools.js';
import { BuiltInTools } from '../../../../src/panel/call/built-in-tools.js';
import { VisitorPrompts } from '../../../../src/panel/call/visitor-prompts.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function toolsOf(wanted: string | undefined, own: Record<string, PageTool> = {}, isLive = true) {
  const told = { said: [] as string[], noted: [] as string[], chosen: [] as string[], asked: 0 };
  const prompts = new VisitorPrompts({
    onChange: () => undefined,
    onAsked: () => (told.asked += 1),
    isLive: () => isLive,
    say: (text) => told.said.push(text),
    note: (text) => told.noted.push(text),
    said: () => [],
    onChoice: (label) => told.chosen.push(label),
  });
  const tools = new BuiltInTools({ tools: new Map(Object.entries(own)), wanted: () => wanted, prompts });
  const client = new ClientTools(tools, { onStatus: () => undefined, confirm: async () => false });
  return {
    tools,
    prompts,
    told,
    run: (name: string, args: unknown, waitsMs?: number) => client.run(name, args, waitsMs),
  };
}

const BOTH = 'offer_choices ask_visitor';

describe('built-in-tools', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['ask_visitor', ['ask_visitor']],
    [' offer_choices,  ask_visitor ', ['offer_choices', 'ask_visitor']],
    ['ask_visitor ask_visitor', ['ask_visitor']],
  ])('%j switches on %j', (wanted, names) => {
    expect([...toolsOf(wanted).tools.keys()]).toEqual(names);
  });

  it('a name that there is not is warned about once, and the others count', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { tools } = toolsOf('ask_visitor constructor');
    for (let times = 0; times < 3; times += 1) expect([...tools.keys()]).toEqual(['ask_visitor']);
    expect(tools.get('constructor')).toBeUndefined();
    expect(warn.mock.calls).toEqual([
      ['<osmtalk-widget> built-in-tools: there is no "constructor", only offer_choices and ask_visitor.'],
    ]);
  });

  it('what is not switched on is no tool', async () => {
    await expect(toolsOf('ask_visitor').run('offer_choices', { choices: ['a'] })).rejects.toThrow(
      'The page has no tool "offer_choices"',
    );
  });

  it('a tool of the site wins over one of the same name', async () => {
    const { run, tools } = toolsOf(BOTH, { ask_visitor: { handler: () => 'mine' } });
    await expect(run('ask_visitor', {})).resolves.toBe('"mine"');
    expect(tools.isShownItself('ask_visitor')).toBe(false);
    expect(tools.isShownItself('offer_choices')).toBe(true);
    expect([...tools.keys()]).toEqual(['ask_visitor', 'offer_choices']);
  });
});

describe('offer_choices', () => {
  it('answers at once, so that the agent goes on talking', async () => {
    const { run, told } = toolsOf(BOTH);
    await expect(
      run('offer_choices', { choices: ['Yes', { label: 'No', text: 'No, thank you' }] }),
    ).resolves.toContain('"shown":2');
    expect(told.asked).toBe(1);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'Yes or no?'],
    ['no choices', {}],
    ['an empty list of them', { choices: [] }],
    ['five of them', { choices: ['1', '2', '3', '4', '5'] }],
    ['a number', { choices: [5] }],
    ['null in it', { choices: [null] }],
    ['an empty label', { choices: [{ label: '  ' }] }],
    ['a label that is an object', { choices: [{ label: { toString: () => 'x' } }] }],
    ['a label without end', { choices: [{ label: 'x'.repeat(1_000_000) }] }],
    ['a script as link', { choices: [{ label: 'Go', href: 'javascript:alert(1)' }] }],
    ['a link that is not secure', { choices: [{ label: 'Go', href: 'http://shop.example' }] }],
    ['a relative link', { choices: [{ label: 'Go', href: '/pricing' }] }],
    ['a link that is no text', { choices: [{ label: 'Go', href: 5 }] }],
    ['a question that is none', { question: 5, choices: ['a'] }],
    ['a question without end', { question: 'x'.repeat(10_000), choices: ['a'] }],
  ])('%s is an error for the agent, and shows nothing', async (_what, args) => {
    const { run, told } = toolsOf(BOTH);
    await expect(run('offer_choices', args)).rejects.toThrow(/\w/);
    expect(told.asked).toBe(0);
  });

  it('shows nothing after the call', async () => {
    const { run, told } = toolsOf(BOTH, {}, false);
    await expect(run('offer_choices', { choices: ['a'] })).rejects.toThrow('the call is over');
    await expect(run('ask_visitor', { label: 'Name' })).rejects.toThrow('the call is over');
    expect(told.asked).toBe(0);
  });
});

describe('ask_visitor', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no label', { kind: 'email' }],
    ['an unknown kind', { kind: 'password', label: 'Your password' }],
    ['a kind of every object', { kind: 'constructor', label: 'x' }],
    ['a kind that is no text', { kind: 5, label: 'x' }],
    ['a label without end', { kind: 'email', label: 'x'.repeat(1_000_000) }],
  ])('%s is an error for the agent, and shows nothing', async (_what, args) => {
    const { run, told } = toolsOf(BOTH);
    await expect(run('ask_visitor', args)).rejects.toThrow(/\w/);
    expect(told.asked).toBe(0);
  });

  it('nobody answers: the agent is told while it still waits', async () => {
    vi.useFakeTimers();
    const { run } = toolsOf(BOTH);
    const answer = expect(
      run('ask_visitor', { kind: 'email', label: 'Your e-mail' }, 10_000),
    ).rejects.toThrow(/^not answered yet/);
    await vi.advanceTimersByTimeAsync(7_000);
    await answer;
  });

  it('a field that is still awaited never gives way to another one', async () => {
    vi.useFakeTimers();
    const { run, prompts } = toolsOf(BOTH);
    const ask = (label: string, waitsMs: number): Promise<string> =>
      run('ask_visitor', { label }, waitsMs).catch((error: unknown) => String(error));
    const awaited = [ask('First', 60_000), ask('Second', 60_000)];
    const late = ask('Third', 100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toContain('not answered yet');
    awaited.push(ask('Fourth', 60_000));
    await vi.advanceTimersByTimeAsync(0);
    prompts.clear();
    expect(await Promise.all(awaited)).toEqual(Array(3).fill('Error: the call is over'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of fifty at once three wait, and the end of the call answers them', async () => {
    vi.useFakeTimers();
    const { run, prompts } = toolsOf(BOTH);
    const answers = Array.from({ length: 50 }, (_, index) =>
      run('ask_visitor', { label: `Field ${index}` }).catch((error: unknown) => String(error)),
    );
    await vi.advanceTimersByTimeAsync(0);
    prompts.clear();
    const told = await Promise.all(answers);
    expect(told.filter((each) => each === 'Error: the call is over')).toHaveLength(3);
    expect(told.filter((each) => each === 'Error: Too many fields wait already')).toHaveLength(47);
  });
});
