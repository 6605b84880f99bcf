import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import type { ToolStatus } from '../../voice/transport.js';
import { cutText } from '../../ui/cut-text.js';

const WORDS = {
  running: 'toolRunning',
  done: 'toolDone',
  failed: 'toolFailed',
} satisfies Record<ToolStatus['status'], keyof CallWords>;

/** Renders what the agent is doing for the visitor besides talking: the tools that it uses now, or that failed in this call. */
export function toolsView(
  tools: readonly ToolStatus[],
  words: Messages & CallWords,
): TemplateResult | typeof nothing {
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
