import * as plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { analysisOf, type Analysis } from '../../src/engine/analysis/analysis.ts';
import { analysisCsv, analysisTables } from '../../src/engine/analysis/analysis-files.ts';
import { analysisJson } from '../../src/engine/analysis/analysis-json.ts';
import { formulaText } from '../../src/engine/formula/print.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { analysisHtml, sectionsOf } from '../../src/figures/report/analysis-html.ts';
import { wholeAnalysis } from '../../src/state/whole-analysis.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const drawing = { plot, document };

const evidence = new FakePairEvidence();
const analysed = (results: LayerResults): Promise<Analysis> =>
  wholeAnalysis(results, evidence, {
    ablation: null,
    onStep: () => undefined,
    signal: new AbortController().signal,
  });

/** Formulas of the made-up units, as text. */
function formulaOf(wanted: number): string | null {
  const { units, concepts } = fakePairResults;
  const best = units.find(({ unit }) => unit === wanted)?.best;
  return best ? formulaText(best.formula, (id) => concepts[id].name) : null;
}

const written = (results: LayerResults, analysis: Analysis): string =>
  [...analysisHtml(results, analysis, drawing)].join('');

describe('an analysis made in steps, as the page does', async () => {
  const analysis = await analysed(fakePairResults);

  it('has the numbers of one made at once, as the command line does', async () => {
    const tallies = await evidence.unitTallies();
    const { kinds, measures } = analysis;
    expect(kinds?.units.length).toBeGreaterThan(0);
    expect(measures).not.toBeNull();
    const atOnce = analysisOf(fakePairResults, tallies, null, { kinds, measures });
    expect(analysisJson(fakePairResults, analysis)).toBe(analysisJson(fakePairResults, atOnce));
    expect(analysisCsv(fakePairResults, analysis)).toEqual(analysisCsv(fakePairResults, atOnce));
  });

  it('tells its steps, and ends between two of them', async () => {
    const stop = new AbortController();
    const steps: string[] = [];
    const onStep = (step: string): void => {
      steps.push(step);
      if (steps.length === 3) stop.abort(new Error('stopped'));
    };
    await expect(
      wholeAnalysis(fakePairResults, evidence, { ablation: null, onStep, signal: stop.signal }),
    ).rejects.toThrow('stopped');
    expect(steps).toEqual(['IoU by length', 'How varied formulas are', 'Kinds of units']);
  });

  it('has a table for each analysis but those that were not made', () => {
    const tables = analysisCsv(fakePairResults, analysis);
    expect(Object.keys(tables)).toEqual(analysisTables);
    for (const [name, text] of Object.entries(tables)) {
      if (name.startsWith('ablation')) expect(text).toBeNull();
      else expect(text?.split('\n').length).toBeGreaterThanOrEqual(name === 'measures.csv' ? 2 : 3);
    }
  });
});

describe('the report of an analysis', async () => {
  const results = fakePairResults;
  const analysis = await analysed(results);
  const html = written(results, analysis);
  const page = parseHTML(html).document;

  it('answers each question, draws its charts, and has their numbers in full', () => {
    const sections = sectionsOf(analysis, formulaOf);
    const titles = [...page.querySelectorAll('main h2')].map((heading) => heading.textContent);
    expect(titles).toEqual([...sections.map(({ title }) => title), 'The units', 'How it was made']);
    expect(page.querySelectorAll('figure svg[role=img]').length).toBeGreaterThanOrEqual(4);
    for (const { id, answer, figures } of sections) {
      const section = page.querySelector(`section[aria-labelledby=${id}]`);
      expect(section?.querySelector('.answer')?.textContent).toBe(answer);
      for (const { title, table } of figures) {
        const numbers = [...(section?.querySelectorAll('[role=region]') ?? [])].find(
          (region) => region.getAttribute('aria-label') === title,
        );
        const rows = [...(numbers?.querySelectorAll('tbody tr') ?? [])].map((row) =>
          [...row.querySelectorAll('td')].map((cell) => cell.textContent),
        );
        expect(rows).toEqual(table.rows.map((row) => row.map((value) => (value === null ? '' : String(value)))));
      }
    }
  });

  it('names each unit with its formula', () => {
    const rows = [...page.querySelectorAll('section[aria-labelledby=units] tbody tr')];
    expect(rows.map((row) => Number(row.querySelector('td')?.textContent))).toEqual(
      results.units.map(({ unit }) => unit),
    );
  });

  it('loads nothing, runs nothing, and is the same each time', () => {
    expect(page.querySelectorAll('script, link, img, iframe, object').length).toBe(0);
    expect(page.querySelector('meta[http-equiv=Content-Security-Policy]')?.getAttribute('content')).toContain(
      "default-src 'none'",
    );
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(written(results, analysis)).toBe(html);
  });

  it('says what was not made', () => {
    const bare = sectionsOf(analysisOf(results, null), () => null);
    expect(bare.map(({ id, answer }) => [id, answer])).toEqual(
      expect.arrayContaining([
        ['accuracy', 'It is not known how often the model is right: predictions or gold labels are missing.'],
        ['kinds', 'Kinds were not suggested.'],
        ['ablation', 'No units were switched off.'],
        ['measures', 'Nothing was measured: activations are not at hand.'],
      ]),
    );
  });
});

describe('names from files', () => {
  const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> "'&]]>`;

  it('stay text, wherever they stand', async () => {
    const named: LayerResults = {
      ...fakePairResults,
      probing: { ...fakePairResults.probing, title: hostile },
      concepts: fakePairResults.concepts.map((concept) => ({ ...concept, name: hostile })),
      ...(fakePairResults.classes && {
        classes: {
          ...fakePairResults.classes,
          names: fakePairResults.classes.names.map((name) => `${name}${hostile}`),
        },
      }),
    };
    const html = written(named, await analysed(named));
    const page = parseHTML(html).document;
    expect(page.querySelectorAll('script, img').length).toBe(0);
    expect(page.querySelector('header')?.textContent).toContain(hostile);
  });
});
