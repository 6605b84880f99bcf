import { dirname, relative } from 'node:path/posix';
import { beforeAll, describe, expect, it } from 'vitest';
import { runLint } from './run-lint.js';

type Kind = 'code' | 'types' | 'later';
/** A part of `src/`, how it imports, and what: a path below `src/` or a package. */
type Import = [part: string, kind: Kind, target: string];

const REFUSED: Import[] = [
  ['index', 'code', 'embed/script.js'],
  ['client', 'code', 'voice/microphone.js'],
  ['client', 'types', 'element/events.js'],
  ['embed', 'code', 'element/panel/panel.js'],
  ['embed', 'types', 'call/call-state.js'],
  ['element', 'code', 'call/call-state.js'],
  ['element', 'code', 'failures/failure-reasons.js'],
  ['element', 'code', 'i18n/messages.en.js'],
  ['element', 'types', 'wire/call-offer.js'],
  ['element', 'types', 'chat/thread.js'],
  ['element', 'types', 'voice/microphone.js'],
  ['element', 'code', 'element/panel/create-panel.js'],
  ['element', 'later', 'element/panel/panel.js'],
  ['element', 'code', 'lit'],
  ['element/panel', 'code', 'element/osmtalk-widget.js'],
  ['element/panel', 'code', 'element/panel/failure-guidance.js'],
  ['element/panel', 'code', 'api/request.js'],
  ['element/panel', 'code', 'voice/agent-messages.js'],
  ['element/panel', 'later', 'voice/livekit-transport.js'],
  ['element/panel', 'types', 'embed/script.js'],
  ['element/panel', 'types', 'livekit-client'],
  ['call', 'types', 'chat/thread.js'],
  ['call', 'types', 'element/events.js'],
  ['call', 'types', 'i18n/messages.en.js'],
  ['call', 'code', 'voice/livekit-transport.js'],
  ['call', 'code', 'lit'],
  ['chat', 'types', 'call/call-state.js'],
  ['chat', 'code', 'voice/microphone.js'],
  ['chat', 'code', 'i18n/messages.en.js'],
  ['failures', 'code', 'api/widget-client.js'],
  ['failures', 'code', 'voice/microphone.js'],
  ['failures', 'types', 'call/call-state.js'],
  ['voice', 'code', 'wire/call-offer.js'],
  ['voice', 'types', 'api/widget-client.js'],
  ['voice', 'types', 'failures/failure.js'],
  ['voice', 'code', 'voice/livekit-transport.js'],
  ['voice', 'types', 'livekit-client'],
  ['voice/livekit-transport', 'types', 'call/call-state.js'],
  ['api', 'types', 'failures/failure.js'],
  ['api', 'later', 'voice/load-transport.js'],
  ['api', 'code', 'node:fs'],
  ['i18n', 'types', 'failures/failure-reasons.js'],
  ['relay', 'types', 'api/request.js'],
  ['wire', 'types', 'api/request.js'],
  ['element/panel', 'code', 'wire/chat-reply.js'],
  ['relay', 'code', 'zod'],
  ['call', 'code', '../demo/backend/timings.js'],
  ['chat', 'types', '../test/support/chromium.js'],
  ['a-new-folder', 'code', 'wire/api-error.js'],
];

const ALLOWED: Import[] = [
  ['index', 'code', 'element/define.js'],
  ['client', 'code', 'api/widget-client.js'],
  ['embed', 'code', 'element/define.js'],
  ['element', 'code', 'element/attributes.js'],
  ['element', 'types', 'call/call-state.js'],
  ['element', 'types', 'voice/transport.js'],
  ['element', 'later', 'element/panel/create-panel.js'],
  ['element/panel', 'code', 'call/call-state.js'],
  ['element/panel/call-control', 'code', 'call/call-session.js'],
  ['element/panel', 'code', 'element/panel/views/icons.js'],
  ['element/panel', 'code', 'lit/directives/repeat.js'],
  ['element/panel', 'types', 'element/events.js'],
  ['element/panel', 'later', 'element/panel/failure-guidance.js'],
  ['call', 'code', 'voice/microphone.js'],
  ['call', 'code', 'failures/diagnose-call.js'],
  ['chat', 'code', 'api/random-id.js'],
  ['api', 'code', 'wire/call-record.js'],
  ['relay', 'code', 'wire/chat-reply.js'],
  ['failures', 'code', 'voice/voice-error.js'],
  ['voice', 'types', 'wire/call-offer.js'],
  ['voice', 'later', 'voice/livekit-transport.js'],
  ['voice/livekit-transport', 'code', 'voice/voice-error.js'],
  ['voice/livekit-transport', 'code', 'livekit-client'],
];

let broken: Map<string, string[]>;

beforeAll(async () => {
  broken = await runLint(
    Object.fromEntries([...REFUSED, ...ALLOWED].map((each) => [fileOf(each), codeOf(each)])),
  );
});

describe('import rules', () => {
  it.each(REFUSED)('%s may not import %s of %s', (...each) => {
    expect(broken.get(fileOf(each))).toContain('house(import-rules)');
  });

  it.each(ALLOWED)('%s may import %s of %s', (...each) => {
    expect(broken.get(fileOf(each))).not.toContain('house(import-rules)');
  });
});

function fileOf([part, kind, target]: Import): string {
  return `src/${part}/${kind}-${target.replace(/\W+/g, '-')}.ts`;
}

function codeOf(each: Import): string {
  const [, kind, target] = each;
  const isPackage = /^(lit|livekit-client|zod|node:\w+)($|\/)/.test(target);
  const from = isPackage ? target : relative(dirname(fileOf(each)), `src/${target}`).replace(/^\w/, './$&');
  if (kind === 'later') return `export const load = () => import('${from}');`;
  return kind === 'types' ? `export type * from '${from}';` : `export * from '${from}';`;
}
