/** The colour tokens of the design, light and dark, and what of the drawing they colour. Six meanings, no others. */
const LIGHT: Readonly<Record<string, string>> = {
  bg: '#F3F5F2',
  card: '#FFFFFF',
  line: '#D9DFD9',
  'line-2': '#B3BEB6',
  ink: '#121A16',
  'ink-2': '#44514A',
  'ink-3': '#5B6861',
  'on-ink': '#FFFFFF',
  arrow: '#3B4841',
  live: '#0A6B58',
  chg: '#6A4C00',
  'chg-soft': '#FFEDB5',
  'chg-line': '#A67700',
  cut: '#B03A0B',
  'cut-soft': '#FDEEE6',
  'cut-line': '#D9622B',
  'cut-hatch': '#FADFD2',
  scr: '#6438BF',
  'scr-soft': '#EFE9FC',
  'scr-line': '#8E6BDA',
  sel: '#1A56CF',
  ghost: '#616D66',
  'ghost-line': '#818D86',
  'ghost-soft': '#F3F5F2',
};
const DARK: Readonly<Record<string, string>> = {
  bg: '#0D1210',
  card: '#1B2320',
  line: '#28332E',
  'line-2': '#45544D',
  ink: '#E8EFEB',
  'ink-2': '#B6C3BC',
  'ink-3': '#94A29B',
  'on-ink': '#0D1210',
  arrow: '#A9B8B0',
  live: '#56D3B0',
  chg: '#FFDF85',
  'chg-soft': '#41340E',
  'chg-line': '#D9AC35',
  cut: '#FFA275',
  'cut-soft': '#2B1A12',
  'cut-line': '#E8773F',
  'cut-hatch': '#4A2A1A',
  scr: '#C3AEFF',
  'scr-soft': '#282043',
  'scr-line': '#8F74E0',
  sel: '#86B5FF',
  ghost: '#93A19A',
  'ghost-line': '#5E6D66',
  'ghost-soft': '#131916',
};

export type Theme = 'light' | 'dark' | 'auto';

const tokens = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

const SANS = 'Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif';
const MONO = '"JetBrains Mono",ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** The rules that a picture needs; on a page its own tokens hold, so `theme` is then left out. */
export function styleOf(theme: Theme | null): string {
  const root = '.moult-picture';
  const rules = [
    `${root} text{font-family:${MONO};font-feature-settings:"calt" 0;fill:var(--ink)}`,
    `${root} .sans{font-family:${SANS}}`,
    ...['ink-2', 'ink-3', 'cut', 'scr', 'chg', 'ghost', 'on-ink'].map((t) => `${root} text.${t}{fill:var(--${t})}`),
    `${root} .card{fill:var(--card);stroke:var(--line-2)}`,
    `${root} .card.cut{stroke:var(--cut-line);stroke-width:1.25}`,
    `${root} .card.new{stroke:var(--chg-line);stroke-width:1.25}`,
    `${root} .card.ghost{fill:var(--ghost-soft);stroke:var(--ghost-line);stroke-dasharray:4 3}`,
    `${root} .rule{stroke:var(--line)}`,
    `${root} .chevron{fill:none;stroke:var(--ink-3);stroke-width:1.5}`,
    `${root} .dot{fill:var(--arrow)}`,
    `${root} .arrow{fill:none;stroke:var(--arrow);stroke-width:1.5}`,
    `${root} .halo{fill:none;stroke:var(--bg);stroke-width:7}`,
    `${root} .arrow.chosen{stroke:var(--sel);stroke-width:2.25}`,
    `${root} .arrow.removed{stroke:var(--cut-line);stroke-width:1.75;stroke-dasharray:5 4}`,
    `${root} .arrow.faint{opacity:.35}`,
  ];
  if (theme === 'light' || theme === 'auto') rules.unshift(`${root}{${tokens(LIGHT)}}`);
  if (theme === 'dark') rules.unshift(`${root}{${tokens(DARK)}}`);
  if (theme === 'auto') rules.push(`@media (prefers-color-scheme:dark){${root}{${tokens(DARK)}}}`);
  return rules.join('');
}
