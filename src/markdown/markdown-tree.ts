/** A piece of a line. A line break is a `\n` within a text. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'emphasis' | 'strong' | 'deleted'; children: Inline[] }
  | Link;

export interface Link {
  type: 'link';
  /** An absolute address with a scheme that `safeLink` allows. */
  href: string;
  title?: string;
  /** The link leads to another place of the page that the visitor looks at. */
  isWithinPage?: true;
  children: Inline[];
}

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: number; children: Inline[] }
  /** `language` is the text behind the opening fence, perhaps empty. */
  | { type: 'code-block'; language: string; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; ordered: boolean; items: ListItem[] }
  | Table
  | { type: 'rule' };

export interface ListItem {
  /** Set in an ordered list. */
  number?: number;
  children: Block[];
}

/** A row may have fewer cells than the head. */
export interface Table {
  type: 'table';
  columns: ('start' | 'center' | 'end')[];
  head: Inline[][];
  rows: Inline[][][];
}

/** The text without its markup, as a screen reader reads it. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ('text' in inline ? inline.text : plainText(inline.children))).join('');
}
