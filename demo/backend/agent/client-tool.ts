import type { AgentSession } from './agent-session.js';

const defaultTool = 'get_page_title';

/**
 * Asks the page to run one of its tools and says how it went. Which tool and with which arguments a tester
 * may choose, by the dynamic variables `tool_name` and `tool_arguments`; with `tool_by_name` it is called as LiveKit's own
 * examples do, by a method of its name.
 */
export async function callClientTool(agent: AgentSession): Promise<void> {
  const {
    tool_name: chosenName,
    tool_arguments: chosenArguments,
    tool_by_name: byName,
  } = agent.call.dynamicVariables;
  const name = typeof chosenName === 'string' && chosenName !== '' ? chosenName : defaultTool;
  const { result, error } = await askPage(agent, name, chosenArguments ?? {}, Boolean(byName));
  if (error === null) await agent.say({ text: `Your page has answered: ${result}`, line: 'tool-done' });
  else await agent.say({ text: `Your page did not answer my question: ${error}`, line: 'tool-failed' });
}

/** Calls a tool of the page: the result as JSON text, or the page's error. Rejects when the call ends meanwhile. */
export async function askPage(
  agent: AgentSession,
  name: string,
  args: unknown,
  byName = false,
): Promise<{ result: string; error: string | null }> {
  const startedAt = performance.now();
  const report = (status: 'running' | 'done' | 'failed'): void => {
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    agent.channel.sendData('tool_status', { name, status, seconds });
  };
  agent.channel.setState('thinking');
  report('running');
  try {
    const [method, payload] = byName ? [name, args] : ['client_tool', { name, arguments: args }];
    const result = await agent.channel.callRpc(method, JSON.stringify(payload), agent.timings.toolTimeoutMs);
    report('done');
    return { result, error: null };
  } catch (error) {
    agent.signal.throwIfAborted();
    report('failed');
    return { result: '', error: error instanceof Error ? error.message : String(error) };
  }
}
