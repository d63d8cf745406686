import type { Concept } from '../concepts.ts';
import { categoryHue } from '../formula/category-hue.ts';
import type { WordMark } from '../text/pair-facts.ts';
import { sentenceRuns, wordOnSide, worthShowing } from '../text/sentence-runs.ts';
import type { SentenceRun } from '../text/sentence-runs.ts';
import type { SentencePair, Side } from '../text/sentence-pair.ts';
import type { LayerClasses } from './layer-results.ts';
import { escaped } from './report-text.ts';

/** A sentence pair in a report. */
export interface ReportPair {
  readonly pair: SentencePair;
  readonly sample: number;
  /** What the probing set calls it. Plain text. */
  readonly name: string;
  /** The unit's largest activation. */
  readonly peak: number;
  /** Word where that lies, words of the hypothesis counted behind those of the premise; -1: not known, or none. */
  readonly word: number;
  /** Words that make the unit's formula true. */
  readonly marks: readonly WordMark[];
}

/** Characters of a sentence that a report holds; what is longer is cut, around its marked words. */
const room = 600;

/** Sentence pairs as text: marked words in their concepts' colors, gold label, prediction. */
export function pairsHtml(
  pairs: readonly ReportPair[],
  concepts: readonly Concept[],
  classes: LayerClasses | undefined,
): string {
  const items = pairs.map((shown) => {
    const { pair, name, peak } = shown;
    const place = classes?.predicted[shown.sample] ?? -1;
    const predicted = place < 0 ? undefined : classes?.names[place];
    const right = pair.gold !== null && predicted?.toLowerCase() === pair.gold.toLowerCase();
    const verdict = pair.gold === null ? '' : right ? ', right' : ', wrong';
    const told = [
      `<bdi>${escaped(name)}</bdi>`,
      `peak ${Number(peak.toPrecision(4))}`,
      `gold <bdi>${escaped(pair.gold ?? 'none')}</bdi>`,
      ...(predicted === undefined ? [] : [`predicted <bdi>${escaped(predicted)}</bdi>${verdict}`]),
    ];
    return [
      '<li><dl>',
      `<div><dt>Premise</dt><dd>${sentenceHtml(shown, 'premise', concepts)}</dd></div>`,
      `<div><dt>Hypothesis</dt><dd>${sentenceHtml(shown, 'hypothesis', concepts)}</dd></div>`,
      `</dl><p class="soft">${told.join(', ')}</p></li>`,
    ].join('');
  });
  return `<ol class="pairs">${items.join('')}</ol>`;
}

function sentenceHtml({ pair, marks, word }: ReportPair, side: Side, concepts: readonly Concept[]): string {
  const told = { side, marks, peak: wordOnSide(word, side, pair) };
  const stretch = worthShowing(pair[side], told, room);
  const runs = sentenceRuns(pair[side], told, stretch).map((run) => runHtml(run, concepts));
  return `<bdi>${stretch.from > 0 ? '…' : ''}${runs.join('')}${stretch.to < pair[side].text.length ? '…' : ''}</bdi>`;
}

function runHtml({ text, concepts: marked, peak }: SentenceRun, concepts: readonly Concept[]): string {
  const word = peak ? `<u title="the unit peaks here">${escaped(text)}</u>` : escaped(text);
  if (marked.length === 0) return word;
  const own = marked.map((id) => concepts[id]);
  // A word or a tag says more than that both sentences share it.
  const { category } = own.find((concept) => concept.category !== 'overlap') ?? own[0];
  const names = own.map(({ name }) => name).join(', ');
  return `<mark class="${categoryHue(category)}" title="${escaped(names)}">${word}</mark>`;
}
