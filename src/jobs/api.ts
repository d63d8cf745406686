import type { Concept, Grid } from '../engine/concepts.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults, ProbingProvenance } from '../engine/results/layer-results.ts';

/** Names of the embedded samples. */
export type SampleName = 'scenes' | 'coco-mobilenet';

/** A file with its path inside what was dropped or picked. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** Where a probing set comes from. */
export type ProbingSource =
  | { readonly kind: 'sample'; readonly name: SampleName }
  | { readonly kind: 'zip'; readonly file: File }
  | { readonly kind: 'folder'; readonly name: string; readonly files: readonly DroppedFile[] };

/** A probing set that is open in a worker. */
export interface OpenedProbing extends ProbingProvenance {
  readonly concepts: readonly Concept[];
  readonly categories: readonly string[];
  readonly hasPictures: boolean;
  readonly hasVectors: boolean;
}

/** A tensor of a model that can be probed, as the page lists it. */
export interface LayerChoice {
  readonly tensor: string;
  readonly operator: string;
  /** Numbers, names of symbolic sizes, or null where unknown until the model runs. */
  readonly shape: readonly (number | string | null)[] | null;
  readonly unitCount: number | null;
  readonly probeable: boolean;
}

/** A picture's way into the model; the type is src/onnx/preprocess.ts's, as plain data. */
export type { Preprocessing } from '../onnx/preprocess.ts';
import type { Preprocessing } from '../onnx/preprocess.ts';

/** A model that has been read. */
export interface OpenedModel {
  readonly name: string;
  /** Hex SHA-256 of the file. */
  readonly hash: string;
  readonly bytes: number;
  readonly layers: readonly LayerChoice[];
  /** Tensor name of the sensible choice, or null where there is none. */
  readonly defaultLayer: string | null;
  readonly inputName: string;
  /** Size fixed by the model, or null: it is asked for. */
  readonly inputHeight: number | null;
  readonly inputWidth: number | null;
  /** A guess, shown and editable. */
  readonly preprocessing: Preprocessing;
  readonly producer: string;
}

/** A dropped file of activations. */
export interface OpenedActivations {
  readonly name: string;
  readonly hash: string;
  readonly sampleCount: number;
  readonly unitCount: number;
  readonly grid: Grid;
}

/** Where activations come from in a run. */
export type ActivationRequest =
  | {
      readonly kind: 'model';
      readonly layer: string;
      readonly preprocessing: Preprocessing;
      readonly inputHeight: number;
      readonly inputWidth: number;
    }
  | { readonly kind: 'file' };

/** Everything a run needs besides the open files. */
export interface RunRequest {
  readonly activations: ActivationRequest;
  readonly settings: ExplainSettings;
  /** First and last unit, inclusive; null: all. */
  readonly units: readonly [number, number] | null;
}

/** Stages of a run, in order. */
export type RunStage = 'concepts' | 'model' | 'activations' | 'search' | 'saving';

/** How far a run is. */
export interface RunProgress {
  readonly stage: RunStage;
  readonly done: number;
  readonly total: number;
  /** Estimate for the whole stage; null while unknown. */
  readonly secondsLeft: number | null;
  /** A sentence worth showing: which provider runs and why, that a cache was used. */
  readonly note?: string;
}

/** Something under way that can be cancelled. */
export interface Job<Result> {
  /** Rejects with a Fault; code `jobs/cancelled` after `cancel`. */
  readonly finished: Promise<Result>;
  /**
   * Stops within a second, by ending workers where needed. Harmless when finished. Once all units are explained it only stops
   * the keeping of small pictures, and `finished` resolves.
   */
  cancel(): void;
}

/** What a run tells while it runs. */
export interface RunListener {
  onProgress(progress: RunProgress): void;
  /** Units as they are explained, in no fixed order. */
  onUnits(units: readonly UnitExplanation[]): void;
  /** All units are explained: these are the results; what is left is saving. Their evidence can be asked for already. */
  onResults?(results: LayerResults): void;
}

/** Kept results, as the list of recent work shows them. */
export interface RecentResults {
  readonly key: string;
  readonly madeAt: string;
  readonly title: string;
  readonly layer: string;
  readonly unitCount: number;
}

/** The pictures behind results, from storage or from the open probing set; nothing is computed again that was kept. */
export interface Evidence {
  /** A small picture of a sample as an object URL or null where samples have none; the caller does not revoke it. */
  thumbnail(sample: number): Promise<string | null>;
  sampleName(sample: number): Promise<string>;
  /** The unit's mask on a sample: `grid.height * grid.width` values, 0 or 1. */
  unitMask(unit: number, sample: number): Promise<Uint8Array>;
  /** The positions of a sample where a formula holds: values 0 or 1. */
  formulaMask(formula: Formula, sample: number): Promise<Uint8Array>;
  /** Names of the concepts true somewhere in a sample. */
  conceptsIn(sample: number): Promise<readonly number[]>;
}

/** What a page may ask for. One instance; every method rejects with a Fault. */
export interface Workbench {
  openProbing(source: ProbingSource): Promise<OpenedProbing>;
  openModel(source: File | SampleName): Promise<OpenedModel>;
  /** A `.npy` of activations, instead of a model. */
  openActivations(file: File): Promise<OpenedActivations>;
  /** Runs with what was opened last. A second run of the same model and probing set starts from the caches. */
  run(request: RunRequest, listener: RunListener): Job<LayerResults>;
  recent(): Promise<readonly RecentResults[]>;
  results(key: string): Promise<LayerResults | null>;
  evidence(results: LayerResults): Evidence;
  /** Forgets everything kept on this machine. */
  clearStorage(): Promise<void>;
  /** Bytes used and allowed, as the browser estimates them. */
  storage(): Promise<{ readonly used: number; readonly quota: number }>;
}
