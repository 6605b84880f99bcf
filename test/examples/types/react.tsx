/** @jsxImportSource react */
import type {} from 'osmtalk-widget/react';

export const widget = (
  <osmtalk-widget
    agent-id="agent_1"
    agent-version="3"
    dynamicVariables={{ 'first name': 'Ada' }}
    lang="de"
    open
    starters={['What does it cost?']}
    onosmtalk-open={() => undefined}
    onosmtalk-call-end={({ detail }) => detail.failure?.title}
  >
    <b slot="header">Ask us</b>
  </osmtalk-widget>
);

export const mistakes = [
  // @ts-expect-error no theme of that name
  <osmtalk-widget theme="pink" />,
  // @ts-expect-error not an object
  <osmtalk-widget dynamicVariables="Ada" />,
  // @ts-expect-error only the element sets this
  <osmtalk-widget callState="idle" />,
  // @ts-expect-error no such detail
  <osmtalk-widget onosmtalk-call-end={({ detail }) => detail.seconds} />,
  // @ts-expect-error no such attribute
  <osmtalk-widget wrong />,
];
