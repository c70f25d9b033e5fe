/** Light or dark: the reader's choice is kept where the browser keeps anything; the first follows the system. */
import { recall, remember } from '../session/storage.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

function show(theme: string): void {
  document.documentElement.dataset.theme = theme;
}

export function beginTheme(): void {
  const chosen = recall('theme');
  show(chosen ?? (dark.matches ? 'dark' : 'light'));
  dark.addEventListener('change', () => {
    if (recall('theme') === null) show(dark.matches ? 'dark' : 'light');
  });
}

export function switchTheme(): void {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  show(theme);
  remember('theme', theme);
}
