/** Names and headings are cut to this length: a browser takes seconds to lay out a line of a million letters. */
const MOST_CHARACTERS = 200;

/** Returns the text, or its first 200 characters and "…". */
export function cutText(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
