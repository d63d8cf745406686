/** Name in the manifest by which a workspace file is known. */
export const WORKSPACE_FORMAT = 'formulens/workspace';

/** Version of the format; raised when a reader of the version before would misread a file. */
export const WORKSPACE_VERSION = 1;

/** Names of the entries. */
export const entryNames = {
  manifest: 'manifest.json',
  results: (index: number) => `results/${index}.json`,
  cells: (index: number, part: CellsPart) => `cells/${index}/${part}.bundle`,
  pictures: (index: number) => `pictures/${index}.bundle`,
  activations: (index: number) => `activations/${index}.bundle`,
} as const;

/** The bundles of a probing set's cells. */
export const cellsParts = ['cells', 'extras', 'maps', 'names'] as const;

/** One of {@link cellsParts}. */
export type CellsPart = (typeof cellsParts)[number];

/** `manifest.json`, as it is written. */
export interface Manifest {
  readonly format: typeof WORKSPACE_FORMAT;
  readonly version: number;
  readonly madeAt: string;
  /** Program and version. */
  readonly madeWith: string;
  readonly view: string;
  /** CELLS_VERSION and ACTIVATIONS_VERSION of the program: bundles of another version are passed over. */
  readonly cellsVersion: number;
  readonly activationsVersion: number;
  readonly results: readonly {
    readonly key: string;
    readonly cells: number | null;
    readonly pictures: number | null;
    readonly activations: number | null;
  }[];
  /** How many there are. */
  readonly cells: number;
  readonly pictures: number;
  readonly activations: readonly {
    readonly provider: string;
    readonly providerNote: string;
    readonly runtimeVersion: string;
  }[];
}
