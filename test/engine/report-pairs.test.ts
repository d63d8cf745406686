import { describe, expect, it } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { LayerClasses } from '../../src/engine/results/layer-results.ts';
import { pairsHtml } from '../../src/engine/results/report-pairs.ts';
import type { ReportPair } from '../../src/engine/results/report-pairs.ts';
import { reportHtml } from '../../src/engine/results/report-html.ts';
import { options, results } from './support/small-report.ts';

const concepts: readonly Concept[] = ['overlap-0%', '<b>"'].map((name, index) => ({
  id: index as ConceptId,
  number: index,
  name,
  category: index === 0 ? 'overlap' : 'hyp:tok',
}));
const shown: ReportPair = {
  pair: {
    premise: { text: 'A <i>dog</i> runs', spans: [0, 1, 2, 12, 13, 17], tags: [] },
    hypothesis: { text: 'Nobody & runs', spans: [0, 6, 7, 8, 9, 13], tags: [] },
    gold: 'neutral',
    given: null,
  },
  sample: 3,
  name: '<row>',
  peak: 1.23456,
  word: 3,
  marks: [
    { side: 'premise', word: 2, concept: 0 as ConceptId },
    { side: 'hypothesis', word: 2, concept: 0 as ConceptId },
    { side: 'hypothesis', word: 2, concept: 1 as ConceptId },
  ],
};
const classes: LayerClasses = { names: ['Neutral', '<x>'], weights: [[0.5, -1.25]], predicted: [-1, -1, -1, 0] };

describe('pairs in a report', () => {
  it('are text with marked words, the peak underlined, and labels', () => {
    expect(pairsHtml([shown], concepts, classes)).toBe(
      '<ol class="pairs"><li><dl><div><dt>Premise</dt><dd><bdi>A &lt;i&gt;dog&lt;/i&gt; ' +
        '<mark class="material" title="overlap-0%">runs</mark></bdi></dd></div>' +
        '<div><dt>Hypothesis</dt><dd><bdi><u title="the unit peaks here">Nobody</u> &amp; ' +
        '<mark class="scene" title="overlap-0%, &lt;b&gt;&quot;">runs</mark></bdi></dd></div></dl>' +
        '<p class="soft"><bdi>&lt;row&gt;</bdi>, peak 1.235, gold <bdi>neutral</bdi>, predicted <bdi>Neutral</bdi>, right</p></li></ol>',
    );
  });

  it('say that a prediction is wrong, and nothing where there is none', () => {
    const wrong = pairsHtml([shown], concepts, { ...classes, predicted: [0, 0, 0, 1] });
    expect(wrong).toContain('predicted <bdi>&lt;x&gt;</bdi>, wrong');
    expect(pairsHtml([shown], concepts, undefined)).not.toContain('predicted');
    const open = pairsHtml([{ ...shown, pair: { ...shown.pair, gold: null } }], concepts, classes);
    expect(open).toContain('gold <bdi>none</bdi>, predicted <bdi>Neutral</bdi></p>');
  });

  it('are cut where they are very long', () => {
    const words = 3000;
    const text = Array.from({ length: words }, () => 'word').join(' ');
    const spans = Array.from({ length: words }, (_, at) => [5 * at, 5 * at + 4]).flat();
    const long = { ...shown, pair: { ...shown.pair, premise: { text, spans, tags: [] } } };
    const html = pairsHtml(
      [{ ...long, marks: [{ side: 'premise', word: 2000, concept: 1 as ConceptId }] }],
      concepts,
      classes,
    );
    expect(html.length).toBeLessThan(1500);
    expect(html).toMatch(/<dd><bdi>…word .*<mark[^>]*>word<\/mark> .*word…<\/bdi>/);
  });

  it('stand with the unit, and so do class weights', () => {
    const html = [...reportHtml({ ...results, classes }, { ...options, pairs: () => [shown] })].join('');
    expect(html).toContain('<h4>Sentence pairs</h4><ol class="pairs">');
    expect(html).toContain('<dt>Class weights</dt><dd><bdi>Neutral</bdi> +0.500, <bdi>&lt;x&gt;</bdi> −1.250</dd>');
  });
});
