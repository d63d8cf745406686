import type { ThresholdRule } from '../engine/results/explanation.ts';
import { expectedBytes, keptQuantileFor } from './kept-quantile.ts';

/** What a layer's activations take room by. */
export interface LayerCost {
  readonly units: number;
  /** Values of a sample's maps of all units. */
  readonly values: number;
  /** Operator that gives the layer; empty where it is not known. */
  readonly operator: string;
  /** Only the highest value of each sample is kept; see PEAKS_ONLY. */
  readonly peaksOnly?: boolean;
}

/** What a run's memory and storage follow from. */
export interface RunSize {
  /** Samples that are read, and samples of the probing set. */
  readonly samples: number;
  readonly sampleCount: number;
  /** Positions of the grid. */
  readonly positions: number;
  /** Layers whose activations must be made. */
  readonly layers: readonly LayerCost[];
  /** Bytes of activations of layers that are kept from earlier runs. */
  readonly keptBytes: number;
  /** Units that are explained, of all layers. */
  readonly units: number;
  readonly threshold: ThresholdRule;
  /** Are the cells kept from an earlier run? */
  readonly cellsKept: boolean;
  /** Bytes of the model's file; 0 where none is run. */
  readonly modelBytes: number;
  /** Bytes of a batch of pictures; 0 where none is run. */
  readonly batchBytes: number;
  readonly hasPictures: boolean;
  readonly searchWorkers: number;
}

/** The page with its workers, before anything is read; measured in Chromium. */
const PAGE_BYTES = 60 * 2 ** 20;
const SEARCH_WORKER_BYTES = 12 * 2 ** 20;

/** onnxruntime's WebAssembly, and copies of the weights: the file, the graph, and the weights as its kernels want them. */
const RUNTIME_BYTES = 96 * 2 ** 20;
const COPIES_OF_A_MODEL = 3;

/** Batches in memory at a time, in shared memory and inside the runtime with the values between layers. */
const BATCHES = 10;

/** Of the maps kept, so many are held at most while they are collected and laid out. */
const COLLECTED = 1.25;

/** What is left of activations after compression: mostly zeros after these operators, hardly a repetition otherwise. */
const SPARSE_OPERATORS: readonly string[] = ['Relu', 'Clip', 'MaxPool'];
const PACKED_SPARSE = 0.1;
const PACKED_DENSE = 0.85;

/** What is left of cell maps (a byte a position), and bytes of a unit's results. */
const PACKED_CELLS = 0.04;
const PACKED_UNIT = 4000;

/** A small picture, and up to how many samples those of all are kept. */
const THUMBNAIL_BYTES = 4000;
const THUMBNAILS_OF_ALL = 2000;
const TOP_SAMPLES = 24;

/** Bytes of the activations a run will keep of the layers it reads, about: exact where every map is kept. */
export function activationBytes({
  samples,
  layers,
  threshold,
}: Pick<RunSize, 'samples' | 'layers' | 'threshold'>): number {
  const together = layers.filter(({ peaksOnly = false }) => !peaksOnly).length;
  return layers.reduce((sum, { units, values, peaksOnly = false }) => {
    if (peaksOnly) return sum + samples * units * Float32Array.BYTES_PER_ELEMENT;
    const size = { sampleCount: samples, unitCount: units, height: values / units, width: 1 };
    const quantile = threshold.kind === 'quantile' ? keptQuantileFor(size, threshold, together) : 1;
    const maps = quantile < 1 ? expectedBytes(size, quantile) : samples * values * Float32Array.BYTES_PER_ELEMENT;
    return sum + maps + samples * units * Float32Array.BYTES_PER_ELEMENT;
  }, 0);
}

/** Largest memory of the whole tab, in bytes, about. */
export function memoryOf(size: RunSize): number {
  const activations = activationBytes(size);
  // Of the labels an index for each position, in parts, and laid out once more at the end.
  const reading = COLLECTED * activations + size.samples * size.positions * (size.cellsKept ? 1 : 2);
  const model =
    size.batchBytes > 0 ? RUNTIME_BYTES + COPIES_OF_A_MODEL * size.modelBytes + BATCHES * size.batchBytes : 0;
  return PAGE_BYTES + size.searchWorkers * SEARCH_WORKER_BYTES + model + reading + size.keptBytes;
}

/** What a run will keep on this machine, in bytes, about. */
export function storageOf(size: RunSize): number {
  const drawsAll = size.samples === size.sampleCount && size.samples <= THUMBNAILS_OF_ALL;
  const pictures = drawsAll ? size.samples : Math.min(size.samples, size.units * TOP_SAMPLES);
  return (
    packedActivations(size) +
    (size.cellsKept ? 0 : PACKED_CELLS * size.samples * size.positions) +
    (size.hasPictures ? pictures * THUMBNAIL_BYTES : 0) +
    size.units * PACKED_UNIT
  );
}

function packedActivations({ samples, layers, threshold }: RunSize): number {
  return layers.reduce((sum, layer) => {
    const left = SPARSE_OPERATORS.includes(layer.operator) ? PACKED_SPARSE : PACKED_DENSE;
    return sum + left * activationBytes({ samples, layers: [layer], threshold });
  }, 0);
}
