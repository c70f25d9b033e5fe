/// <reference lib="dom" />
// The built page in a real browser. Where none is installed the tests say so and are skipped.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type LabServer, serveLab } from '../../apps/cli/src/lab/server.ts';
import { ROOT } from '../corpus.mjs';

const PLACES = [
  process.env.MOULT_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path)) ?? null;
/** MOULT_LAB: another build of the page, while developing. */
export const LAB = process.env.MOULT_LAB ?? join(ROOT, 'apps/cli/dist/lab');

/** Why there is nothing to test; null: there is. */
export const missing: string | null =
  CHROMIUM === null
    ? 'no Chromium is installed (apt-get install chromium, or MOULT_CHROMIUM=path)'
    : existsSync(join(LAB, 'index.html'))
      ? null
      : 'the page is not built (npm run build)';
if (missing !== null) console.warn(`The browser tests are skipped: ${missing}.`);

export interface Lab {
  readonly browser: Browser;
  readonly served: LabServer;
  close(): Promise<void>;
}

export async function openLab(program: string | null = null): Promise<Lab> {
  const served = await serveLab(LAB, program, 0);
  const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
  return {
    browser,
    served,
    async close() {
      await browser.close();
      served.server.closeAllConnections();
      await new Promise((resolve) => served.server.close(resolve));
    },
  };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Opened {
  readonly page: Page;
  /** What the console was told as an error, and errors that no one caught. */
  readonly errors: string[];
}

export async function openPage(
  { browser, served }: Lab,
  options: { hash?: string; size?: Size; theme?: 'light' | 'dark' } = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1440, height: 900 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(options.hash === undefined ? served.address : `${served.address.replace(/#.*/, '')}#${options.hash}`);
  return { page, errors };
}

/** The hash of a link that holds a program. */
export function linkOf(source: string, python = '3.13'): string {
  const program = deflateRawSync(source).toString('base64url');
  return new URLSearchParams({ name: 'program.py', python, program }).toString();
}

/** Opens a program by a link and runs it; resolves when its first moment is on the page. */
export async function runInPage(lab: Lab, source: string, python?: string): Promise<Opened> {
  const opened = await openPage(lab, { hash: linkOf(source, python) });
  await pressRun(opened.page);
  await moment(opened.page);
  return opened;
}
export async function pressRun(page: Page): Promise<void> {
  await page.locator('.top .btn.main:not([disabled])').click();
}
/** Waits until a moment is on the page. */
export async function moment(page: Page): Promise<void> {
  await page.waitForFunction(() => /\d of [\d,]+/.test(document.querySelector('.where')?.textContent ?? ''));
}

/** "Step 3 of 12", or where in instructions. */
export const where = async (page: Page): Promise<string> => (await page.locator('.where').innerText()).trim();
export const sentence = async (page: Page): Promise<string> => (await page.locator('.say').innerText()).trim();
export const output = async (page: Page): Promise<string> =>
  (await page.locator('.term .printed > span').allInnerTexts()).join('\n');

/** Presses a key and waits until the moment has changed. */
export async function press(page: Page, key: string): Promise<void> {
  const before = await page.locator('.where').innerText();
  await page.keyboard.press(key);
  await page.waitForFunction(
    (text) => (document.querySelector('.where') as HTMLElement | null)?.innerText !== text,
    before,
  );
}
