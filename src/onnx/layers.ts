import { inferShapes, type FedInput } from './infer-shapes.ts';
import type { Dim, Known } from './known.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';
import type { PictureInput } from './picture-input.ts';

/** A tensor that some operator computes from the picture, as a layer to probe. Plain data. */
export interface Layer {
  /** Name of the tensor in the file; what is tapped. */
  readonly tensor: string;
  /** Operator that computes it. */
  readonly op: string;
  /** Position of that operator in the file, counted from 0. */
  readonly node: number;
  /** Its shape, the batch first; null for sizes that only a run can tell. Null as a whole: not even the rank is known. */
  readonly shape: readonly (number | null)[] | null;
  /** Where the units lie: second (`NCHW`), last (`NHWC`), or `flat` for [batch, units]. */
  readonly layout: 'NCHW' | 'NHWC' | 'flat';
  /** Number of units, null where unknown. */
  readonly units: number | null;
  /** Rows of a unit's map, 1 for `flat`; null where unknown. */
  readonly height: number | null;
  /** Columns of a unit's map, 1 for `flat`; null where unknown. */
  readonly width: number | null;
  /** Whether it can be probed: a map or a number for each picture and unit, as far as is known. */
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
 * Lists every tensor that depends on the picture, in the order of computation.
 *
 * @param input the model's picture input, where it has one
 * @param size of the pictures, for models that leave it open; without it the sizes of maps stay unknown there
 */
export function layers(summary: ModelSummary, input?: PictureInput, size?: InputSize): Layer[] {
  const known = inferShapes(summary, input && fedInput(input, size));
  return summary.nodes.flatMap((node, index) =>
    node.outputs.flatMap((tensor) => {
      const found = known.get(tensor);
      return tensor !== '' && found?.dependent ? [layer(tensor, node, index, found)] : [];
    }),
  );
}

function fedInput(input: PictureInput, size: InputSize | undefined): FedInput {
  const height = input.height ?? size?.height ?? null;
  const width = input.width ?? size?.width ?? null;
  const dims = input.layout === 'NCHW' ? [input.batch, 3, height, width] : [input.batch, height, width, 3];
  return { name: input.name, dims, layout: input.layout };
}

function layer(tensor: string, node: GraphNode, index: number, known: Known): Layer {
  const described = describe(known.dims ?? null, known.layout ?? 'NCHW', known.elemType, tensor);
  return { tensor, op: node.op, node: index, ...described };
}

type Description = Omit<Layer, 'tensor' | 'op' | 'node'>;

function describe(
  shape: readonly Dim[] | null,
  layout: 'NCHW' | 'NHWC',
  elemType: string,
  tensor: string,
): Description {
  const reason = reasonAgainst(shape, elemType, tensor);
  const probeable = reason === '';
  if (shape?.length === 4) {
    const [units, height, width] = layout === 'NCHW' ? [shape[1], shape[2], shape[3]] : [shape[3], shape[1], shape[2]];
    return { shape, layout, units, height, width, probeable, reason };
  }
  if (shape?.length === 2) return { shape, layout: 'flat', units: shape[1], height: 1, width: 1, probeable, reason };
  return { shape, layout, units: null, height: null, width: null, probeable, reason };
}

function reasonAgainst(shape: readonly Dim[] | null, elemType: string, tensor: string): string {
  if (tensor === '__proto__') return 'Its name has a special meaning in JavaScript.';
  if (elemType !== 'float' && elemType !== 'unknown') return `Its values are ${elemType}, not float.`;
  if (shape && shape.length !== 4 && shape.length !== 2) {
    return `It has ${shape.length} dimensions; [batch, units] or a map [batch, units, height, width] is needed.`;
  }
  return '';
}
