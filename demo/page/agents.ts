import { readAddress, writeAddress } from './address.js';

interface Agent {
  id: string;
  description: string;
}

/** One radio button for every scenario that the backend offers. */
export async function renderAgents(element: HTMLElement): Promise<void> {
  const place = document.querySelector('#agents');
  const headers = { 'x-api-key': element.getAttribute('api-key') ?? '' };
  const { data } = (await (await fetch('/api/widget/agents', { headers })).json()) as { data: Agent[] };
  const wanted = readAddress('agent-id') ?? 'agent_receptionist';
  for (const agent of data) place?.append(option(agent, agent.id === wanted, element));
  element.setAttribute('agent-id', wanted);
}

function option(agent: Agent, checked: boolean, element: HTMLElement): HTMLElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: 'agent', value: agent.id, checked });
  input.addEventListener('change', () => {
    element.setAttribute('agent-id', agent.id);
    writeAddress('agent-id', agent.id);
  });
  const name = document.createElement('span');
  name.textContent = agent.id;
  const description = document.createElement('small');
  description.textContent = agent.description;
  const label = document.createElement('label');
  label.append(input, name, description);
  return label;
}
