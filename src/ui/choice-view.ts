import { html, type TemplateResult } from 'lit/html.js';
import type { Choice } from '../wire/choices.js';

/** Styles of a choice that is a link; one that is a button looks as a starter does. */
export const choiceStyles = `
a.starter { display: inline-flex; align-items: center; color: inherit; text-decoration: none; }
`;

/** Renders one answer to tap: a button, or a link that leads out of the page. `onTake` is called for either. */
export function choiceView({ label, href }: Choice, onTake: (event: Event) => void): TemplateResult {
  return href === null
    ? html`<button type="button" class="starter" @click=${onTake}><bdi>${label}</bdi></button>`
    : html`<a class="starter" href=${href} target="_blank" rel="noopener noreferrer" @click=${onTake}
        ><bdi>${label}</bdi></a
      >`;
}
