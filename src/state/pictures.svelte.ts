import type { Formula } from '../engine/formula/formula.ts';
import type { TopSample } from '../engine/results/explanation.ts';
import type { SampleList, SampleListKind } from '../engine/results/measures.ts';
import type { Evidence } from '../jobs/api.ts';
import { Latest } from './latest.svelte.ts';
import type { Question } from './latest.svelte.ts';
import { readStored, writeStored } from './stored.ts';

/** Sizes of pictures in a grid. */
export const pictureSizes = ['small', 'medium', 'large'] as const;

/** A size of pictures in a grid. */
export type PictureSize = (typeof pictureSizes)[number];

/** What a unit's lists of samples follow from. */
export interface ListQuestion {
  readonly evidence: Evidence;
  readonly unit: number;
  /** Null: the unit has none, and fires nowhere. */
  readonly threshold: number | null;
  /** Null: only the list of samples in which it fires has a meaning. */
  readonly formula: Formula | null;
  /** The strongest samples as the explanation has them: shown where the activations are not kept. */
  readonly top: readonly TopSample[];
}

const sizeKey = 'pictures:size';

/** The three lists of a unit's samples, their names, and how large pictures are shown. */
export class Pictures {
  readonly lists: Readonly<Record<SampleListKind, Latest<SampleList>>> = {
    firing: new Latest<SampleList>(),
    'formula-only': new Latest<SampleList>(),
    'unit-only': new Latest<SampleList>(),
  };
  readonly #names = new Latest<readonly string[]>();
  readonly #evidences = new WeakMap<Evidence, number>();
  #count = 0;
  #topic = $state('');
  #top: readonly TopSample[] = $state.raw([]);
  readonly #strongest: SampleList = $derived.by(() => listOfTop(this.#top));
  #size: PictureSize = $state(storedSize());

  get size(): PictureSize {
    return this.#size;
  }

  set size(size: PictureSize) {
    this.#size = size;
    writeStored(sizeKey, size);
  }

  /** A list once it is there; the one of older settings of the same unit until then; null while there is none. */
  list(kind: SampleListKind): SampleList | null {
    const { answer, fault } = this.lists[kind];
    if (answer?.topic === this.#topic) return answer.value;
    return kind === 'firing' && fault !== null && this.#top.length > 0 ? this.#strongest : null;
  }

  /** A sample's name as far as it is known: its path, or its number. */
  name(sample: number): string {
    return this.#names.answer?.value[sample] ?? `sample ${sample}`;
  }

  /** Asks for the lists, the one that is looked at first, where they are not those asked for already. */
  ask(question: ListQuestion | null, first: SampleListKind): void {
    const asked = question === null || question.threshold === null ? null : question;
    this.#topic = asked ? `${this.#number(asked.evidence)} ${asked.unit}` : '';
    this.#top = asked?.top ?? [];
    const kinds = [first, ...kindsOfLists.filter((kind) => kind !== first)];
    for (const kind of kinds) this.lists[kind].ask(asked && this.#listQuestion(asked, kind));
    const evidence = question?.evidence;
    this.#names.ask(
      evidence
        ? { key: `${this.#number(evidence)}`, topic: `${this.#number(evidence)}`, ask: () => evidence.sampleNames() }
        : null,
    );
  }

  #listQuestion(question: ListQuestion, kind: SampleListKind): Question<SampleList> | null {
    const { evidence, unit, threshold, formula } = question;
    if (threshold === null || (formula === null && kind !== 'firing')) return null;
    return {
      key: `${this.#topic} ${threshold} ${JSON.stringify(formula)}`,
      topic: this.#topic,
      ask: () => evidence.sampleList(unit, threshold, formula, kind),
    };
  }

  #number(evidence: Evidence): number {
    const known = this.#evidences.get(evidence) ?? ++this.#count;
    this.#evidences.set(evidence, known);
    return known;
  }
}

/** The lists in the order of their tabs. */
export const kindsOfLists: readonly SampleListKind[] = ['firing', 'formula-only', 'unit-only'];

/**
 * How well the formula fits the unit inside one picture of a list: positions in both, divided by those in either; null where neither
 * has any.
 */
export function iouInPicture(list: SampleList, index: number): number | null {
  const both = list.inBoth[index];
  const either = list.inMask[index] + list.inFormula[index] - both;
  return either === 0 ? null : both / either;
}

function listOfTop(top: readonly TopSample[]): SampleList {
  const unknown = new Uint32Array(top.length);
  return {
    samples: Uint32Array.from(top, ({ sample }) => sample),
    peaks: Float32Array.from(top, ({ peak }) => peak),
    inMask: unknown,
    inFormula: unknown,
    inBoth: unknown,
  };
}

function storedSize(): PictureSize {
  const stored = readStored(sizeKey);
  return pictureSizes.find((size) => size === stored) ?? 'medium';
}
