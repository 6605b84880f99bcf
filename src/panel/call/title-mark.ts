const MARK = '●';

/** A mark before the page's title, so that the visitor finds the tab of a call. */
export class TitleMark {
  #isSet = false;

  /** Sets the mark, again where the page has changed its title meanwhile, or removes it. */
  set(isWanted: boolean): void {
    const { title } = document;
    // A form or an image named "title" stands in for the page's title.
    if (typeof title !== 'string') return;
    const has = this.#isSet && title.startsWith(MARK);
    if (isWanted && !has) document.title = `${MARK} ${title}`;
    if (!isWanted && has) document.title = title.slice(MARK.length).trimStart();
    this.#isSet = isWanted;
  }
}
