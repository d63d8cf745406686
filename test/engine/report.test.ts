import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogram } from '../../src/engine/results/report-charts.ts';
import { reportHtml } from '../../src/engine/results/report-html.ts';
import { reportScript, reportScriptHash } from '../../src/engine/results/report-script.ts';
import { reportStyle, reportStyleHash } from '../../src/engine/results/report-style.ts';
import { escaped } from '../../src/engine/results/report-text.ts';
import { hostile, options, pieces, results } from './support/small-report.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const voids = new Set(['meta', 'img']);

/** Tags as they open and close; throws where they do not match or where text has a bare `<`. */
function tagsOf(html: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const body = html
    .replace('<!doctype html>', '')
    .replace(`<style>${reportStyle}</style>`, '<style></style>')
    .replace(`<script>${reportScript}</script>`, '<script></script>');
  const rest = body.replace(
    /<(\/?)([a-z][a-z0-9]*)((?: [a-z0-9-]+(?:="[^"<]*")?)*)>/gi,
    (_, slash: string, name: string) => {
      if (slash && open.pop() !== name) throw new Error(`</${name}> closes nothing.`);
      if (!slash) {
        seen.push(name);
        if (!voids.has(name)) open.push(name);
      }
      return '';
    },
  );
  if (open.length > 0) throw new Error(`${open.join(', ')} stay open.`);
  if (/[<>]/.test(rest))
    throw new Error(`Text has markup: ${rest.slice(rest.search(/[<>]/), rest.search(/[<>]/) + 80)}`);
  return seen;
}

describe('the report', () => {
  it('is well-formed, its tags those of the report only, however hostile the names are', () => {
    const tags = tagsOf(pieces().join(''));
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(1);
    expect(tags.filter((tag) => tag === 'article')).toHaveLength(4);
    expect(tags.filter((tag) => tag === 'img')).toHaveLength(6);
  });

  it('stays so for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const concepts = results.concepts.map((concept) => ({ ...concept, name, category: name }));
        const named = { ...results, concepts, probing: { ...results.probing, title: name } };
        const before = tagsOf(pieces().join(''));
        expect(tagsOf([...reportHtml(named, { ...options, sentence: () => name })].join(''))).toEqual(before);
      }),
      { numRuns: 40 },
    );
    expect(escaped(`a${hostile}\ud800\u0001\ufffe`)).toMatch(/^a&lt;script&gt;.*\ufffd\ufffd\ufffd$/);
  });

  it('comes in pieces, one a row and one a unit, each made when it is pulled', () => {
    const asked: number[] = [];
    const report = reportHtml(results, {
      ...options,
      pictures: ({ unit }) => {
        asked.push(unit);
        return [];
      },
    });
    const found = Array.from({ length: 6 }, () => report.next().value ?? '');
    expect(asked).toEqual([]);
    expect(found[1]).toContain('href="#unit-0"');
    expect(report.next().value).toContain('id="unit-0"');
    expect(asked).toEqual([0]);
    expect([...report]).toHaveLength(4);
    expect(asked).toEqual([0, 1, 2, 3]);
  });

  it('has a policy that lets its own script and style run and nothing load', () => {
    expect(reportScriptHash).toBe(sha256(reportScript));
    expect(reportStyleHash).toBe(sha256(reportStyle));
    const [head] = pieces();
    expect(head).toContain(`default-src 'none'; img-src data:; style-src 'sha256-${sha256(reportStyle)}'`);
  });

  it("has the page's colors", () => {
    const tokens = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');
    const [light, dark] = tokens.split(":root[data-theme='dark']");
    const colorsOf = (css: string): string[] => css.match(/--[a-z-]+: #[0-9a-f]{6}/g) ?? [];
    const [inLight, inDark] = reportStyle.split('@media screen').map(colorsOf);
    expect(inLight.length).toBeGreaterThan(20);
    expect(colorsOf(light)).toEqual(expect.arrayContaining(inLight));
    expect(colorsOf(dark)).toEqual(expect.arrayContaining(inDark));
    expect(inDark).toHaveLength(inLight.length);
  });

  it('says the same as before', () => {
    const html = pieces()
      .join('')
      .replace(reportStyle, '')
      .replace(reportScript, '')
      .replaceAll(/sha256-[^']+/g, 'sha256')
      .replaceAll(/\d+\.\d{3,}/g, (number) => Number(number).toFixed(2))
      .replaceAll(/(<\/?(?:section|article|h[1-4]|dl|table|tr|svg|details|figure|ol|p)\b)/g, '\n$1');
    expect(html).toMatchSnapshot();
  });
});

describe('the histogram', () => {
  it('counts every IoU once, in at most 30 bars that begin at 0', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (ious) => {
        const bars = histogram(ious);
        expect(bars.length).toBeLessThanOrEqual(30);
        expect(bars[0].from).toBe(0);
        for (const [i, { from, to, count }] of bars.entries()) {
          if (i > 0) expect(from).toBe(bars[i - 1].to);
          // An IoU within rounding of an edge may fall on either side.
          const within = (slack: number): number =>
            ious.filter((iou) => iou >= from - slack && iou < to + slack).length;
          expect(count).toBeLessThanOrEqual(within(1e-6));
        }
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(ious.length);
      }),
    );
  });
});
