import type { SvelteHTMLElements } from 'svelte/elements';
import type {} from 'osmtalk-widget/svelte';

type Props = SvelteHTMLElements['osmtalk-widget'];

export const props: Props = {
  'agent-id': 'agent_1',
  dynamicVariables: { 'first name': 'Ada' },
  class: 'corner',
  'onosmtalk-open': () => undefined,
  'onosmtalk-call-end': ({ detail }) => detail.failure?.title,
};

export const mistakes: Props[] = [
  // @ts-expect-error no theme of that name
  { theme: 'pink' },
  // @ts-expect-error not an object
  { dynamicVariables: 'Ada' },
  // @ts-expect-error no such detail
  { 'onosmtalk-call-end': ({ detail }) => detail.seconds },
  // @ts-expect-error no such attribute
  { wrong: true },
];
