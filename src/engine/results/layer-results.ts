import type { Concept, Grid } from '../concepts.ts';
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
      /** The preprocessing as it was applied (src/onnx/preprocess.ts). */
      readonly preprocessing: unknown;
      readonly inputHeight: number;
      readonly inputWidth: number;
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
}
