import { describe, expect, it } from 'vitest';
import type { Block, Inline } from '../../../src/markdown/markdown-tree.js';
import { parseMarkdown } from '../../../src/markdown/parse-markdown.js';

/** A tree as one line: what is written is what is meant, with the kind in front. */
function drawBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${draw(block.children)})`;
    case 'heading':
      return `h${block.level}(${draw(block.children)})`;
    case 'code-block':
      return `pre[${block.language}](${block.text})`;
    case 'quote':
      return `quote(${block.children.map(drawBlock).join(' ')})`;
    case 'list': {
      const items = block.items.map(
        ({ number, children }) => `${number ?? '-'}:${children.map(drawBlock).join(' ')}`,
      );
      return `${block.ordered ? 'ol' : 'ul'}(${items.join(' | ')})`;
    }
    case 'table':
      return `table[${block.columns.join()}](${[block.head, ...block.rows].map((row) => row.map(draw).join(' | ')).join(' / ')})`;
    case 'rule':
      return 'rule';
  }
}

function draw(inlines: readonly Inline[]): string {
  return inlines.map(drawInline).join('');
}

function drawInline(inline: Inline): string {
  if (inline.type === 'text') return inline.text;
  if (inline.type === 'code') return `code(${inline.text})`;
  if (inline.type !== 'link') return `${inline.type}(${draw(inline.children)})`;
  const title = inline.title === undefined ? '' : ` "${inline.title}"`;
  return `a[${inline.href}${title}](${draw(inline.children)})`;
}

function tree(markdown: string): string {
  return parseMarkdown(markdown).map(drawBlock).join(' ');
}

describe.each<[what: string, cases: [markdown: string, expected: string][]]>([
  [
    'paragraphs',
    [
      ['', ''],
      ['\n \n\t\n', ''],
      ['one\ntwo', 'p(one\ntwo)'],
      ['one\r\ntwo\rthree', 'p(one\ntwo\nthree)'],
      ['one  \ntwo\\\nthree', 'p(one\ntwo\nthree)'],
      ['one\n\n\ntwo', 'p(one) p(two)'],
      ['    not code', 'p(not code)'],
      ['Title\n===', 'p(Title\n===)'],
      ['<b>html</b> <!-- stays -->', 'p(<b>html</b> <!-- stays -->)'],
    ],
  ],
  [
    'emphasis',
    [
      ['*a* _b_ **c** __d__ ~~e~~', 'p(emphasis(a) emphasis(b) strong(c) strong(d) deleted(e))'],
      ['***both***', 'p(emphasis(strong(both)))'],
      ['**a *b***', 'p(strong(a emphasis(b)))'],
      ['***a** b*', 'p(emphasis(strong(a) b))'],
      ['***a* b**', 'p(strong(emphasis(a) b))'],
      ['*a**b*', 'p(emphasis(a**b))'],
      ['**Note:**text', 'p(strong(Note:)text)'],
      ['**“强调”**文字', 'p(strong(“强调”)文字)'],
      ['snake_case_name and 2 * 3 * 4', 'p(snake_case_name and 2 * 3 * 4)'],
      ['f(*args, **kwargs)', 'p(f(*args, **kwargs))'],
      ['*a **b* c**', 'p(emphasis(a **b) c**)'],
      ['****four****', 'p(****four****)'],
      ['~one~ ~~~three~~~ tail', 'p(~one~ ~~~three~~~ tail)'],
      ['*one\ntwo*', 'p(emphasis(one\ntwo))'],
      ['\\*a\\* \\_ \\# \\a', 'p(*a* _ # \\a)'],
    ],
  ],
  [
    'code',
    [
      ['`a` ``b`c`` ` d `', 'p(code(a) code(b`c) code(d))'],
      ['`*a* [b](https://c.d)`', 'p(code(*a* [b](https://c.d)))'],
      ['`a\nb`', 'p(code(a b))'],
      ['`a ``b', 'p(`a ``b)'],
      ['```ts\nlet a;\n\n  b\n```\nafter', 'pre[ts](let a;\n\n  b) p(after)'],
      ['~~~\n```\n~~~', 'pre[](```)'],
      ['````\n```\n````', 'pre[](```)'],
      ['```one line```', 'p(code(one line))'],
      ['- a\n  ```\n  b\n    c\n  ```', 'ul(-:p(a) pre[](b\n  c))'],
      ['```\n\ttab\n```', 'pre[](\ttab)'],
    ],
  ],
  [
    'links',
    [
      ['[a](https://b.c)', 'p(a[https://b.c/](a))'],
      ['[a](https://b.c "T")', 'p(a[https://b.c/ "T"](a))'],
      ['[a](<https://b.c/d>)', 'p(a[https://b.c/d](a))'],
      ['[a](https://b.c/d_(e))', 'p(a[https://b.c/d_(e)](a))'],
      ['[**a** `b`](tel:+15550100)', 'p(a[tel:+15550100](strong(a) code(b)))'],
      ['**[a](https://b.c)**', 'p(strong(a[https://b.c/](a)))'],
      ['[](https://b.c)', 'p(a[https://b.c/](https://b.c))'],
      ['[a [b](https://c.d) e](https://f.g)', 'p([a a[https://c.d/](b) e](a[https://f.g/](https://f.g)))'],
      ['[a] [b][c] [d]: (e)', 'p([a] [b][c] [d]: (e))'],
      ['![alt](https://b.c/d.png)', 'p(a[https://b.c/d.png](alt))'],
      ['![](https://b.c/d.png)', 'p(a[https://b.c/d.png](https://b.c/d.png))'],
      ['[![alt](https://b.c/d.png)](https://e.f)', 'p(a[https://e.f/](alt))'],
      ['[a](javascript:b) [c](/d) [e](f.html)', 'p([a](javascript:b) [c](/d) [e](f.html))'],
      ['![a](data:image/png;base64,b)', 'p(![a](data:image/png;base64,b))'],
      [
        '[https://bank.example](https://evil.example)',
        'p([a[https://bank.example/](https://bank.example)](a[https://evil.example/](https://evil.example)))',
      ],
      [
        '[www.bank.example](https://evil.example/x)',
        'p([a[https://www.bank.example/](www.bank.example)](a[https://evil.example/x](https://evil.example/x)))',
      ],
      ['[https://b.c](https://b.c/d)', 'p(a[https://b.c/d](https://b.c))'],
    ],
  ],
  [
    'addresses',
    [
      [
        'See https://b.c/d, or (http://e.f).',
        'p(See a[https://b.c/d](https://b.c/d), or (a[http://e.f/](http://e.f)).)',
      ],
      [
        'https://b.c/d_(e) HTTPS://B.C',
        'p(a[https://b.c/d_(e)](https://b.c/d_(e)) a[https://b.c/](HTTPS://B.C))',
      ],
      ['**https://b.c**', 'p(strong(a[https://b.c/](https://b.c)))'],
      [
        'https://b.c/?a[]=1 [https://b.c]',
        'p(a[https://b.c/?a[]=1](https://b.c/?a[]=1) [a[https://b.c/](https://b.c)])',
      ],
      ['请访问https://b.c。谢谢 xhttps://d.e', 'p(请访问a[https://b.c/](https://b.c)。谢谢 xhttps://d.e)'],
      ['<https://b.c> <a@b.c>', 'p(a[https://b.c/](https://b.c) a[mailto:a@b.c](a@b.c))'],
      ['Write to john_doe@b.example.', 'p(Write to a[mailto:john_doe@b.example](john_doe@b.example).)'],
      ['@name a@b a@.c https://', 'p(@name a@b a@.c https://)'],
      ['https://user:secret@b.c', 'p(https://user:secret@b.c)'],
      ['<svg:rect> a < b > c', 'p(<svg:rect> a < b > c)'],
    ],
  ],
  [
    'headings and rules',
    [
      ['# a\n###### b ##\n#hashtag', 'h1(a) h6(b) p(#hashtag)'],
      ['text\n## *a* [b](https://c.d)', 'p(text) h2(emphasis(a) a[https://c.d/](b))'],
      ['a\n---\nb\n* * *', 'p(a) rule p(b) rule'],
      ['--', 'p(--)'],
    ],
  ],
  [
    'lists',
    [
      ['- a\n- b', 'ul(-:p(a) | -:p(b))'],
      ['text\n* a\n\n* b\n+ c', 'p(text) ul(-:p(a) | -:p(b)) ul(-:p(c))'],
      ['1. a\n  - b\n    - c\n2. d', 'ol(1:p(a) ul(-:p(b) ul(-:p(c))) | 2:p(d))'],
      ['1. a\n1. b\n1. c', 'ol(1:p(a) | 2:p(b) | 3:p(c))'],
      ['3) a\n5) b', 'ol(3:p(a) | 5:p(b))'],
      ['1. a\n- b\n2. c', 'ol(1:p(a)) ul(-:p(b)) ol(2:p(c))'],
      ['- a\n\n  b\nc', 'ul(-:p(a) p(b)) p(c)'],
      ['- a\n - b', 'ul(-:p(a) | -:p(b))'],
      ['\t- a\n\t\t- b', 'ul(-:p(a) ul(-:p(b)))'],
      ['born in\n1986. Then', 'p(born in\n1986. Then)'],
      ['-5 degrees, +1 555', 'p(-5 degrees, +1 555)'],
    ],
  ],
  [
    'quotes',
    [
      ['> a\n>b\nc', 'quote(p(a\nb)) p(c)'],
      ['> - a\n> > b', 'quote(ul(-:p(a)) quote(p(b)))'],
    ],
  ],
  [
    'tables',
    [
      ['|a|b|\n|:-|-:|\n|1|*2*|\ntext', 'table[start,end](a | b / 1 | emphasis(2)) p(text)'],
      ['a | b\n--|:-:\n1', 'table[start,center](a | b) p(1)'],
      ['see\n|a|\n|-|\n|b\\|c|', 'p(see) table[start](a / b|c)'],
      ['|a|b|\n|-|-|\n|1|2|3|\n|4|', 'table[start,start](a | b / 1 | 2|3 / 4)'],
      ['|a|b|\n|-|', 'p(|a|b|\n|-|)'],
    ],
  ],
  [
    'what a reply has not finished yet',
    [
      ['**bol', 'p(**bol)'],
      ['**bold*', 'p(**bold*)'],
      ['`cod', 'p(`cod)'],
      ['```js\nlet', 'pre[js](let)'],
      ['[a](https://b.c', 'p([a](a[https://b.c/](https://b.c))'],
      ['| a | b |\n| -', 'p(| a | b |\n| -)'],
      ['![', 'p(![)'],
      ['a\\', 'p(a\\)'],
    ],
  ],
])('%s', (_what, cases) => {
  it.each(cases)('%j', (markdown, expected) => expect(tree(markdown)).toBe(expected));
});

