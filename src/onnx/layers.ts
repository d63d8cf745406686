import { inferShapes, type FedInput } from './infer-shapes.ts';
import type { Dim, Known } from './known.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';
import { OPEN_SIZES } from './open-sizes.ts';
import type { PictureInput } from './picture-input.ts';
import type { PairInput } from './text/pair-input.ts';
import { fedPairs, reasonAgainstPairs } from './text/pair-layers.ts';

/** A tensor that some operator computes from the picture or the sentences, as a layer to probe. Plain data. */
export interface Layer {
  /** Name of the tensor in the file; what is tapped. */
  readonly tensor: string;
  /** Operator that computes it. */
  readonly op: string;
  /** Position of that operator in the file, counted from 0. */
  readonly node: number;
  /** Its shape, the batch first; null for sizes that only a run can tell. Null as a whole: not even the rank is known. */
  readonly shape: readonly (number | null)[] | null;
  /**
   * Where the units lie: second (`NCHW`), last (`NHWC`), `flat` for [batch, units], or `tokens` for [batch, tokens, units] and
   * [tokens, batch, units] of sentences: which of the two it is, the sizes of a run tell.
   */
  readonly layout: 'NCHW' | 'NHWC' | 'flat' | 'tokens';
  /** Number of units, null where unknown. */
  readonly units: number | null;
  /** Rows of a unit's map, 1 for `flat` and `tokens`; null where unknown. */
  readonly height: number | null;
  /** Columns of a unit's map, likewise. */
  readonly width: number | null;
  /** Whether it can be probed: a map or a number for each sample and unit, or a number for each of its tokens, as far as is known. */
  readonly probeable: boolean;
  /** Why not, as a sentence; empty where it can be. */
  readonly reason: string;
}

/** The size of the pictures that will be fed. */
export interface InputSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Lists every tensor that depends on the picture or the sentences, in the order of computation.
 *
 * @param input what the model takes, where that is known
 * @param size of the pictures, for models that leave it open; without it the sizes of maps stay unknown there
 */
export function layers(summary: ModelSummary, input?: PictureInput | PairInput, size?: InputSize): Layer[] {
  const pairs = input && 'tensors' in input ? input : undefined;
  const known = inferShapes(summary, fedInputs(input, size));
  return summary.nodes.flatMap((node, index) =>
    node.outputs.flatMap((tensor) => {
      const found = known.get(tensor);
      return tensor !== '' && found?.dependent ? [layer(tensor, node, index, found, pairs)] : [];
    }),
  );
}

function fedInputs(input: PictureInput | PairInput | undefined, size: InputSize | undefined): readonly FedInput[] {
  if (!input) return [];
  if ('tensors' in input) return fedPairs(input);
  const height = input.height ?? size?.height ?? null;
  const width = input.width ?? size?.width ?? null;
  const batch = input.batch ?? OPEN_SIZES.batch;
  const dims = input.layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
  return [{ name: input.name, dims, elemType: 'float', layout: input.layout }];
}

function layer(tensor: string, node: GraphNode, index: number, known: Known, pairs: PairInput | undefined): Layer {
  const described = pairs ? describePairs(known, tensor, pairs) : describePicture(known, tensor);
  return { tensor, op: node.op, node: index, ...described };
}

type Description = Omit<Layer, 'tensor' | 'op' | 'node'>;

function describePicture(known: Known, tensor: string): Description {
  const shape = known.dims ?? null;
  const layout = known.layout ?? 'NCHW';
  const reason = reasonAgainst(known, tensor) || reasonAgainstShape(shape);
  const probeable = reason === '';
  if (shape?.length === 4) {
    const [units, height, width] = layout === 'NCHW' ? [shape[1], shape[2], shape[3]] : [shape[3], shape[1], shape[2]];
    return { shape, layout, units, height, width, probeable, reason };
  }
  if (shape?.length === 2) return { shape, layout: 'flat', units: shape[1], height: 1, width: 1, probeable, reason };
  return { shape, layout, units: null, height: null, width: null, probeable, reason };
}

function describePairs(known: Known, tensor: string, input: PairInput): Description {
  const shape = known.dims ?? null;
  const reason = reasonAgainst(known, tensor) || reasonAgainstPairs(known, input);
  const probeable = reason === '';
  const layout = shape?.length === 3 ? 'tokens' : 'flat';
  const side = shape?.length === 3 || shape?.length === 2 ? 1 : null;
  const units = side === null ? null : (shape?.at(-1) ?? null);
  return { shape, layout, units, height: side, width: side, probeable, reason };
}

function reasonAgainst({ elemType }: Known, tensor: string): string {
  if (tensor === '__proto__') return 'Its name has a special meaning in JavaScript.';
  if (elemType !== 'float' && elemType !== 'unknown') return `Its values are ${elemType}, not float.`;
  return '';
}

function reasonAgainstShape(shape: readonly Dim[] | null): string {
  if (!shape || shape.length === 4 || shape.length === 2) return '';
  return `It has ${shape.length} dimensions; [batch, units] or a map [batch, units, height, width] is needed.`;
}
