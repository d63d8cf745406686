import { onnxFaults } from './errors.ts';
import type { FileDim, ModelSummary, ValueInfo } from './model-summary.ts';
import type { PictureLayout } from './preprocess.ts';

/** The one input of a model that takes pictures. */
export interface PictureInput {
  readonly name: string;
  readonly layout: PictureLayout;
  /** Pictures in a batch where the model fixes it, else null: any number. */
  readonly batch: number | null;
  /** Rows, where the model fixes them, else null: to be asked for. */
  readonly height: number | null;
  /** Columns, likewise. */
  readonly width: number | null;
}

/** Side proposed for models that leave the size of the picture open. */
export const DEFAULT_SIDE = 224;

/**
 * Finds the input that takes the picture, and its layout.
 *
 * @throws Fault, if there is none, if it is not float, or if the model wants anything else besides
 */
export function pictureInput(summary: ModelSummary): PictureInput {
  const { inputs, fileName } = summary;
  const found = inputs
    .map((input) => [input, layoutOf(input, summary)] as const)
    .filter(([, layout]) => layout !== undefined);
  const [input, layout] = found.at(0) ?? [];
  const list = inputs.map(describeValue).join(', ');
  if (!input || !layout) throw onnxFaults['no-picture-input'](fileName, list || 'no input at all');
  if (inputs.length > 1) throw onnxFaults['several-inputs'](fileName, list);
  if (input.elemType !== 'float') throw onnxFaults['input-type'](fileName, input.name, input.elemType);
  const [rows, columns] = layout === 'NCHW' ? [2, 3] : [1, 2];
  return {
    name: input.name,
    layout,
    batch: fixed(input.dims?.[0]),
    height: fixed(input.dims?.[rows]),
    width: fixed(input.dims?.[columns]),
  };
}

/** Whether any input has the shape of a picture; {@link pictureInput} may still refuse the model. */
export function takesPicture(summary: ModelSummary): boolean {
  return summary.inputs.some((input) => layoutOf(input, summary) !== undefined);
}

/** A tensor's name, type and shape for people: `data float [batch, 3, 224, 224]`. */
export function describeValue(value: ValueInfo): string {
  const dims = value.dims ? `[${value.dims.map((dim) => dim ?? '?').join(', ')}]` : 'of unknown shape';
  return `${value.name} ${value.elemType} ${dims}`;
}

function fixed(dim: FileDim | undefined): number | null {
  return typeof dim === 'number' && dim > 0 ? dim : null;
}

function layoutOf(input: ValueInfo, summary: ModelSummary): PictureLayout | undefined {
  const { dims } = input;
  if (dims && dims.length !== 4) return undefined;
  if (fixed(dims?.[1]) === 3) return 'NCHW';
  if (fixed(dims?.[3]) === 3) return 'NHWC';
  if (fixed(dims?.[1]) !== null && fixed(dims?.[3]) !== null) return undefined;
  return layoutByUse(input.name, summary);
}

/** Where the file leaves the channels open, the first operator that reads the picture tells. */
function layoutByUse(name: string, summary: ModelSummary): PictureLayout | undefined {
  const reader = summary.nodes.find(
    (node) => node.inputs[0] === name && (node.op === 'Conv' || node.op === 'Transpose'),
  );
  if (reader?.op === 'Transpose') {
    const perm = reader.attributes.get('perm');
    return perm?.kind === 'ints' && perm.value.join() === '0,3,1,2' ? 'NHWC' : undefined;
  }
  return reader && summary.initializers.get(reader.inputs[1])?.dims[1] === 3 ? 'NCHW' : undefined;
}
