// @ts-check
import { html, svg } from 'lit';

/** @param {import('lit').SVGTemplateResult} content @param {string} [name] */
const icon = (content, name = '') => html`<svg class="icon ${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${content}</svg>`;

export const mark = () => html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    ${svg`<path d="M16 27V17M16 17c0-5-8-4-8-11M16 17c0-5 8-4 8-11"/><path class="faint" d="M16 17V6"/>`}
  </svg>`;

export const send = () => icon(svg`<path d="M3 10.2 16.5 4 12.4 16.8 9.3 11.2z M9.3 11.2 16.5 4"/>`);
export const back = () => icon(svg`<path d="M12 4.5 6.5 10l5.5 5.5"/>`);
export const keys = () => icon(svg`<rect x="2.5" y="5" width="15" height="10" rx="2"/><path d="M5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M6.5 12h7"/>`);
export const half = () => icon(svg`<circle cx="10" cy="10" r="6.5"/><path class="filled" d="M10 3.5a6.5 6.5 0 0 1 0 13z"/>`);
export const leave = () => icon(svg`<path d="M8 3.5H4.5v13H8M12 6.5l3.5 3.5-3.5 3.5M15 10H8"/>`);
export const down = () => icon(svg`<path d="M10 4v11M5.5 11 10 15.5 14.5 11"/>`);
export const up = () => icon(svg`<path d="M10 16V5M5.5 9 10 4.5 14.5 9"/>`);
export const file = () => icon(svg`<path d="M5 2.8h6L15.5 7v10.2H5zM11 2.8V7h4.5"/>`);
export const image = () => icon(svg`<rect x="3" y="4" width="14" height="12" rx="2"/><circle cx="7.2" cy="8" r="1.2"/><path d="m3.5 14.5 4.3-3.8 2.7 2.2 3-3.2 3 3.2"/>`);
export const person = () => icon(svg`<circle cx="10" cy="7.4" r="2.9"/><path d="M4.6 16.3c.7-3 2.8-4.5 5.4-4.5s4.7 1.5 5.4 4.5"/>`);

/** How far a message got, as a shape; the word stands beside it. @param {string} status */
export function tick(status) {
  switch (status) {
    case 'queued':
    case 'sending': return icon(svg`<circle cx="10" cy="10" r="6"/><path d="M10 6.5V10l2.3 1.5"/>`, 'tick');
    case 'accepted':
    case 'sent': return icon(svg`<path d="m5 10.5 3.3 3.3L15 6.8"/>`, 'tick');
    case 'delivered':
    case 'read': return icon(svg`<path d="m2.5 10.5 3.3 3.3 6.7-7M9 13.2l.6.6 6.9-7"/>`, 'tick');
    case 'failed': return icon(svg`<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.3v.01"/>`, 'tick');
    default: return icon(svg`<circle cx="10" cy="10" r="6.5"/><path d="M8 8.2c.2-2.6 4-2.4 4 0 0 1.6-2 1.7-2 3.2M10 13.6v.01"/>`, 'tick');
  }
}
