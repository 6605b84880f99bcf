import { dirname, relative } from 'node:path/posix';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOMS } from '../../../.ci/floor-plan.mjs';
import { runLint } from './run-lint.js';

type Kind = 'code' | 'types' | 'later';
/** A part of `src/`, how it imports, and what: a path below `src/` or a package. */
type Import = [part: string, kind: Kind, target: string];

const REFUSED: Import[] = [
  ['index', 'code', 'embed/script.js'],
  ['client', 'code', 'voice/microphone.js'],
  ['client', 'types', 'contract/events.js'],
  ['embed', 'code', 'panel/panel.js'],
  ['embed', 'types', 'call/call-state.js'],
  ['element', 'code', 'call/call-state.js'],
  ['element', 'code', 'failures/failure-reasons.js'],
  ['element', 'code', 'i18n/messages.en.js'],
  ['element', 'types', 'wire/call-offer.js'],
  ['element', 'types', 'chat/thread.js'],
  ['element', 'code', 'panel/index.js'],
  ['element', 'later', 'panel/panel.js'],
  ['element', 'types', 'panel/call/call-controller.js'],
  ['element', 'code', 'lit'],
  ['panel', 'code', 'element/osmtalk-widget.js'],
  ['panel', 'types', 'element/launcher.js'],
  ['panel', 'code', 'panel/failure-card/index.js'],
  ['panel', 'later', 'panel/failure-card/failure-guidance.js'],
  ['panel', 'types', 'panel/call/call-controller.js'],
  ['panel', 'code', 'api/request.js'],
  ['panel', 'code', 'voice/agent-messages.js'],
  ['panel', 'code', 'wire/chat-reply.js'],
  ['panel', 'later', 'voice/livekit/livekit-transport.js'],
  ['panel', 'types', 'embed/script.js'],
  ['panel', 'types', 'livekit-client'],
  ['panel/call', 'code', 'panel/panel-focus.js'],
  ['panel/call', 'types', 'panel/panel-view.js'],
  ['panel/call', 'types', 'panel/callback/index.js'],
  ['panel/feedback', 'later', 'panel/call/index.js'],
  ['panel/callback', 'code', 'panel/callback/phone-number.js'],
  ['panel/callback', 'code', 'libphonenumber-js'],
  ['contract', 'code', 'failures/failure-reasons.js'],
  ['contract', 'types', 'panel/panel.js'],
  ['ui', 'types', 'contract/widget-config.js'],
  ['ui', 'code', 'call/call-state.js'],
  ['call', 'types', 'chat/thread.js'],
  ['call', 'types', 'contract/events.js'],
  ['call', 'types', 'i18n/messages.en.js'],
  ['call', 'code', 'voice/livekit/livekit-transport.js'],
  ['call', 'code', 'lit'],
  ['chat', 'types', 'call/call-state.js'],
  ['chat', 'code', 'voice/microphone.js'],
  ['chat', 'code', 'i18n/messages.en.js'],
  ['failures', 'code', 'api/widget-client.js'],
  ['failures', 'code', 'voice/microphone.js'],
  ['failures', 'types', 'call/call-state.js'],
  ['visitor', 'types', 'contract/widget-config.js'],
  ['voice', 'types', 'api/widget-client.js'],
  ['voice', 'types', 'failures/failure.js'],
  ['voice', 'code', 'voice/livekit/livekit-transport.js'],
  ['voice', 'types', 'livekit-client'],
  ['voice/livekit', 'types', 'call/call-state.js'],
  ['voice/livekit', 'types', 'voice/webrtc/webrtc-link.js'],
  ['api', 'types', 'failures/failure.js'],
  ['api', 'later', 'voice/load-transport.js'],
  ['api', 'code', 'node:fs'],
  ['i18n', 'types', 'failures/failure-reasons.js'],
  ['i18n', 'code', 'i18n/en-later/call-words.js'],
  ['relay', 'types', 'api/request.js'],
  ['wire', 'types', 'api/request.js'],
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
  ['element', 'later', 'panel/index.js'],
  ['panel', 'code', 'call/call-state.js'],
  ['panel', 'code', 'ui/icons.js'],
  ['panel', 'code', 'lit/directives/repeat.js'],
  ['panel', 'types', 'contract/events.js'],
  ['panel', 'later', 'panel/failure-card/index.js'],
  ['panel', 'types', 'panel/failure-card/index.js'],
  ['panel/call', 'code', 'call/call-session.js'],
  ['panel/callback', 'later', 'panel/callback/phone-number.js'],
  ['call', 'code', 'voice/microphone.js'],
  ['call', 'code', 'failures/diagnose-call.js'],
  ['chat', 'code', 'wire/random-id.js'],
  ['api', 'code', 'wire/call-record.js'],
  ['relay', 'code', 'wire/chat-reply.js'],
  ['failures', 'code', 'voice/voice-error.js'],
  ['voice', 'types', 'wire/call-offer.js'],
  ['voice', 'later', 'voice/livekit/livekit-transport.js'],
  ['voice/livekit', 'code', 'voice/voice-error.js'],
  ['voice/livekit', 'code', 'livekit-client'],
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

describe('the floor plan', () => {
  const rooms = Object.entries(ROOMS);
  const isWithin = (name: string, room: string): boolean => `${name}/`.startsWith(`${room}/`);
  /** Where the room of a file stands from the top. */
  const floorOf = (name: string): number =>
    Math.max(...rooms.map(([room], floor) => (isWithin(name, room) ? floor : -1)));

  it.each(rooms)('%s names only rooms below it, and the one that it is a part of', (room, row) => {
    const { code = [], types = [], later = [] } = row;
    const named = [...code, ...types, ...later];
    const up = named.filter((name) => floorOf(name) < floorOf(room));
    expect(up.filter((name) => !isWithin(room, rooms[floorOf(name)]?.[0] ?? ''))).toEqual([]);
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
