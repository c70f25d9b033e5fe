/** Own strokes, always beside a word or in a control that has a name. */
import type { JSX } from 'preact';

const stroke = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.75 } as const;
const small = (d: string): JSX.Element => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" {...stroke}>
    <path d={d} />
  </svg>
);
const tab = (content: JSX.Element): JSX.Element => (
  <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" {...stroke} stroke-width={1.6}>
    {content}
  </svg>
);

export const Logo = (): JSX.Element => (
  <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true">
    <path
      d="M4 14.5c0-7 7-2.5 7-8a3.2 3.2 0 0 1 6.4 0"
      stroke="currentColor"
      stroke-width="2.6"
      stroke-linecap="round"
    />
    <path
      d="M7.6 18.8c0-6.6 7-2.8 7-8"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-dasharray="1 3.4"
    />
    <circle cx="17.4" cy="6.4" r="1" fill="var(--panel)" />
  </svg>
);
export const Chevron = (): JSX.Element => (
  <svg class="chevron" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" {...stroke} stroke-width={1.5}>
    <path d="M2 3.5 5 6.5 8 3.5" />
  </svg>
);
export const First = (): JSX.Element => small('M11 2 6 7l5 5M3 2v10');
export const Last = (): JSX.Element => small('m3 2 5 5-5 5M11 2v10');
export const Back = (): JSX.Element => small('M9 2 4 7l5 5');
export const Forward = (): JSX.Element => small('m5 2 5 5-5 5');
export const Share = (): JSX.Element => small('M7 9V1.5M4 4l3-3 3 3M2 7.5v4.5h10V7.5');
export const Close = (): JSX.Element => small('m3 3 8 8m0-8-8 8');
export const Play = (): JSX.Element => (
  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2.5 1.2v9.6L10.5 6z" fill="currentColor" />
  </svg>
);
export const Pause = (): JSX.Element => (
  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z" fill="currentColor" />
  </svg>
);
export const Stop = (): JSX.Element => (
  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2 2h8v8H2z" fill="currentColor" />
  </svg>
);
export const Half = (): JSX.Element => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M7 1.75a5.25 5.25 0 0 1 0 10.5z" fill="currentColor" />
  </svg>
);
export const Panel = (): JSX.Element => small('M1.5 2.5h11v9h-11zM9 2.5v9');
export const CodeTab = (): JSX.Element => tab(<path d="m7 6-4 4 4 4M13 6l4 4-4 4" />);
export const PictureTab = (): JSX.Element =>
  tab(
    <>
      <rect x="2.5" y="4" width="6" height="12" rx="1.5" />
      <rect x="12" y="7" width="5.5" height="6" rx="1.5" />
      <path d="M8.5 10H12" />
    </>,
  );
export const ObjectTab = (): JSX.Element =>
  tab(
    <>
      <rect x="3" y="4" width="14" height="12" rx="2" />
      <path d="M3 8.5h14" />
    </>,
  );
export const CollectorTab = (): JSX.Element => tab(<path d="M3 6h14M3 10h9M3 14h5" />);
export const AllocatorTab = (): JSX.Element => tab(<path d="M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z" />);
