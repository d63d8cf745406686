import { classInput } from './class-head.ts';
import type { Layer } from './layers.ts';
import type { GraphNode, ModelSummary } from './model-summary.ts';

/** Operators that move or shrink a map without making new units. */
const PASSIVE = new Set(
  'MaxPool AveragePool LpPool Dropout Identity Transpose Cast Pad Resize Upsample DequantizeLinear QuantizeLinear'.split(
    ' ',
  ),
);
/** Operators that stand between a convolution and what it decides. */
const POINTWISE = new Set(
  'Relu Clip LeakyRelu Sigmoid HardSigmoid Softmax LogSoftmax BatchNormalization Dropout Identity Transpose Reshape Cast'.split(
    ' ',
  ),
);
const WEIGHTED = new Set('Conv ConvTranspose Gemm MatMul'.split(' '));
const POOLING = /^(Global|Reduce|AveragePool|MaxPool|LpPool)/;
/** Widths of outputs by which class maps are known where no softmax follows: ImageNet, Places365, COCO, Pascal VOC, CIFAR, ADE20K. */
const USUAL_CLASS_COUNTS = new Set([10, 20, 21, 80, 81, 90, 91, 100, 150, 151, 365, 1000, 1001, 21841]);

/** Where a walk back from an output first meets a map, and what lay on the way. */
interface Meeting {
  readonly tensor: string;
  readonly weighted: boolean;
  readonly softmax: boolean;
  /** Whether the map goes straight into pooling; detectors list its positions first. */
  readonly pooled: boolean;
}

/** Key under which a model's metadata may name the tensor to probe. */
const LAYER_KEY = 'probe';

/**
 * The layer to propose: the last activation of the convolutions before the network pools or flattens its maps.
 *
 * A tensor that the file's own metadata names under `probe` comes first. Else found by walking back from the outputs to the first maps with
 * a height and a width, then past pooling and the like. If what is met are already the maps of the classes (a convolution to as many units
 * as there are classes, then pooling and nothing with weights, as SqueezeNet and detectors have it), the input of that convolution is
 * taken. Networks without maps give what the matrix product before the classes reads, or the last one. Several candidates: the one with
 * most units, of equals the first.
 *
 * @returns undefined only if nothing can be probed
 */
export function defaultLayer(summary: ModelSummary, layers: readonly Layer[]): Layer | undefined {
  const named = layers.find((layer) => layer.probeable && layer.tensor === summary.metadata.get(LAYER_KEY));
  if (named) return named;
  const graph = new Backwards(summary, layers);
  const candidates = summary.outputs
    .flatMap((output) => graph.meetings(output.name))
    .map((meeting) => graph.beforeHead(meeting))
    .filter((layer) => layer !== undefined)
    .filter((layer) => layer.probeable && layer.node > graph.lastAttention);
  const best = candidates.toSorted((a, b) => (b.units ?? 0) - (a.units ?? 0) || a.node - b.node).at(0);
  if (best) return best;
  const read = graph.layer(classInput(summary, layers) ?? graph.lastProductInput());
  return read?.probeable ? read : layers.findLast((layer) => layer.probeable);
}

class Backwards {
  readonly lastAttention: number;
  readonly #layers: ReadonlyMap<string, Layer>;
  readonly #producers: ReadonlyMap<string, GraphNode>;
  readonly #nodes: readonly GraphNode[];

  constructor(summary: ModelSummary, layers: readonly Layer[]) {
    this.#nodes = summary.nodes;
    this.#layers = new Map(layers.map((layer) => [layer.tensor, layer]));
    this.#producers = new Map(summary.nodes.flatMap((node) => node.outputs.map((tensor) => [tensor, node] as const)));
    this.lastAttention = summary.nodes.findLastIndex(
      (node) => node.op === 'MatMul' && node.inputs.every((tensor) => this.#layers.has(tensor)),
    );
  }

  layer(tensor: string): Layer | undefined {
    return this.#layers.get(tensor);
  }

  /** What the last matrix product of the file reads; an empty name where it has none. */
  lastProductInput(): string {
    const product = this.#nodes.findLast((node) => node.op === 'Gemm' || node.op === 'MatMul');
    return product?.inputs[0] ?? '';
  }

  /** All maps met first on the ways back from an output. */
  meetings(output: string): Meeting[] {
    const met: Meeting[] = [];
    const seen = new Set<string>();
    const open: Meeting[] = [{ tensor: output, weighted: false, softmax: false, pooled: false }];
    for (let at = open.pop(); at; at = open.pop()) {
      const layer = this.#layers.get(at.tensor);
      const node = this.#producers.get(at.tensor);
      if (seen.has(at.tensor) || !layer || !node) continue;
      seen.add(at.tensor);
      if (isMap(layer)) {
        met.push(at);
        continue;
      }
      const weighted = at.weighted || WEIGHTED.has(node.op);
      const softmax = at.softmax || /Softmax|Sigmoid/.test(node.op);
      const pooled = POOLING.test(node.op);
      open.push(...node.inputs.map((tensor) => ({ tensor, weighted, softmax, pooled })));
    }
    return met;
  }

  /** The layer of units that a meeting leads to. */
  beforeHead(meeting: Meeting): Layer | undefined {
    const start = this.#past(PASSIVE, meeting.tensor);
    if (meeting.weighted) return this.#layers.get(start);
    const convolution = this.#producers.get(this.#past(POINTWISE, start));
    const units = this.#layers.get(start)?.units ?? 0;
    const isHead =
      convolution?.op === 'Conv' &&
      (!meeting.pooled || (isOneByOne(convolution) && (meeting.softmax || USUAL_CLASS_COUNTS.has(units))));
    if (!isHead) return this.#layers.get(start);
    const before = this.#past(PASSIVE, convolution.inputs[0]);
    const depthwise = this.#producers.get(this.#past(POINTWISE, before));
    const separable = depthwise?.op === 'Conv' && isDepthwise(depthwise, this.#layers.get(before));
    return this.#layers.get(separable ? this.#past(PASSIVE, depthwise.inputs[0]) : before);
  }

  /** The first tensor on the way back that is not computed by one of these operators. Damaged files may go in circles. */
  #past(ops: ReadonlySet<string>, tensor: string): string {
    const seen = new Set<string>();
    let at = tensor;
    for (;;) {
      const node = this.#producers.get(at);
      if (!node || !ops.has(node.op) || !this.#layers.has(node.inputs[0]) || seen.has(at)) return at;
      seen.add(at);
      at = node.inputs[0];
    }
  }
}

function isMap(layer: Layer): boolean {
  return layer.shape?.length === 4 && !(layer.height === 1 && layer.width === 1);
}

function isOneByOne(node: GraphNode): boolean {
  const kernel = node.attributes.get('kernel_shape');
  return kernel?.kind === 'ints' && kernel.value.every((size) => size === 1);
}

function isDepthwise(node: GraphNode, layer: Layer | undefined): boolean {
  const group = node.attributes.get('group');
  return group?.kind === 'int' && group.value > 1 && group.value === layer?.units;
}
