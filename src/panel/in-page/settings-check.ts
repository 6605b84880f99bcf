import type { KeptHost } from './kept-host.js';

/** Returns a function that names, each once in the console, settings with which the widget cannot do what they ask for. */
export function settingsCheck(): (host: KeptHost) => void {
  const named = new Set<string>();
  const warn = (problem: string): void => {
    if (!named.has(problem)) console.warn(`<osmtalk-widget> ${problem}`);
    named.add(problem);
  };
  return ({ agentId, starters }) => {
    if (!agentId) warn('needs an agent-id attribute.');
    const wrong = Array.isArray(starters) ? starters.filter((starter: unknown) => !isStarter(starter)) : [];
    if (wrong.length > 0) warn('leaves out starters that are neither a text nor {label, text}.');
  };
}

function isStarter(starter: unknown): boolean {
  const { label = starter, text = label } = Object(starter) as Record<string, unknown>;
  return typeof label === 'string' && typeof text === 'string';
}
