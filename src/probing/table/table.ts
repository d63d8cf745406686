import type { Concept, SampleLabels } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { readConceptRows } from '../concepts-csv.ts';
import { parseCsv, textField } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { fileIn } from '../file-in.ts';
import type { FileTree } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { printShape } from '../npy-header.ts';
import { readNpy } from '../npy.ts';
import type { ProbingOptions } from '../probing-options.ts';
import type { ProbingSet, ProbingSurvey } from '../probing-set.ts';
import { readWordVectors, type ReadVectors } from '../word-vectors.ts';

const MOST_CONCEPTS = 65_534;

/** A concept named `side:word` belongs to a word; a tag (`pre:tag:NN`) has no vector, so nothing is lost by asking for one. */
const SIDE_AND_WORD = /^[^:]+:(.+)$/;

/** A matrix of samples by concepts, row by row, of 0 and 1. */
interface Membership {
  readonly samples: number;
  readonly concepts: number;
  readonly values: ArrayLike<number>;
}

/** The concepts that are probed. */
interface Chosen {
  readonly concepts: readonly Concept[];
  /** By column of concepts.npy: the concept's id, or -1. */
  readonly ids: Int32Array;
  /** Lines for the content hash; none where all are probed. */
  readonly digests: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Opens a table: `concepts.npy`, uint8 or bool [samples, concepts] of 0 and 1, and `concepts.csv` with a row a column of it, in order:
 * number (ascending), name, category. Optional: `samples.csv` with a name a sample, and `vectors.txt` with word vectors, which switch
 * NEIGHBORS on for concepts named `side:word`. A sample has one position.
 *
 * The content hash covers the bytes of concepts.npy, concepts.csv and samples.csv, and size and stamp of vectors.txt.
 *
 * @throws Fault naming the file, and row, sample or line
 */
export async function openTable(tree: FileTree, options: Pick<ProbingOptions, 'categories'> = {}): Promise<ProbingSet> {
  const digests: string[] = [];
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await fileIn(tree, name).bytes();
    digests.push(`${name} ${await sha256(bytes)}`);
    return bytes;
  };
  const membership = readMembership(await read('concepts.npy'));
  const all = readConcepts(await read('concepts.csv'), membership.concepts);
  const chosen = chooseConcepts(all, options.categories, tree.name);
  const { concepts } = chosen;
  const names = tree.files.has('samples.csv') ? readNames(await read('samples.csv'), membership.samples) : undefined;

  const vectorFile = tree.files.get('vectors.txt');
  const vectors = vectorFile && (await readWordVectors(vectorFile, conceptWords(concepts)));
  if (vectorFile !== undefined) digests.push(`vectors.txt ${vectorFile.size} ${vectorFile.stamp}`);

  return {
    format: 'table',
    title: tree.name,
    concepts,
    categories: categoriesOf(concepts),
    sampleCount: membership.samples,
    grid: { height: 1, width: 1 },
    contentHash: await sha256(['table 1', ...digests, ...chosen.digests].join('\n')),
    survey: surveyOf(membership, all, categoriesOf(concepts)),
    ...(vectors && { vectors: vectors.vectors }),
    notes: [...chosen.notes, ...(vectors ? vectorNotes(vectors, concepts) : [])],
    sampleName: (sample) => names?.[sample] ?? `row ${sample}`,
    labels: async (sample) => rowLabels(membership, sample, chosen.ids),
    picture: async () => undefined,
  };
}

function readMembership(bytes: Uint8Array): Membership {
  const { dtype, shape, data } = readNpy(bytes, 'concepts.npy');
  if (dtype !== 'uint8' && dtype !== 'bool') throw probingFaults['npy-type']('concepts.npy', dtype, 'uint8 or bool');
  if (shape.length !== 2 || shape.includes(0)) {
    throw probingFaults['npy-shape']('concepts.npy', printShape(shape), '(samples, concepts), each at least 1,');
  }
  const [samples, concepts] = shape;
  if (concepts > MOST_CONCEPTS) throw probingFaults['too-many-concepts']('concepts.npy', concepts, MOST_CONCEPTS);
  const wrong = data.findIndex((value) => value > 1);
  if (wrong !== -1) throw probingFaults['not-binary'](Math.floor(wrong / concepts), wrong % concepts, data[wrong]);
  return { samples, concepts, values: data };
}

