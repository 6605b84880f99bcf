/** Styles of the buttons that start a call: they stand side by side. */
export const callbackButtonStyles = `
.ways { display: flex; flex-wrap: wrap; gap: .5em; }
.ways > * { flex: 1 1 auto; }
`;
