import type { ConceptId } from '../ids.ts';
import type { WordMark } from './pair-facts.ts';
import type { Sentence, SentencePair, Side } from './sentence-pair.ts';

/** A piece of a sentence: a word that is told from others, or the text up to the next such word. */
export interface SentenceRun {
  readonly text: string;
  /** Number of the word in its sentence; -1 for what lies between. */
  readonly word: number;
  /** Concepts that the word makes true, each once, in the order of the marks. */
  readonly concepts: readonly ConceptId[];
  /** Whether the unit's largest activation lies at this word. */
  readonly peak: boolean;
}

/** A stretch of a text: from a character, up to another (exclusive), in UTF-16 units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Which words of a sentence are told from others. */
export interface MarkedWords {
  readonly side: Side;
  /** Marks of both sentences; those of the other side are passed over. */
  readonly marks: readonly WordMark[];
  /** Number of the word where the unit peaks; -1: none. */
  readonly peak: number;
}

/**
 * A word of a pair, words of the premise counted from 0 and those of the hypothesis behind them, as a word of one sentence.
 *
 * @returns its number in the sentence of that side; -1 where it lies in the other, or nowhere
 */
export function wordOnSide(word: number, side: Side, { premise, hypothesis }: SentencePair): number {
  const before = premise.spans.length / 2;
  const own = side === 'premise' ? word : word - before;
  const count = side === 'premise' ? before : hypothesis.spans.length / 2;
  return own >= 0 && own < count ? own : -1;
}

/** A sentence cut at its marked words; the texts of the runs together are the text of the stretch, the whole one unless told. */
export function sentenceRuns(
  { text, spans }: Pick<Sentence, 'text' | 'spans'>,
  { side, marks, peak }: MarkedWords,
  { from, to }: Stretch = { from: 0, to: text.length },
): readonly SentenceRun[] {
  const runs: SentenceRun[] = [];
  let at = from;
  for (const [word, concepts] of conceptsOfWords(side, marks, peak)) {
    const [start, end] = [Math.max(at, spans[2 * word]), Math.min(to, spans[2 * word + 1])];
    if (!(start < end)) continue;
    if (start > at) runs.push(between(text.slice(at, start)));
    runs.push({ text: text.slice(start, end), word, concepts: [...concepts], peak: word === peak });
    at = end;
  }
  if (at < to) runs.push(between(text.slice(at, to)));
  return runs;
}

/**
 * The stretch of a sentence that is worth showing where there is room for some characters only: all of it, its beginning, or, where no
 * marked word lies in the beginning, what lies around the first one (around the peak, where none is marked). Begins and ends between words where there are any.
 *
 * @param room characters, above 0; the stretch has no more
 */
export function worthShowing(
  { text, spans }: Pick<Sentence, 'text' | 'spans'>,
  { side, marks, peak }: MarkedWords,
  room: number,
): Stretch {
  if (text.length <= room) return { from: 0, to: text.length };
  const marked = [...conceptsOfWords(side, marks, -1).keys()];
  const words = marked.length > 0 || peak < 0 ? marked : [peak];
  const first = words.at(0);
  let from = 0;
  if (first !== undefined && words.every((word) => spans[2 * word + 1] > room)) {
    const lead = Math.max(0, spans[2 * first] - Math.floor(room / 3));
    from = Math.min(firstStart(spans, lead) ?? lead, spans[2 * first]);
    // What leads to a long word must leave room for it.
    if (spans[2 * first + 1] > from + room) from = spans[2 * first];
  }
  const end = Math.min(text.length, from + room);
  return { from, to: end === text.length ? end : (lastEnd(spans, from, end) ?? end) };
}

function between(text: string): SentenceRun {
  return { text, word: -1, concepts: [], peak: false };
}

function conceptsOfWords(
  side: Side,
  marks: readonly WordMark[],
  peak: number,
): ReadonlyMap<number, ReadonlySet<ConceptId>> {
  const concepts = new Map<number, Set<ConceptId>>();
  if (peak >= 0) concepts.set(peak, new Set());
  for (const mark of marks) {
    if (mark.side !== side) continue;
    const known = concepts.get(mark.word);
    if (known) known.add(mark.concept);
    else concepts.set(mark.word, new Set([mark.concept]));
  }
  return new Map([...concepts].sort(([one], [other]) => one - other));
}

function firstStart(spans: readonly number[], least: number): number | undefined {
  for (let at = 0; at < spans.length; at += 2) if (spans[at] >= least) return spans[at];
  return undefined;
}

function lastEnd(spans: readonly number[], from: number, most: number): number | undefined {
  let found: number | undefined;
  for (let at = 1; at < spans.length && spans[at] <= most; at += 2) if (spans[at] > from) found = spans[at];
  return found;
}
