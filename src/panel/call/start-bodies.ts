import { definedOnly } from '../../api/session-plan.js';
import type { CallPlan } from '../../call/call-plan.js';
import type { AgentContext } from '../../context/agent-context.js';
import { variablesOf } from '../../context/agent-context.js';
import type { CallStartDetail } from '../../contract/events.js';

/** The fields of `osmtalk-call-start` that say what the agent is told: copies, which a listener may change. */
export function startDetailOf({
  dynamicVariables,
  assistantOverride,
}: AgentContext): Omit<CallStartDetail, 'agentId'> {
  return {
    dynamicVariables: { ...dynamicVariables },
    ...(assistantOverride && { assistantOverride: { ...assistantOverride } }),
  };
}

/** Whether the agent is told the conversation: not where the site has a variable of that name, or a listener has removed it. */
export function isConversationTold(
  context: AgentContext,
  { dynamicVariables }: Pick<CallStartDetail, 'dynamicVariables'>,
  ofSite: Record<string, unknown> = {},
): boolean {
  const { conversation } = context.dynamicVariables;
  return (
    conversation !== undefined &&
    !('conversation' in ofSite) &&
    dynamicVariables.conversation === conversation
  );
}

/**
 * Returns the bodies for connect. `plainBody` lacks what the widget itself adds and what the platform may refuse: the override,
 * the session, and the variables that neither the site nor a listener has set.
 */
export function bodiesOf(
  body: CallPlan['body'],
  { dynamicVariables, assistantOverride }: CallStartDetail,
  context: AgentContext,
  ofSite: Record<string, unknown> = {},
): Pick<CallPlan, 'body' | 'plainBody'> {
  const { dynamicVariables: _replaced, ...rest } = body;
  const isOwn = ([name, value]: [string, unknown]): boolean =>
    name in ofSite || context.dynamicVariables[name] !== value;
  const plain = Object.fromEntries(Object.entries(dynamicVariables).filter(isOwn));
  const { sessionId } = context;
  const isPlain =
    !assistantOverride &&
    sessionId === undefined &&
    Object.keys(plain).length === Object.keys(dynamicVariables).length;
  return {
    body: definedOnly({ ...rest, ...variablesOf(dynamicVariables), assistantOverride, sessionId }),
    plainBody: isPlain ? undefined : { ...rest, ...variablesOf(plain) },
  };
}
