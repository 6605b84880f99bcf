import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import type { ToolStatus } from '../../voice/transport.js';
import { cutText } from '../../ui/cut-text.js';

export interface ToolsModel {
  /** Tools that the agent uses now, or that failed in this call. */
  tools: readonly ToolStatus[];
  words: Messages;
}

const WORDS = {
  running: 'toolRunning',
  done: 'toolDone',
  failed: 'toolFailed',
} satisfies Record<ToolStatus['status'], keyof Messages>;

/** Renders what the agent is doing for the visitor besides talking. */
export function toolsView({ tools, words }: ToolsModel): TemplateResult | typeof nothing {
  if (tools.length === 0) return nothing;
  return html`<ul class="tools">
    ${repeat(
      tools,
      (tool) => tool.name,
      (tool) =>
        html`<li class="tool" data-status=${tool.status}>
          <bdi
            >${fill(words[WORDS[tool.status]], { name: cutText(tool.name).replaceAll('_', ' ') || words.agent })}</bdi
          >
        </li>`,
    )}
  </ul>`;
}
