// The page in a browser: it runs programs, steps both ways, and survives whatever a program does.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Lab,
  linkOf,
  missing,
  moment,
  openLab,
  openPage,
  output,
  press,
  pressRun,
  runInPage,
  sentence,
  where,
} from './harness.ts';

const TIME = { timeout: 60_000 };
let lab: Lab;
beforeAll(async () => {
  if (missing === null) lab = await openLab();
}, 60_000);
afterAll(async () => lab?.close());

const picture = (page: Page): Promise<string> => page.locator('#stage-room').innerHTML();

describe.skipIf(missing !== null)('the page', () => {
  it('runs the first example and says why the cycle is not freed', TIME, async () => {
    const { page, errors } = await openPage(lab);
    await moment(page);
    await page.waitForSelector('.moult-picture');
    expect(await sentence(page)).toMatch(/Line 14 deleted the name Object2\. Dict #\d+ fell from 2 to 1, not to 0\./);
    expect(await sentence(page)).toMatch(/still holds it.*only the collector can free them/s);
    expect(await output(page)).toBe('True False');
    expect(await where(page)).toMatch(/^Step 12 of 13/);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('shows the same by any path', TIME, async () => {
    const { page, errors } = await openPage(lab);
    await moment(page);
    const seen = new Map<string, string>();
    const look = async (): Promise<void> => {
      const place = await where(page);
      const now = `${await sentence(page)}\n${await picture(page)}\n${await output(page)}`;
      expect(seen.get(place) ?? now).toBe(now);
      seen.set(place, now);
    };
    await press(page, 'Home');
    await look();
    for (let n = 0; n < 13; n++) {
      await press(page, 'ArrowRight');
      await look();
    }
    for (let n = 0; n < 13; n++) {
      await press(page, 'ArrowLeft');
      await look();
    }
    await press(page, 'End');
    await look();
    expect(seen.size).toBe(14);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('steps by instruction and by call, and switches the level and the view by keys', TIME, async () => {
    const { page, errors } = await runInPage(lab, 'def f(x):\n    return [x]\na = f(1)\nb = f(2)\nprint(a, b)\n');
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.querySelector('#stage-room')?.textContent?.includes('0x'));
    await press(page, 'Shift+ArrowRight');
    expect(await sentence(page)).not.toBe('');
    await page.getByRole('button', { name: 'Instruction' }).click();
    const before = await where(page);
    await press(page, 'ArrowRight');
    await press(page, 'ArrowLeft');
    expect(await where(page)).toBe(before.replace(/^Step.*\n/, ''));
    await page.keyboard.press('2');
    expect(await page.getByRole('tab', { name: 'Collector' }).getAttribute('aria-selected')).toBe('true');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('starts what a link brings only when Run is pressed', TIME, async () => {
    const { page } = await openPage(lab, { hash: linkOf('print("from a link")') });
    await page.waitForSelector('.top .btn.main:not([disabled])');
    await page.waitForTimeout(300);
    expect(await output(page)).toBe('');
    await pressRun(page);
    await moment(page);
    await press(page, 'End');
    expect(await output(page)).toBe('from a link');
    await page.context().close();
  });

  it('gives the moment, the program and the version in a link', TIME, async () => {
    const { page } = await runInPage(lab, 'a = []\nb = [a]\ndel a\n', '3.12');
    await press(page, 'ArrowRight');
    await press(page, 'ArrowRight');
    const at = await where(page);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.waitForFunction(() => location.hash.includes('at='));
    const hash = new URL(page.url()).hash.slice(1);
    const { page: other } = await openPage(lab, { hash });
    await pressRun(other);
    await moment(other);
    expect(await where(other)).toBe(at);
    expect(await other.getByLabel('Version').inputValue()).toBe('3.12');
    await page.context().close();
    await other.context().close();
  });
});

describe.skipIf(missing !== null)('without a network', () => {
  it('the page comes back, runs programs and imports the library', TIME, async () => {
    const { page, errors } = await openPage(lab);
    await moment(page);
    await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready', null, { timeout: 50_000 });
    await page.context().setOffline(true);
    await page.goto(lab.served.address.replace(/#.*/, ''));
    await moment(page);
    await page.goto(`${lab.served.address.replace(/#.*/, '')}?again#${linkOf('import json\nprint(json.dumps({}))')}`);
    await pressRun(page);
    await moment(page);
    await press(page, 'End');
    expect(await output(page)).toBe('{}');
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(missing !== null)('a program', () => {
  it('with a wrong syntax is shown where it is wrong', TIME, async () => {
    const { page, errors } = await runInPage(lab, 'a = 1\nb = = 2\n');
    await page.waitForSelector('.editor .line-error');
    expect(await page.locator('.editor .line-error').innerText()).toBe('SyntaxError: invalid syntax');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('that ends by an exception shows it at its line, and the way to it', TIME, async () => {
    const { page, errors } = await runInPage(lab, 'def f(d):\n    return d["x"]\nf({})\n');
    await page.getByRole('button', { name: 'to the exception' }).click();
    await page.waitForSelector('.editor .line-error');
    expect(await page.locator('.editor .line-error').innerText()).toBe("KeyError: 'x'");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('that asks for input goes on with what is typed', TIME, async () => {
    const { page, errors } = await runInPage(lab, 'a = input("name? ")\nb = input("again? ")\nprint(a + b)\n');
    await press(page, 'End');
    await page.getByLabel('A line for input()').fill('ada');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.term')?.textContent?.includes('again? '));
    await page.getByLabel('A line for input()').fill('lovelace');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.term')?.textContent?.includes('adalovelace'));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('that never ends is stopped, and its run is kept', TIME, async () => {
    const { page, errors } = await openPage(lab, { hash: linkOf('n = 0\nwhile True:\n    n += 1\n') });
    await pressRun(page);
    await page.waitForFunction(() => /so far/.test(document.querySelector('.say')?.textContent ?? ''));
    await page.getByRole('button', { name: 'Stop' }).click();
    await moment(page);
    await press(page, 'End');
    expect(await sentence(page)).toMatch(/Stopped by you after [\d,]+ instructions\.\s+The run so far is kept\./);
    const last = await where(page);
    await press(page, 'ArrowLeft');
    expect(await where(page)).not.toBe(last);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('that never ends in a native call is stopped, too, and the page goes on', TIME, async () => {
    const { page } = await openPage(lab, { hash: linkOf('print(1)\nsum(range(10**13))\n') });
    await pressRun(page);
    await page.waitForTimeout(2000);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.waitForFunction(() =>
      /Stopped(?:\. The program was in a native call| by you after 0)/.test(document.body.textContent ?? ''),
    );
    await page.locator('select[aria-label=Program]').selectOption('cycle.py');
    await moment(page);
    expect(await where(page)).toMatch(/^Step 12 of 13/);
    await page.context().close();
  });

  it('that takes all memory gets a MemoryError', TIME, async () => {
    const { page, errors } = await runInPage(lab, 'a = []\nwhile True:\n    a.append(bytearray(1 << 24))\n');
    await page.getByRole('button', { name: 'to the exception' }).click();
    await page.waitForSelector('.editor .line-error');
    expect(await page.locator('.editor .line-error').innerText()).toBe('MemoryError');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('imports the library module by module', TIME, async () => {
    const { page, errors } = await openPage(lab, {
      hash: linkOf(
        'import importlib, json\nm = importlib.import_module("textwrap")\nprint(json.dumps([m.dedent("  x"), "\\N{SNOWMAN}"]))\n',
      ),
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await pressRun(page);
    await moment(page);
    await press(page, 'End');
    expect(await output(page)).toBe('["x", "\\u2603"]');
    expect(asked.filter((path) => path.endsWith('textwrap.py.z')).length).toBe(1);
    expect(asked.length).toBeLessThan(60);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('of Python 3.8 counts the small ints', TIME, async () => {
    const source = 'import sys\na = 19\nn = sys.getrefcount(a)\nb = a\nprint(sys.getrefcount(a) - n)\n';
    for (const [python, difference] of [
      ['3.8', '1'],
      ['3.13', '0'],
    ] as const) {
      const { page } = await runInPage(lab, source, python);
      await press(page, 'End');
      expect(await output(page)).toBe(difference);
      await page.context().close();
    }
  });
});

describe.skipIf(missing !== null)('for everyone', () => {
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 1024],
    ['dark', 390],
  ] as const) {
    it(`axe finds nothing (${theme}, ${width} wide)`, TIME, async () => {
      const { page } = await openPage(lab, { theme, size: { width, height: 860 } });
      await moment(page);
      await page.waitForSelector('.moult-picture');
      // the page's policy lets no script in but its own: the inspector's way goes round it
      await page.evaluate(axe.source);
      // a card's name begins with what is written at its top, and says its columns in sentences
      const rules = { 'label-content-name-mismatch': { enabled: false } };
      const found = await page.evaluate(
        async (options) => {
          interface Found {
            readonly id: string;
            readonly nodes: readonly { readonly html: string }[];
          }
          type Axe = { run(options: object): Promise<{ violations: readonly Found[] }> };
          const { violations } = await (window as unknown as { axe: Axe }).axe.run(options);
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
        },
        { rules },
      );
      expect(found).toEqual([]);
      await page.context().close();
    });
  }

  it('nothing is wider than the page', TIME, async () => {
    for (const width of [1440, 1024, 720, 390, 320]) {
      const { page } = await openPage(lab, { size: { width, height: 800 } });
      await moment(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.context().close();
    }
  });
});
