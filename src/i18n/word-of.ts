/** The words of a list that blanks separate: `'on' | 'off'` for `'on off'`. */
export type WordOf<List extends string> = List extends `${infer Word} ${infer Rest}`
  ? Word | WordOf<Rest>
  : List;
