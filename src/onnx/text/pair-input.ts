import type { InputRole, PairEncoding } from '../../engine/text/pair-encoding.ts';
import type { FileDim } from '../model-summary.ts';

/** An input of a model that takes sentence pairs. Plain data. */
export interface PairTensor {
  readonly name: string;
  readonly elemType: 'int64' | 'int32' | 'float';
  /** Null where the file gives no shape. */
  readonly dims: readonly FileDim[] | null;
  /** What it takes by name, type and shape; null where that cannot be told: a person must say. */
  readonly role: InputRole | null;
  /** Rows of the table that its ids are looked up in; null where it takes no ids, or the table was not found. */
  readonly vocabulary: number | null;
}

/** The inputs of a model that takes sentence pairs. Plain data. */
export interface PairInput {
  readonly tensors: readonly PairTensor[];
  readonly order: PairEncoding['order'];
  /** Pairs in a batch where the model fixes it, else null: any number. */
  readonly batch: number | null;
  /** Tokens in a row where the model fixes them, else null: any number. */
  readonly tokens: number | null;
}
