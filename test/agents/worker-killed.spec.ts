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
  test,
  timeline,
} from './agent-fixture.js';

for (const engine of engines.filter(({ transport }) => transport !== 'webrtc')) {
  test.describe(engine.name, () => {
    // All bots of Pipecat's runner are one process, which dies but once.
    const moments = engine.startUrl ? (['speaking'] as const) : (['listening', 'speaking'] as const);
    for (const moment of moments) {
      test(`dies (SIGKILL) while it is ${moment}: told within 20 s, and nobody's microphone is blamed`, async ({
        behind,
      }) => {
        const widget = await behind(engine);
        await call(widget);
        await expect.poll(() => finalTexts(widget, 'agent')).toEqual([GREETING]);
        const room = await roomOf(widget);
        await expect.poll(() => jobIn(room)?.pid ?? 0).toBeGreaterThan(0);
        if (moment === 'speaking') {
          await say(widget, 'Tell me a story');
          await expect
            .poll(async () => (await lines(widget, 'agent')).at(-1)?.text ?? '')
            .toMatch(/Chapter 2/);
        }
        const hints = async (): Promise<number> =>
          (await timeline(widget)).filter(({ event }) => event === 'hint').length;
        // A visitor who says nothing to an agent that listens may be told so, while it lives.
        const hintsBefore = await hints();
        process.kill(jobIn(room)?.pid ?? 0, 'SIGKILL');
        const killedAt = Date.now();
        await widget.reached('failed');
        expect(Date.now() - killedAt).toBeLessThan(20_000);
        expect(await widget.details('osmtalk-failure')).toMatchObject([
          { reason: 'stale_sweep', likelyBlame: 'platform' },
        ]);
        expect(await hints()).toBe(hintsBefore);
      });
    }
  });
}
