import type { Concept } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { probingFaults } from '../errors.ts';
import type { ProbingOptions } from '../probing-options.ts';
import type { AnnotatedSource, SourceLabels } from './annotated-source.ts';

/** What of a source is probed. */
export interface Choice {
  /** In the source's order. */
  readonly categories: readonly string[];
  /** Names of the chosen splits; undefined where the source has none. */
  readonly splits: readonly string[] | undefined;
  /** Numbers of the chosen samples among the source's, ascending. */
  readonly samples: Uint32Array;
  /** The probed concepts, in the source's order; ids are dense. */
  readonly concepts: readonly Concept[];
  /** By a source's plane value (its concept's place + 1, or 0): id + 1, or 0 where it is not probed. */
  readonly values: Uint16Array;
  /** Names asked for that the source does not have, a sentence each. */
  readonly notes: readonly string[];
}

/** All splits of a source, in the order they are met. */
export function splitsOf(source: AnnotatedSource): readonly string[] {
  return Array.from(new Set(source.samples.flatMap(({ split }) => split ?? [])));
}

/**
 * Chooses categories and splits. Samples that belong to no split are always read.
 *
 * @param categories names of those wanted; unless given, all
 * @throws Fault, if nothing is left
 */
export function choose(source: AnnotatedSource, { categories: wanted, splits: wantedSplits }: ProbingOptions): Choice {
  const categories = source.categories.filter((category) => wanted?.includes(category) ?? true);
  const known = source.categories.join(', ');
  if (categories.length === 0)
    throw probingFaults['no-chosen-categories']((wanted ?? []).join(', '), source.title, known);

  const all = splitsOf(source);
  const splits = all.filter((split) => wantedSplits?.includes(split) ?? true);
  const chosen = (split: string | undefined): boolean => split === undefined || splits.includes(split);
  const samples = Uint32Array.from(source.samples.flatMap(({ split }, sample) => (chosen(split) ? sample : [])));
  if (samples.length === 0) {
    throw wantedSplits === undefined || all.length === 0
      ? probingFaults['no-samples'](source.title, source.layout)
      : probingFaults['no-chosen-splits'](wantedSplits.join(', '), source.title, all.join(', '));
  }

  const values = new Uint16Array(source.concepts.length + 1);
  const concepts: Concept[] = [];
  source.concepts.forEach(({ number, name, category }, place) => {
    if (!categories.includes(category)) return;
    values[place + 1] = concepts.length + 1;
    concepts.push({ id: concepts.length as ConceptId, number, name, category });
  });
  if (concepts.length === 0) throw probingFaults['no-concepts'](source.title, categories.join(', '));

  const notes = [
    ...unknownNote(source.title, 'category', 'categories', wanted, source.categories),
    ...unknownNote(source.title, 'split', 'splits', wantedSplits, all),
  ];
  return { categories, splits: all.length === 0 ? undefined : splits, samples, concepts, values, notes };
}

/** A sample's annotation in ids of the probed concepts. */
export function inIds(labels: SourceLabels, { values }: Choice): { planes: Uint16Array[]; everywhere: ConceptId[] } {
  const planes = labels.planes.map((plane) => plane.map((value) => values[value]));
  const everywhere = new Set(labels.everywhere.map((place) => values[place + 1]));
  return { planes, everywhere: Array.from(everywhere, (value) => (value - 1) as ConceptId).filter((id) => id >= 0) };
}

function unknownNote(
  title: string,
  one: string,
  many: string,
  wanted: readonly string[] = [],
  known: readonly string[],
): string[] {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return [];
  return [`${title} has no ${unknown.length === 1 ? one : many} ${unknown.join(', ')}.`];
}
