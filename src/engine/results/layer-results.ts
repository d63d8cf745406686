import type { Concept, Grid } from '../concepts.ts';
import type { PairEncoding } from '../text/pair-encoding.ts';
import type { ExplainSettings, UnitExplanation } from './explanation.ts';

/** What a probing set was, as results keep it. */
export interface ProbingProvenance {
  readonly format: string;
  readonly title: string;
  readonly contentHash: string;
  readonly sampleCount: number;
  readonly grid: Grid;
  readonly notes: readonly string[];
  /** True where pictures and masks are drawn by a program; the page says so. */
  readonly synthetic: boolean;
  /** Positions counted, where they do not follow from samples and grid: of cells that were read from files. */
  readonly positions?: number;
}

/** How samples became a model's input. */
export type FeedProvenance =
  | {
      readonly kind: 'pictures';
      /** The preprocessing as it was applied (src/onnx/preprocess.ts). */
      readonly preprocessing: unknown;
      readonly height: number;
      readonly width: number;
    }
  | { readonly kind: 'pairs'; readonly encoding: PairEncoding };

/** What a model that sorts samples into classes says of them, and what it makes of a layer's units. */
export interface LayerClasses {
  /** Name of the tensor with a number for each class; absent of results kept before it was noted. */
  readonly output?: string;
  /** In the order of the model's output. */
  readonly names: readonly string[];
  /**
   * `[units][classes]` weights of the linear layer that reads the units (paper, section 4.2: w_entail, w_neutral, w_contra); null where no
   * linear layer reads them.
   */
  readonly weights: readonly (readonly number[])[] | null;
  /** `[samples]` the class with the largest output, as an index into `names`; -1 for samples that were not read. */
  readonly predicted: readonly number[];
}

/** Where activations came from: a model that was run, or a file that was given. */
export type ActivationProvenance =
  | {
      readonly kind: 'model';
      readonly name: string;
      /** Hex SHA-256 of the model file. */
      readonly hash: string;
      /** Name of the probed tensor. */
      readonly layer: string;
      readonly operator: string;
      readonly feed: FeedProvenance;
      /** `webgpu` or `wasm`. */
      readonly provider: string;
      readonly providerNote: string;
      readonly runtimeVersion: string;
    }
  | { readonly kind: 'file'; readonly name: string; readonly hash: string };

/** Explanations of the units of one layer, with everything needed to say how they were made. */
export interface LayerResults {
  /** Identifier under which the results are kept. */
  readonly key: string;
  /** ISO 8601 time. */
  readonly madeAt: string;
  /** Samples read, spread evenly over the probing set; fewer than it has where a run was asked for fewer. */
  readonly samplesRead: number;
  /** Milliseconds from Run to the last unit. */
  readonly tookMs: number;
  readonly probing: ProbingProvenance;
  readonly activations: ActivationProvenance;
  readonly settings: ExplainSettings;
  /** First and last unit explained, inclusive. */
  readonly unitRange: readonly [number, number];
  /** Units of the layer. */
  readonly unitCount: number;
  readonly categories: readonly string[];
  readonly concepts: readonly Concept[];
  /** By unit, ascending. */
  readonly units: readonly UnitExplanation[];
  /** Absent where the model has no output of classes, was not run, or was not asked for them. */
  readonly classes?: LayerClasses;
}
