import type { Concept, Grid, SampleLabels, WordVectors } from '../engine/concepts.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import type { PairSurvey } from './pairs/pair-survey.ts';

/** A sample's picture: a file's bytes still to be decoded, or pixels. */
export type Picture =
  | { readonly kind: 'encoded'; readonly bytes: Uint8Array<ArrayBuffer>; readonly mime: string; readonly name: string }
  | { readonly kind: 'pixels'; readonly pixels: PixelImage };

/** 8-bit pixels, four values each (red, green, blue, alpha), row by row. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Layouts that are read; see docs/formats.md. */
export type ProbingFormat =
  | 'broden'
  | 'table'
  | 'scenes'
  | 'ade20k'
  | 'scene-parsing'
  | 'coco'
  | 'coco-panoptic'
  | 'coco-stuff'
  | 'voc'
  | 'cityscapes'
  | 'folders'
  | 'classes'
  | 'boxes'
  | 'pairs'
  | 'entailment';

/** What a probing set holds, known before any annotation is read. */
export interface ProbingSurvey {
  /** Name of the layout for people: `ADE20K, full release`. */
  readonly layout: string;
  /** All categories that have concepts, probed or not, in the source's order. */
  readonly categories: readonly CategorySurvey[];
  /** All splits, in the source's order; none where it has no splits. */
  readonly splits: readonly SplitSurvey[];
  /** Whether color concepts come from the source, are computed from the pixels, or are not to be had. */
  readonly colors: 'given' | 'computed' | 'off' | 'none';
  /** How sentence pairs were read; absent where samples are none. */
  readonly pairs?: PairSurvey;
}

/** A category before anything is computed. */
export interface CategorySurvey {
  readonly name: string;
  /** Concepts of the category that the source lists. */
  readonly concepts: number;
  /** Samples (of the chosen splits) with annotations of the category; null where only reading them tells. */
  readonly samples: number | null;
  readonly probed: boolean;
}

/** A split before anything is computed. */
export interface SplitSurvey {
  readonly name: string;
  readonly samples: number;
  readonly chosen: boolean;
}

/**
 * A probing set: samples whose positions carry concepts. Readers give this one form, whatever the files look like.
 *
 * Samples are read one at a time and never held; `labels` and `picture` may be called in any order and more than once.
 */
export interface ProbingSet {
  /** Which reader made it. */
  readonly format: ProbingFormat;
  /** Short name for people: the folder's, the zip's, the sample's. */
  readonly title: string;
  readonly concepts: readonly Concept[];
  /** Category names in the order of the source; every concept's category is one of them. */
  readonly categories: readonly string[];
  readonly sampleCount: number;
  readonly grid: Grid;
  /** Hex SHA-256 that changes when the contents do; see each reader for what goes into it. */
  readonly contentHash: string;
  readonly survey: ProbingSurvey;
  /** Word vectors, where the set has them; they switch NEIGHBORS on. */
  readonly vectors?: WordVectors;
  /** What a person should know about how it was read, a sentence each: rows left out, files ignored. */
  readonly notes: readonly string[];
  /** Name of a sample: its picture's path, or its row. */
  sampleName(sample: number): string;
  /** @throws Fault naming file, row or field, if the sample's annotation cannot be read */
  labels(sample: number): Promise<SampleLabels>;
  /** The picture, or undefined where samples have none. @throws Fault naming the file */
  picture(sample: number): Promise<Picture | undefined>;
  /** The two sentences of a sample; absent where samples are no sentence pairs. */
  readonly pair?: (sample: number) => SentencePair;
}