const PAGE = 'https://shop.example/help';

/** The links of a message, as `words -> href`. */
function links(markdown: string): string[] {
  return parseMarkdown(markdown, PAGE)
    .map(drawBlock)
    .join(' ')
    .split(/(?=a\[)/)
    .flatMap((piece) => /^a\[(\S+?)(?: ".*?")?\]\((.*?)\)/.exec(piece) ?? [])
    .flatMap((_, index, all) => (index % 3 === 0 ? [`${all[index + 2]} -> ${all[index + 1]}`] : []));
}

describe('an address and the words after it, in languages that write without blanks', () => {
  it.each([
    ['请访问https://acme.example/pricing查看价格。', 'https://acme.example/pricing'],
    ['请访问 https://acme.example/pricing查看价格。', 'https://acme.example/pricing'],
    ['请访问https://acme.example查看', 'https://acme.example'],
    ['詳しくはhttps://acme.exampleをご覧ください。', 'https://acme.example'],
    ['詳しくはhttps://acme.example/をご覧ください', 'https://acme.example/'],
    ['詳しくは https://acme.example/をご覧ください', 'https://acme.example/'],
    ['詳しくはhttps://acme.example/plan?x=1まで', 'https://acme.example/plan?x=1'],
    ['ดูที่https://acme.example/pricingครับ', 'https://acme.example/pricing'],
    ['자세한 내용은 https://acme.example/pricing에서 확인하세요', 'https://acme.example/pricing'],
    ['https://acme.example는', 'https://acme.example'],
    ['（https://acme.example/a）をクリック', 'https://acme.example/a'],
    ['看https://acme.example:8080端口', 'https://acme.example:8080'],
    ['“https://acme.example/a”，谢谢', 'https://acme.example/a'],
    ['यहाँ देखें https://acme.example/a।', 'https://acme.example/a'],
    ['انظر https://acme.example/a، شكرا', 'https://acme.example/a'],
    ['See https://acme.example/a—great', 'https://acme.example/a'],
    ['请看www.acme.example/a了解', 'www.acme.example/a'],
  ])('%s', (markdown, shown) => expect(links(markdown)[0]?.split(' -> ')[0]).toBe(shown));

  it.each([
    'https://ja.wiki.example/wiki/日本',
    'https://ja.wiki.example/wiki/JR東日本',
    'https://例え.example/パス',
    'https://müller.example/straße',
    'https://acme.example/서울',
    'https://th.wiki.example/wiki/กรุงเทพ',
  ])('%s stays whole between blanks', (address) => {
    for (const text of [`See ${address} please`, `見て ${address} です`])
      expect(links(text)[0]).toBe(`${address} -> ${new URL(address).href}`);
    expect(links(`See ${address}`)[0]).toBe(`${address} -> ${new URL(address).href}`);
  });
});

describe('Markdown as models write it', () => {
  it.each([
    ['9-12<br>14-18', 'p(9-12\n14-18)'],
    ['a<br/>b<BR />c', 'p(a\nb\nc)'],
    ['a<br>\nb', 'p(a\nb)'],
    ['|Day|Open|\n|-|-|\n|Mo|9-12<br>14-18|', 'table[start,start](Day | Open / Mo | 9-12\n14-18)'],
    ['`a<br>b`', 'p(code(a<br>b))'],
    ['```\na<br>&amp;b\n```', 'pre[](a<br>&amp;b)'],
    ['Fish &amp; chips &lt;b&gt; &#39;hot&#x27;', "p(Fish & chips <b> 'hot')"],
    ['caf&eacute;&nbsp;&euro;5 &ndash; &copy;', 'p(caf\u00e9\u00a0€5 – ©)'],
    ['`&amp;`', 'p(code(&amp;))'],
    ['&ast;not emphasis&ast; &amp;lt; &nosuch; &amp', 'p(*not emphasis* &lt; &nosuch; &amp)'],
    ['&#0; &#xD800; &#1114112;', 'p(\ufffd \ufffd \ufffd)'],
    ['<brand>', 'p(<brand>)'],
    [
      '[Book](https://cal.example/x?a=1&amp;b=2 "A &amp; B")',
      'p(a[https://cal.example/x?a=1&b=2 "A & B"](Book))',
    ],
    [
      'https://cal.example/x?a=1&amp;b=2',
      'p(a[https://cal.example/x?a=1&b=2](https://cal.example/x?a=1&b=2))',
    ],
    ['&lt;https://a.example&gt;', 'p(<a[https://a.example/](https://a.example)>)'],
    ['[x](javascript&colon;hacked())', 'p([x](javascript:hacked()))'],
    ['[x](&#106;avascript:hacked())', 'p([x](javascript:hacked()))'],
  ])('%j', (markdown, expected) => expect(tree(markdown)).toBe(expected));

  it.each([
    ['[pricing](/pricing)', 'pricing -> https://shop.example/pricing'],
    ['[contact](#contact)', 'contact -> https://shop.example/help#contact'],
    ['[www.acme.example](https://acme.example)', 'www.acme.example -> https://acme.example/'],
    ['[acme.example](https://www.acme.example/a)', 'acme.example -> https://www.acme.example/a'],
    ['[Acme](www.acme.example)', 'Acme -> https://www.acme.example/'],
    ['Go to www.acme.example/a.', 'www.acme.example/a -> https://www.acme.example/a'],
  ])('%s is a link', (markdown, link) => expect(links(markdown)).toEqual([link]));

  it('opens a place of the page in the page', () => {
    const [paragraph] = parseMarkdown('[a](#b) [c](/d#e)', PAGE);
    const inlines = paragraph?.type === 'paragraph' ? paragraph.children : [];
    expect(inlines.flatMap((inline) => (inline.type === 'link' ? [inline.isWithinPage] : []))).toEqual([
      true,
      undefined,
    ]);
  });
});
