import type { Counted } from './open-sizes.ts';
import type { PictureLayout } from './preprocess.ts';

/** A dimension as far as it can be known without running the model. */
export type Dim = number | null;

/** What is known of a tensor without running the model. */
export interface Known {
  /** Undefined where not even the rank is known. */
  readonly dims?: readonly Dim[] | undefined;
  /** The values of a small constant, or of a shape computed from one, flattened; null for those unknown. */
  readonly values?: readonly Dim[] | undefined;
  readonly elemType: string;
  /** Whether its values depend on what is fed. */
  readonly dependent: boolean;
  /** Where the channels lie, for tensors of four dimensions that come from a picture. */
  readonly layout?: PictureLayout | undefined;
  /** What each axis counts whose size is open; null for others, and `mixed` for several such sizes in one. Only in the end result. */
  readonly counts?: readonly (Counted | 'mixed' | null)[] | undefined;
}
