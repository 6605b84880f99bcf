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
  const startedAt = performance.now();
  const report = (status: 'running' | 'done' | 'failed'): void => {
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    agent.channel.sendData('tool_status', { name, status, seconds });
  };

  agent.channel.setState('thinking');
  report('running');
  let result: string;
  try {
    const args = chosenArguments ?? {};
    const [method, payload] = byName ? [name, args] : ['client_tool', { name, arguments: args }];
    result = await agent.channel.callRpc(method, JSON.stringify(payload), agent.timings.toolTimeoutMs);
  } catch (error) {
    agent.signal.throwIfAborted();
    report('failed');
    const message = error instanceof Error ? error.message : String(error);
    await agent.say({ text: `Your page did not answer my question: ${message}`, line: 'tool-failed' });
    return;
  }
  report('done');
  await agent.say({ text: `Your page has answered: ${result}`, line: 'tool-done' });
}
