/** More of a name or a heading is no name: and a browser takes seconds to lay out a line of a million letters. */
const MOST_CHARACTERS = 200;

/** The text, or its beginning and "…". */
export function cutText(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
