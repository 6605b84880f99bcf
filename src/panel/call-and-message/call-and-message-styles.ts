/** Two buttons in the launcher's place, of its family. */
export const callAndMessageStyles = `
.launcher.two slot { display: none; }
.two-buttons { display: flex; flex-wrap: wrap; justify-content: right; gap: .6em; max-width: calc(100vw - 2 * var(--ow-offset)); }
.root[data-placement$=left] .two-buttons { justify-content: left; }
.two-buttons button[hidden] { display: none; }
.two-buttons svg { flex: none; width: 1.35em; height: 1.35em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.two-buttons .launch-message { background: var(--osmtalk-surface, Canvas); color: var(--osmtalk-text, CanvasText); }
.root[data-in-call] .two-buttons .launch-call { display: none; }
.root[data-resumable] .launcher.two slot { display: contents; }
.root[data-resumable] .two-buttons { display: none; }
`;
