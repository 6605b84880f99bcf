import { DATA, ELEMENT, chats, expect, script, test } from '../support/tag-fixture.js';

/** Markup of a visitor that stands in front of what the script reads. */

test.use({ permissions: ['microphone'], timings: { chatPieceGapMs: 1 } });

const EVIL =
  'data-agent-id="agent_evil" data-open data-onfocus="window.ran = true" data-base-url="https://evil.example"';
for (const [name, clobber] of Object.entries({
  'a picture': `<img name="currentScript" ${EVIL}>`,
  'two pictures': `<img name="currentScript" ${EVIL}><img name="currentScript" ${EVIL}>`,
  'a form': `<form name="currentScript" ${EVIL}></form>`,
  'an embed': `<embed name="currentScript" ${EVIL}>`,
  'a frame': `<iframe name="currentScript" srcdoc="" ${EVIL}></iframe>`,
  'a body': '<img name="body">',
  'settings by anchors': `<a id="osmtalkSettings"></a><a id="osmtalkSettings" name="chunkBase" href="https://evil.example/"></a><a id="osmtalkSettings" name="agent-id" href="https://evil.example/"></a>`,
  'settings by a form': `<form id="osmtalkSettings"><input name="chunkBase" value="https://evil.example/"><input name="baseUrl" value="https://evil.example/"></form>`,
  'settings by a frame': `<iframe name="osmtalkSettings" srcdoc="<script>var chunkBase = 'https://evil.example/', baseUrl = 'https://evil.example/', agentId = 'agent_evil'</script>"></iframe>`,
  'settings by a frame of another origin': `<iframe name="osmtalkSettings" src="CDN/nowhere"></iframe>`,
  'what looks as if it were loaded': `<img src="https://evil.example/osmtalk-widget.js"><link rel="preload" as="script" href="https://evil.example/osmtalk-widget.js">`,
})) {
  for (const [form, tag] of [
    ['data', script(DATA)],
    ['module', script(`type="module" ${DATA}`)],
    ['element', ELEMENT + script('defer')],
  ] as const) {
    test(`markup of a visitor: ${name}, and ${form}: the widget is the site’s own`, async ({
      widget,
      visitTag,
      page,
    }) => {
      const strange: string[] = [];
      await page.route('https://evil.example/**', (route) => {
        if (!['image', 'other'].includes(route.request().resourceType())) strange.push(route.request().url());
        return route.abort();
      });
      await visitTag('', clobber + tag);
      await chats(widget);
      expect(
        await widget.element.evaluateAll((all) => all.map((each) => each.getAttribute('agent-id'))),
      ).toEqual(['agent_receptionist']);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(strange.filter((url) => !url.endsWith('/osmtalk-widget.js'))).toEqual([]);
    });
  }
}
