/** The chooser: a row of its own at the end of the header, so that it takes nothing from the title. */
export const languageChoiceStyles = `
.header { flex-wrap: wrap; }
.header > .languages-row { flex-basis: 100%; order: 1; display: flex; margin: -.35em -.5em -.35em; font-style: normal; }
.languages[hidden] { display: none; }
.languages {
  box-sizing: border-box;
  max-width: 100%;
  min-height: 2.75em;
  padding: .3em .5em;
  border: 0;
  border-radius: .75em;
  background: var(--ow-surface);
  color: var(--ow-muted);
  font: inherit;
  font-size: .875em;
  text-overflow: ellipsis;
  cursor: pointer;
}
.languages:hover { background: var(--ow-soft); color: var(--ow-text); }
.languages:focus-visible { outline: 2px solid var(--ow-accent); outline-offset: -2px; }
@container (max-height: 30em) { .languages { min-height: 2em; } }
`;
