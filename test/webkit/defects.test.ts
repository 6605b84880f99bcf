import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useStage, WINDOW } from '../engines/stage.js';

/** What was once found wrong in WebKit, and no test in Chromium could see, or none did. Most of it was wrong elsewhere, too. */
const stage = useStage({ timings: { chatPieceGapMs: 30 } });
const visitor = () => stage.visitor;
const driver = () => stage.driver;

const LANDSCAPE_PHONE = { width: 568, height: 320 };

beforeEach(async () => {
  await driver().resize(WINDOW);
});

afterEach(async () => {
  // What a page kept is not the next one's.
  await driver().run(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
});

/** Sends by code: a long text takes long to type. */
function sendMessage(text: string): Promise<void> {
  return driver().run((message) => void document.querySelector('osmtalk-widget')?.sendMessage(message), text);
}

describe('a streamed reply that is longer than the panel', () => {
  /** Every piece is a paragraph, and so more than the 32 pixels that count as the end. */
  const text = Array.from({ length: 30 }, (_, index) => `paragraph-${index}`).join('\n\n');

  const below = (): Promise<number> =>
    driver().runWithTools((tools) => {
      const box = tools.find('[part=transcript]')[0];
      return box ? Math.round(box.scrollHeight - box.scrollTop - box.clientHeight) : Number.NaN;
    });

  /** Every frame is late, as on a slow phone. */
  const slowDown = (): Promise<void> =>
    driver().run(() => {
      const work = (): void => {
        const end = performance.now() + 60;
        while (performance.now() < end);
        requestAnimationFrame(work);
      };
      requestAnimationFrame(work);
    });

  test.each(['one', 'two', 'three', 'four'])('is followed to its end (conversation %s)', async () => {
    await stage.visitAndOpen({ 'agent-id': 'agent_echo' });
    await slowDown();
    await sendMessage(text);
    await expect.poll(() => visitor().text('log'), { timeout: 40_000 }).toContain('paragraph-29');
    await expect.poll(() => stage.events('message')).toHaveLength(2);
    await expect.poll(below, { timeout: 3_000 }).toBeLessThan(4);
  });

  test('leaves a reader who has scrolled up where they are', async () => {
    await stage.visitAndOpen({ 'agent-id': 'agent_echo' });
    await sendMessage(text);
    const overflow = (): Promise<number> =>
      driver().runWithTools((tools) => {
        const box = tools.find('[part=transcript]')[0];
        return box ? box.scrollHeight - box.clientHeight : 0;
      });
    await expect.poll(overflow).toBeGreaterThan(200);
    const [box] = await visitor().all('[part=transcript]');
    if (!box) throw new Error('There is no conversation');
    await driver().wheelAt({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, -400);
    await expect.poll(() => stage.events('message')).toHaveLength(2);
    expect(await below()).toBeGreaterThan(200);
  });
});

test('the message box grows with what is written, to a limit, and is one line again when it is sent', async () => {
  await stage.visitAndOpen();
  const height = async (): Promise<number> => (await visitor().all('textarea'))[0]?.height ?? 0;
  const one = await height();
  await visitor().press('textbox', 'Message');
  const write = (lines: number): Promise<void> =>
    driver().runWithTools((tools, count) => {
      const box = tools.find('textarea')[0] as HTMLTextAreaElement;
      box.value = Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');
      box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }, lines);
  await write(3);
  await expect.poll(height).toBeGreaterThan(one * 1.6);
  const three = await height();
  await write(40);
  await expect.poll(height).toBeGreaterThan(three);
  expect(await height()).toBeLessThan(WINDOW.height / 2);
  await visitor().press('button', 'Send');
  await expect.poll(height).toBe(one);
});

describe('the launcher is in its corner', () => {
  const tall = '<p>A page</p><div style="height: 4000px"></div>';

  test.each<[what: string, css: string]>([
    ['a tall body with will-change', 'body { will-change: transform }'],
    ['a transformed body', 'body { transform: translate(-60px, -50px) scale(.8) }'],
    ['a filtered body', 'body { filter: contrast(.9) }'],
    ['a body with perspective', 'body { perspective: 10px }'],
    ['a contained body', 'body { contain: paint }'],
    ['a filter on the element', 'osmtalk-widget { filter: blur(9px) }'],
    ['a transform on the element', 'osmtalk-widget { transform: scale(.5) }'],
    ['a wrapper with a transform', '.wrapper { transform: rotate(3deg) }'],
  ])('on a page with %s', async (_what, css) => {
    await stage.visit(`<div class="wrapper">${tall}${stage.widget()}</div>`, {
      head: `<style>${css}</style>`,
    });
    const corner = async (): Promise<number[]> => {
      const [place] = await visitor().all('button', 'Talk to us');
      return place
        ? [Math.round(place.x + place.width), Math.round(place.y + place.height), Number(place.isHit)]
        : [];
    };
    // 1.25em from either edge, and on top.
    await expect.poll(corner, { timeout: 5_000 }).toEqual([expect.any(Number), WINDOW.height - 20, 1]);
    const [right = 0] = await corner();
    const room = await driver().run(() => document.documentElement.clientWidth);
    expect(room - right).toBe(20);
  });
});

describe('the closed floating widget takes no room', () => {
  test.each<[page: string, css: string]>([
    [
      'a flex column with gaps',
      'body { display: flex; flex-direction: column; gap: 40px; min-height: 80vh; justify-content: space-between }',
    ],
    ['a grid', 'body { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1em }'],
    ['rules for whatever follows', 'body > * + * { margin-top: 2em; border: 1px solid red; padding: 1em }'],
  ])('in %s', async (_page, css) => {
    const options = { head: `<style>${css}</style>` };
    const body = '<p class="own">one</p><p class="own">two</p><p class="own">three</p>';
    const places = (): Promise<unknown> =>
      driver().run(() => [
        document.body.getBoundingClientRect().toJSON() as object,
        ...Array.from(
          document.querySelectorAll('.own'),
          (own) => own.getBoundingClientRect().toJSON() as object,
        ),
      ]);
    await stage.visit(body, options);
    const alone = await places();
    await stage.visit(`${body}<osmtalk-widget ${stage.attributes()}></osmtalk-widget>`, {
      head: `${options.head}<script async src="${stage.site.cdn}/osmtalk-widget.js"></script>`,
    });
    await visitor().steady('button', 'Talk to us');
    expect(await places()).toEqual(alone);
  });

  test('and an inline one has a box, by attribute or by property', async () => {
    await stage.visit(stage.widget());
    await visitor().steady('button', 'Talk to us');
    const boxes = (): Promise<number> =>
      driver().run(() => document.querySelector('osmtalk-widget')?.getClientRects().length ?? -1);
    expect(await boxes()).toBe(0);
    await driver().run(() => {
      const widget = document.querySelector('osmtalk-widget');
      if (widget) widget.layout = 'inline';
    });
    await expect.poll(boxes).toBe(1);
    await stage.setAttribute('layout', 'floating');
    await expect.poll(boxes).toBe(0);
    await stage.setAttribute('layout', 'inline');
    await expect.poll(boxes).toBe(1);
  });
});

test('a browser without WebRTC is not told that it is inside an app, and can write', async () => {
  await stage.visitAndOpen();
  expect(await driver().run(() => 'RTCPeerConnection' in window)).toBe(false);
  await visitor().press('button', 'Start a call');
  await expect.poll(() => visitor().count('alert')).toBe(1);
  expect(await visitor().text('alert')).not.toMatch(/inside this app|this app|Open the page in/i);
  await stage.chat('Hello', 'Nice to hear from you');
});

test('Escape in the panel closes the panel, and not the page’s dialog around it', async () => {
  await stage.visit(
    `<dialog>${stage.widget()}</dialog><script>document.querySelector('dialog').showModal()</script>`,
  );
  await visitor().press('button', 'Talk to us');
  await visitor().press('textbox', 'Message');
  await visitor().key('Escape');
  await expect.poll(() => visitor().count('textbox', 'Message')).toBe(0);
  const isOpen = (): Promise<boolean> => driver().run(() => document.querySelector('dialog')?.open ?? false);
  expect(await isOpen()).toBe(true);
  await visitor().key('Escape');
  await expect.poll(isOpen).toBe(false);
});

describe('a panel from right to left', () => {
  test('has an English reply at the left of its bubble', async () => {
    await stage.visit(stage.widget({ 'agent-id': 'agent_echo', lang: 'ar' }));
    await visitor().press('button', await launcherName());
    await visitor().steady('textarea');
    await sendMessage(
      'This is a long line of English that fills the bubble from one side to the other.\n\nShort.',
    );
    await expect.poll(() => stage.events('message')).toHaveLength(2);
    const findLefts = (): Promise<number[]> =>
      driver().runWithTools((tools) =>
        tools.find('[data-role=agent] p').map((paragraph) => {
          const range = document.createRange();
          range.selectNodeContents(paragraph);
          return Math.round(range.getBoundingClientRect().left);
        }),
      );
    // The code for Markdown comes with the first message, and may come after the reply: before it there are no paragraphs.
    await expect.poll(findLefts).toHaveLength(2);
    const lefts = await findLefts();
    expect(lefts[1]).toBe(lefts[0]);
  });

  test('has the question mark of an English suggestion at its end', async () => {
    await stage.visit(stage.widget({ lang: 'ar', starters: '["What are your opening hours?"]' }));
    await visitor().press('button', await launcherName());
    await visitor().steady('button', 'What are your opening hours?');
    const [first = 0, last = 0] = await driver().runWithTools((tools) => {
      const starter = tools.find('button', 'What are your opening hours?')[0];
      const walker = document.createTreeWalker(starter as Node, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      const text = texts.find(({ data }) => data.includes('?')) as Text;
      return [text.data.indexOf('W'), text.data.indexOf('?')].map((at) => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      });
    });
    expect(last).toBeGreaterThan(first);
  });

  async function launcherName(): Promise<string> {
    await expect.poll(() => visitor().count('button')).toBe(1);
    return visitor().text('button');
  }
});

describe('a phone on its side', () => {
  const isInside = async (role: string, name?: string): Promise<boolean> => {
    const [place] = await visitor().all(role, name);
    return (
      place !== undefined && place.isHit && place.y >= 0 && place.y + place.height <= LANDSCAPE_PHONE.height
    );
  };

  test('shows the beginning of the empty panel', async () => {
    await driver().resize(LANDSCAPE_PHONE);
    await stage.visitAndOpen({ starters: '["When are you open?", "What does it cost?", "Where are you?"]' });
    await expect.poll(() => visitor().count('button', 'When are you open?')).toBe(1);
    const tops = await driver().runWithTools((tools) => {
      const box = tools.find('[part=transcript]')[0];
      const welcome = tools.find('.welcome p')[0];
      return [box?.getBoundingClientRect().top ?? 0, welcome?.getBoundingClientRect().top ?? 0];
    });
    expect(tops[1]).toBeGreaterThanOrEqual(tops[0] ?? 0);
  });

  test('has room for the message box beside the card of a call that failed, and its buttons can be reached', async () => {
    await driver().resize(LANDSCAPE_PHONE);
    await stage.visitAndOpen({ audience: 'tester', callback: '', 'phone-number-id': 'phone_demo' });
    await stage.chat('Hello', 'Nice to hear from you');
    await visitor().press('button', 'Start a call');
    await expect.poll(() => visitor().count('alert')).toBe(1);
    await expect.poll(() => isInside('textarea'), { timeout: 3_000 }).toBe(true);
    expect(await isInside('button', 'Close')).toBe(true);
    await visitor().press('button', 'Copy report');
    expect(await isInside('textarea')).toBe(true);
  });

  test('has room for the message box while one types', async () => {
    await driver().resize(LANDSCAPE_PHONE);
    await stage.visitAndOpen();
    await stage.chat('Hello', 'Nice to hear from you');
    expect(await isInside('textarea')).toBe(true);
  });
});

test('the panel lets no scrolling through to the page', async () => {
  await stage.visitAndOpen();
  const behaviours = await driver().runWithTools((tools) =>
    ['[part=panel]', '[part=transcript]'].map(
      (part) => getComputedStyle(tools.find(part)[0] as Element).overscrollBehaviorY,
    ),
  );
  expect(behaviours).toEqual(['contain', 'contain']);
});

test.each(['the same', 'another'])(
  'taken away, and %s brought in when the window is smaller: a phone’s panel',
  async (which) => {
    await stage.visitAndOpen();
    await visitor().key('Escape');
    await driver().run((wanted) => {
      const widget = document.querySelector('osmtalk-widget');
      window.kept = wanted === 'another' ? (widget?.cloneNode() as HTMLElement) : widget;
      widget?.remove();
    }, which);
    await driver().resize({ width: 320, height: 568 });
    await driver().run(() => document.body.append(window.kept ?? ''));
    await visitor().press('button', 'Talk to us');
    const { x, width } = await visitor().steady('dialog');
    expect([x, width]).toEqual([0, 320]);
  },
);

declare global {
  interface Window {
    kept: HTMLElement | null;
  }
}

test('320 pixels wide: five stars in one row', async () => {
  await driver().resize({ width: 320, height: 568 });
  await stage.visitAndOpen();
  await stage.chat('Hello', 'Nice to hear from you');
  await visitor().press('button', 'Save or rate this conversation');
  await expect.poll(() => visitor().count('label.star')).toBe(5);
  const tops = (await visitor().all('label.star')).map(({ y }) => Math.round(y));
  expect(new Set(tops).size).toBe(1);
});
