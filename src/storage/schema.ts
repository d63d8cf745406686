import type { DBSchema } from 'idb';
import type { ResultsLabel } from '../engine/results/results-label.ts';
import type { Packed } from './packed.ts';

/** Stores whose contents can be computed again. */
export type CacheName = 'cells' | 'activations';

/** What a person knows a kept thing by; empty where it has no such name. */
export interface KeptNames {
  /** Title of the probing set. */
  readonly title: string;
  /** Hash of the model, or of the file of activations. */
  readonly source: string;
  /** Name of that file. */
  readonly sourceName: string;
  readonly layer: string;
}

/** Something that took long to compute, as it is kept. */
export interface CacheRecord {
  readonly key: string;
  /** Entries that answer the same question share it, for example the same layer on the same probing set. */
  readonly group: string;
  /** Content hash of the probing set it belongs to. */
  readonly probing: string;
  /** Small plain values that tell entries of a group apart. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly names: KeptNames;
  readonly parts: Readonly<Record<string, Packed>>;
}

/** A small picture of a sample. */
export interface ThumbnailRecord {
  readonly probing: string;
  readonly sample: number;
  readonly picture: Blob;
}

/** Form of {@link ResultsLabel} and of what is packed beside it; records of another form are passed over, but for {@link READ_FORMS}. */
export const RESULTS_FORM = 3;

/** Forms that can be read. Form 2 had a model's preprocessing and the size of its input in place of a feed. */
export const READ_FORMS: readonly number[] = [2, RESULTS_FORM];

/** A label of kept results, as it is kept. */
export interface LabelRecord extends ResultsLabel {
  readonly form: number;
  /** When they were kept here: milliseconds since 1970, different for each record. */
  readonly keptAt: number;
  /** Bytes of the results as stored. */
  readonly bytes: number;
}

/** Kept results as a whole. */
export interface ResultsRecord {
  readonly key: string;
  readonly body: Packed;
}

/** Something that is kept, and the bytes it takes as stored. A run's steps are told layer by layer. */
export interface KeptThing extends KeptNames {
  readonly store: 'cells' | 'activations' | 'thumbnails' | 'results' | 'steps';
  readonly key: string;
  /** Content hash of the probing set. */
  readonly probing: string;
  readonly bytes: number;
}

/** When a cache was last of use, how large it is and what it is about; decides what goes first when room is short. */
export interface UseRecord extends KeptNames {
  /** Store and key. */
  readonly id: string;
  readonly store: CacheName | 'thumbnails' | 'steps';
  readonly key: string;
  readonly probing: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
  readonly bytes: number;
}

/** What is known of a run whose steps are kept. */
export interface RunHeader {
  /** The same for the same question to the same files, so that a later run of it finds the steps. */
  readonly id: string;
  readonly probing: { readonly title: string; readonly contentHash: string };
  /** Name and hash of the model or of the file of activations. */
  readonly source: { readonly name: string; readonly hash: string };
  /** Names of the layers that are read, in the order of each step's parts; empty where only labels are read. */
  readonly layers: readonly string[];
  /** What else decides what is read: the provider, the order in a file. Steps made in another way are of no use to a run. */
  readonly how: string;
  /** The run as it was asked for; plain data. */
  readonly request: unknown;
  /** Samples that the run reads. */
  readonly total: number;
}

/** A run that was broken off, or is under way. */
export interface RunRecord extends RunHeader {
  /** Samples in its steps: the first ones in the order in which they are read. */
  readonly done: number;
  /** ISO 8601 time of the last step. */
  readonly at: string;
  /** Bytes of parts of cells in all steps, as stored. */
  readonly cellBytes: number;
  /** Bytes of parts of each layer in all steps, as stored. */
  readonly layerBytes: readonly number[];
}

/** A stretch of a run's samples, in the order in which they are read. */
export interface StepRecord {
  /** Id of the run. */
  readonly run: string;
  readonly first: number;
  readonly count: number;
  /** See CellPart; null where the run does not read labels. */
  readonly cells: Packed | null;
  /** See ActivationPart; one a layer. */
  readonly layers: readonly (Packed | null)[];
}

/** A file or folder that was opened before. */
export interface FileRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: 'folder' | 'file';
  readonly role: 'model' | 'probing' | 'activations';
  readonly hash: string;
  readonly handle: FileSystemHandle;
  /** ISO 8601 time. */
  readonly usedAt: string;
}

/** A small value by name, for example a measured speed. */
export interface ValueRecord {
  readonly name: string;
  readonly value: unknown;
}

/** The database, version 3. */
export interface Schema extends DBSchema {
  cells: { key: string; value: CacheRecord; indexes: { group: string } };
  activations: { key: string; value: CacheRecord; indexes: { group: string } };
  thumbnails: { key: [string, number]; value: ThumbnailRecord };
  labels: { key: string; value: LabelRecord; indexes: { keptAt: number } };
  results: { key: string; value: ResultsRecord };
  uses: { key: string; value: UseRecord; indexes: { usedAt: number } };
  values: { key: string; value: ValueRecord };
  runs: { key: string; value: RunRecord };
  steps: { key: [string, number]; value: StepRecord };
  files: { key: string; value: FileRecord };
}

/** Every store of {@link Schema}. */
export const STORES = [
  ...(['cells', 'activations', 'thumbnails', 'labels', 'results', 'uses', 'values'] as const),
  ...(['runs', 'steps', 'files'] as const),
] as const;

/**
 * Version of {@link Schema}. Version 1 kept labels and results in one record, without settings and hashes: those results are dropped.
 * Version 2 kept everything large in one piece, and knew of no names, steps and files: see upgrade.ts.
 */
export const SCHEMA_VERSION = 3;
