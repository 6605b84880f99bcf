import { svg, type SVGTemplateResult } from 'lit/html.js';

/** Stroke icons on a 24 × 24 grid. They are decoration only: each button has its name as text. */
export const icon = (content: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" class="icon">${content}</svg>`;

export const icons = {
  close: icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`),
  phone: icon(
    svg`<path d="M6.5 3.5 9.5 8 7.5 10.5c1.2 2.6 3.4 4.8 6 6l2.5-2 4.5 3c-.3 2-1.8 3.3-3.7 3C10 19.5 4.5 14 3.5 7.2c-.3-1.9 1-3.4 3-3.7Z"/>`,
  ),
  hangUp: icon(
    svg`<path d="M3 14.5c-.6-2 .3-3.8 2-4.7 4.4-2.3 9.6-2.3 14 0 1.7.9 2.6 2.7 2 4.7l-.3.9-4.5-.7-.4-2.6c-2.5-.8-5.1-.8-7.6 0l-.4 2.6-4.5.7Z"/>`,
  ),
  microphone: icon(
    svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
  ),
  microphoneOff: icon(
    svg`<path d="M15 10V6a3 3 0 0 0-6 0v5a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.3 13.5c.1-.6.2-1.3.2-2M12 18v3M4 4l16 16"/>`,
  ),
  send: icon(svg`<path d="M12 19V5M6 11l6-6 6 6"/>`),
  save: icon(svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>`),
  stop: icon(svg`<rect x="7" y="7" width="10" height="10" rx="1.5"/>`),
  sound: icon(svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>`),
  retry: icon(svg`<path d="M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6"/>`),
  fresh: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  alert: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5M12 16.2v.1"/>`),
};