function readConcepts(bytes: Uint8Array, columns: number): Concept[] {
  let before = -1;
  const concepts = readConceptRows(bytes, 'concepts.csv').map(({ row, number, name, category }, index): Concept => {
    if (number <= before) throw probingFaults['not-ascending'](row, number, before);
    before = number;
    return { id: index as ConceptId, number, name, category };
  });
  if (concepts.length !== columns) throw probingFaults['concept-count'](concepts.length, columns);
  return concepts;
}

function readNames(bytes: Uint8Array, samples: number): string[] {
  const table = parseCsv(bytes, 'samples.csv', ['name']);
  if (table.rows.length !== samples) throw probingFaults['sample-count'](table.rows.length, samples);
  return table.rows.map((row) => textField(table, row, 'name'));
}

function conceptWords(concepts: readonly Concept[]): ReadonlySet<string> {
  return new Set(concepts.map(({ name }) => wordOf(name)).filter((word) => word !== undefined));
}

/** Keeps the concepts of the categories asked for; ids are dense again. */
function chooseConcepts(all: readonly Concept[], wanted: readonly string[] | undefined, title: string): Chosen {
  const known = categoriesOf(all);
  const kept = all.filter(({ category }) => wanted?.includes(category) ?? true);
  if (kept.length === 0)
    throw probingFaults['no-chosen-categories']((wanted ?? []).join(', '), title, known.join(', '));
  const ids = new Int32Array(all.length).fill(-1);
  kept.forEach(({ id }, place) => (ids[id] = place));
  const unknown = (wanted ?? []).filter((category) => !known.includes(category));
  return {
    concepts: kept.map((concept, place) => ({ ...concept, id: place as ConceptId })),
    ids,
    digests: kept.length === all.length ? [] : [`categories ${categoriesOf(kept).join(',')}`],
    notes: unknown.length === 0 ? [] : [`concepts.csv has no concept of ${unknown.join(', ')}.`],
  };
}

function categoriesOf(concepts: readonly Concept[]): string[] {
  return Array.from(new Set(concepts.map(({ category }) => category)));
}

function surveyOf(membership: Membership, concepts: readonly Concept[], probed: readonly string[]): ProbingSurvey {
  const names = categoriesOf(concepts);
  const categoryOf = Int32Array.from(concepts, ({ category }) => names.indexOf(category));
  const counts = new Float64Array(names.length);
  const last = new Int32Array(names.length).fill(-1);
  for (let sample = 0, at = 0; sample < membership.samples; sample += 1) {
    for (let concept = 0; concept < categoryOf.length; concept += 1, at += 1) {
      const category = categoryOf[concept];
      if (membership.values[at] === 0 || last[category] === sample) continue;
      last[category] = sample;
      counts[category] += 1;
    }
  }
  const categories = names.map((name, at) => ({
    name,
    concepts: concepts.filter(({ category }) => category === name).length,
    samples: counts[at],
    probed: probed.includes(name),
  }));
  return { layout: 'Table of concepts', categories, splits: [], colors: 'none' };
}

function rowLabels(membership: Membership, sample: number, ids: Int32Array): SampleLabels {
  const { concepts, values } = membership;
  const everywhere: ConceptId[] = [];
  for (let concept = 0; concept < concepts; concept += 1) {
    if (values[sample * concepts + concept] === 1 && ids[concept] >= 0) everywhere.push(ids[concept] as ConceptId);
  }
  return { planes: [], everywhere };
}

function vectorNotes({ vectors, onlyConcepts }: ReadVectors, concepts: readonly Concept[]): string[] {
  const known = new Set(vectors.words);
  const count = concepts.filter(({ name }) => known.has(wordOf(name) ?? '')).length;
  const notes = [`${count} of the ${concepts.length} concepts have a word vector.`];
  if (onlyConcepts) {
    notes.push('vectors.txt is too large to keep whole: nearest words are sought among the words of concepts only.');
  }
  return notes;
}

/** The word of a concept named `side:word`. */
function wordOf(name: string): string | undefined {
  return SIDE_AND_WORD.exec(name)?.[1];
}
