import type { GlobalComponents } from 'vue';
import type {} from 'osmtalk-widget/vue';

type Props = InstanceType<GlobalComponents['osmtalk-widget']>['$props'];

export const props: Props = {
  'agent-id': 'agent_1',
  dynamicVariables: { 'first name': 'Ada' },
  class: 'corner',
  onOsmtalkOpen: () => undefined,
  onOsmtalkCallEnd: ({ detail }) => detail.failure?.title,
};

export const mistakes: Props[] = [
  // @ts-expect-error no theme of that name
  { theme: 'pink' },
  // @ts-expect-error not an object
  { dynamicVariables: 'Ada' },
  // @ts-expect-error no such detail
  { onOsmtalkCallEnd: ({ detail }) => detail.seconds },
  // @ts-expect-error no such attribute
  { wrong: true },
];
