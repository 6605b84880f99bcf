import {
  call,
  engines,
  expect,
  finalTexts,
  GREETING,
  jobIn,
  lines,
  roomOf,
  say,
  server,
  STORY_WORDS,
  test,
  timeline,
} from './agent-fixture.js';
import { LivekitPerson } from '../support/livekit-person.js';

for (const engine of engines) {
  test.describe(engine.name, () => {
    test('greets, answers what is typed, uses a tool of the page, says goodbye, and the call ends within 2 s', async ({
      behind,
    }) => {
      const widget = await behind(engine);
      await call(widget);
      await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.005);
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING]);
      await say(widget, 'ping');
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING, 'You said: ping.']);
      await say(widget, 'Where am I?');
      await expect
        .poll(() => finalTexts(widget, 'agent'))
        .toEqual([GREETING, 'You said: ping.', 'You are in Pune.']);
      const states = (await widget.details('osmtalk-state-change')).map(({ agentState }) => agentState);
      expect(states).toEqual(expect.arrayContaining(['listening', 'speaking']));
      // No dead air is told of, and nobody's microphone is blamed.
      expect((await timeline(widget)).filter(({ event }) => event === 'hint')).toEqual([]);
      await say(widget, 'Goodbye');
      await expect.poll(() => finalTexts(widget, 'agent')).toContain('Goodbye, and thank you.');
      const saidAt = Date.now();
      await widget.reached('ended');
      const tookMs = Date.now() - saidAt;
      const [end] = await widget.details('osmtalk-call-end');
      expect(end).toMatchObject({ connected: true, failure: null });
      const entries = await timeline(widget);
      const leftMs = entries.find(({ event }) => event === 'agent-left')?.atMs;
      const endedMs = entries.find(({ event }) => event.startsWith('end'))?.atMs;
      if (leftMs !== undefined && endedMs !== undefined) expect(endedMs - leftMs).toBeLessThan(2_500);
      expect(tookMs, JSON.stringify(entries)).toBeLessThan(8_000);
      expect(await finalTexts(widget, 'agent')).toHaveLength(4);
    });

    test('is told who the visitor is, and the page is not told', async ({ behind }) => {
      test.skip(!engine.livekitAgent, 'of LiveKit Agents alone');
      const widget = await behind(engine);
      await call(widget);
      const room = await roomOf(widget);
      await expect.poll(() => jobIn(room)?.pid ?? 0).toBeGreaterThan(0);
      expect(JSON.parse(jobIn(room)?.metadata ?? '{}')).toMatchObject({
        agentId: 'agent_site',
        visitor: expect.stringMatching(/^[\w-]{16}$/),
      });
      const end = widget.button('End call');
      await end.click();
      await widget.reached('ended');
    });

    test('is told of the visitor by sendContext(): Pipecat takes it and says nothing to it, and LiveKit Agents say that they do not know it', async ({
      behind,
    }) => {
      const widget = await behind(engine);
      await call(widget);
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING]);
      const isTaken = await widget.element.evaluate((element) =>
        (element as HTMLElementTagNameMap['osmtalk-widget']).sendContext({ cart: ['paper'] }),
      );
      expect(isTaken).toBe(engine.livekitAgent === undefined);
      await say(widget, 'ping');
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING, 'You said: ping.']);
      await widget.button('End call').click();
      await widget.reached('ended');
    });

    test('is interrupted by what is typed: the line stays as it was said, and is final', async ({
      behind,
    }) => {
      const widget = await behind(engine);
      await call(widget);
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING]);
      await say(widget, 'Tell me a story');
      await expect
        .poll(async () => (await lines(widget, 'agent')).at(-1)?.text ?? '')
        .toMatch(/Chapter 2 of the/);
      await say(widget, 'ping');
      await expect.poll(() => finalTexts(widget, 'agent')).toContain('You said: ping.');
      const texts = await finalTexts(widget, 'agent');
      expect(texts.at(-1)).toBe('You said: ping.');
      const story = texts.filter((text) => text.includes('Chapter 1 of'));
      expect(story).toHaveLength(1);
      expect(story[0]?.split(' ').length).toBeLessThan(STORY_WORDS / 2);
      await expect.poll(async () => (await lines(widget, 'agent')).filter(({ final }) => !final)).toEqual([]);
    });

    if (engine.transport === 'webrtc') return;

    test('hands the call to a person and leaves: they are heard, named, written to, and it ends with them', async ({
      behind,
    }) => {
      if (!server) return;
      const widget = await behind(engine);
      await call(widget);
      await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING]);
      const room = await roomOf(widget);
      const grace = new LivekitPerson();
      try {
        await grace.join(room, 'Grace', server);
        await say(widget, 'Transfer me');
        await expect(widget.log).toContainText('You are talking to Grace');
        const { heard } = await widget.energy();
        const goneAt = performance.now();
        await expect.poll(() => performance.now() - goneAt).toBeGreaterThan(12_000);
        expect((await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
        expect(await widget.details('osmtalk-call-end')).toEqual([]);
        await say(widget, 'Hello Grace');
        await expect.poll(() => grace.texts).toContain('Hello Grace');
      } finally {
        await grace.leave();
      }
      await widget.reached('ended');
      expect(await widget.details('osmtalk-call-end')).toMatchObject([{ connected: true, failure: null }]);
    });
  });
}
