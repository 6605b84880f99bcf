/** @jsxImportSource solid-js */
import type {} from 'osmtalk-widget/solid';

export const widget = (
  <osmtalk-widget
    agent-id="agent_1"
    agent-version="3"
    prop:dynamicVariables={{ 'first name': 'Ada' }}
    lang="de"
    open
    on:osmtalk-open={() => undefined}
    on:osmtalk-call-end={({ detail }) => detail.failure?.title}
  >
    <b slot="header">Ask us</b>
  </osmtalk-widget>
);

export const mistakes = [
  // @ts-expect-error no theme of that name
  <osmtalk-widget theme="pink" />,
  // @ts-expect-error not an object
  <osmtalk-widget prop:dynamicVariables="Ada" />,
  // @ts-expect-error no such detail
  <osmtalk-widget on:osmtalk-call-end={({ detail }) => detail.seconds} />,
  // @ts-expect-error no such attribute
  <osmtalk-widget wrong />,
];
