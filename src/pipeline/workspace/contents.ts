import type { LayerResults } from '../../engine/results/layer-results.ts';
import type { CellBuffers } from '../probing-service.ts';

/** A small picture of a sample. */
export interface SmallPicture {
  readonly sample: number;
  readonly picture: Blob;
}

/** Small pictures of a probing set's samples, by sample. */
export type SmallPictures = readonly SmallPicture[];

/** A layer's activations, and where a model gave them; empty texts where they came from a file. */
export interface WorkspaceLayer {
  /** See KeptActivations. */
  readonly buffer: ArrayBufferLike;
  readonly provider: string;
  readonly providerNote: string;
  readonly runtimeVersion: string;
}

/** Results in a workspace file, and where in it stands what their evidence needs: indices into the lists of the contents. */
export interface WorkspaceResults {
  readonly results: LayerResults;
  readonly cells: number | null;
  readonly pictures: number | null;
  readonly activations: number | null;
}

/** Everything a workspace file holds. Several results may share cells, pictures and activations. */
export interface WorkspaceContents {
  /** ISO 8601 time. */
  readonly madeAt: string;
  /** The address's part behind `#`. */
  readonly view: string;
  readonly results: readonly WorkspaceResults[];
  readonly cells: readonly CellBuffers[];
  readonly pictures: readonly SmallPictures[];
  readonly activations: readonly WorkspaceLayer[];
}
