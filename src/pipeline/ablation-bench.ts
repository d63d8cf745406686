import type { AblationGround, AblationOutcome, FormulaStandIn } from '../engine/ablation/outcome.ts';
import { StandInLines, strideOf, type LayerValues } from '../engine/measures/stand-in-lines.ts';
import { classOutput } from '../onnx/class-head.ts';
import { numberedClasses } from '../onnx/class-names.ts';
import type { InputTensor } from '../onnx/input-tensor.ts';
import { layers, type Layer } from '../onnx/layers.ts';
import { tailModel, type TailModel } from '../onnx/tail-model.ts';
import { tap } from '../onnx/tap.ts';
import type { ModelSession, Provider } from '../runtime/model-session.ts';
import type { SessionOptions } from '../runtime/session-options.ts';
import { batchSize, type Batch } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import type { Feeder } from './feeder.ts';
import type { OpenModel } from './open-model.ts';
import { PredictionTally } from './prediction-tally.ts';

/** Bytes of activations, and of what else is needed behind the layer, that a bench holds at most, but for its last batch. */
export const BENCH_BYTES = 256 * 2 ** 20;

/** Which layer's units are to be switched off. Plain data. */
export interface BenchAsk {
  /** Name of the layer's tensor. */
  readonly layer: string;
  readonly provider: 'auto' | Provider;
  /** Name of the tensor with a number for each class; null: it is found. */
  readonly output: string | null;
  /** Names of the classes, where they are known; taken if they are as many as the output has. */
  readonly names: readonly string[];
  /** Instead of {@link BENCH_BYTES}. */
  readonly bytes?: number;
}

/** A bench whose samples are all there. */
export interface BenchReady {
  readonly ground: AblationGround;
  /** The held samples as they lie in batches. */
  readonly batches: readonly (readonly number[])[];
  /** Sizes of the layer's maps; 1 where a unit has one value a sample. */
  readonly height: number;
  readonly width: number;
}

/** A batch of held samples. */
interface HeldBatch {
  readonly samples: readonly number[];
  readonly dims: readonly number[];
  /** Activations of the layer, all units of all rows. */
  readonly values: Float32Array;
  /** What else is needed behind the layer. */
  readonly others: Readonly<Record<string, InputTensor>>;
}

/** How a layer's values lie. */
interface Layout {
  readonly units: number;
  readonly height: number;
  readonly width: number;
  readonly unitsLast: boolean;
}

type OpenSession = (model: Blob, options: SessionOptions) => Promise<ModelSession>;

/** Activations of a layer in memory, and a session of what lies behind it. One call at a time. */
export class AblationBench {
  readonly #feeder: Feeder;
  readonly #layer: Pick<Layer, 'tensor' | 'layout'>;
  readonly #tail: TailModel;
  readonly #ask: BenchAsk;
  readonly #openSession: OpenSession;
  readonly #operators: number;
  readonly #batches: HeldBatch[] = [];
  #session: ModelSession;
  #bytes = 0;
  #layout: Layout | undefined;
  /** `[held samples]` sample numbers, ascending. */
  #samples: Uint32Array = new Uint32Array();
  #places: readonly Uint32Array[] = [];
  #lines: StandInLines | undefined;
  #replacing:
    | { readonly tally: PredictionTally; readonly lines: readonly FormulaStandIn[]; readonly mask: Float32Array }
    | undefined;

  private constructor(parts: BenchParts, session: ModelSession) {
    this.#feeder = parts.feeder;
    this.#layer = parts.layer;
    this.#tail = parts.tail;
    this.#ask = parts.ask;
    this.#openSession = parts.openSession;
    this.#operators = parts.operators;
    this.#session = session;
  }

  /**
   * Rewrites the model and opens it, ready to read samples.
   *
   * @throws Fault of model or runtime; `onnx/no-classes`; `pipeline/tokens-not-ablated`
   */
  static async open(
    { file, summary, input }: Pick<OpenModel, 'file' | 'summary' | 'input'>,
    feeder: Feeder,
    ask: BenchAsk,
    openSession: OpenSession,
  ): Promise<AblationBench> {
    const { spec } = feeder;
    const all = layers(summary, input, spec.kind === 'pictures' ? spec : undefined);
    const layer = all.find(({ tensor }) => tensor === ask.layer);
    if (layer?.layout === 'tokens') throw pipelineFaults['tokens-not-ablated'](ask.layer);
    const tail = await tailModel(file, summary, ask.layer, ask.output ?? classOutput(summary, all));
    if (!layer) throw pipelineFaults['not-a-map'](ask.layer, `something that does not depend on the ${input.kind}`);
    const taps = [layer.tensor, ...tail.sides];
    const session = await openSession(tap(file, summary, taps), { taps, provider: ask.provider });
    return new AblationBench({ feeder, layer, tail, ask, openSession, operators: summary.nodes.length }, session);
  }

  /** Where it runs, and why. */
  get session(): ModelSession {
    return this.#session;
  }

  /**
   * Runs a batch up to the layer and holds what comes out.
   *
   * @param samples sample of each row
   * @returns how many samples fit in all, those held included; no more should be added then
   * @throws Fault of the model, or if the layer's values are no maps
   */
  async hold(samples: readonly number[], batch: Batch): Promise<number> {
    const { tensors, encoded, inputs } = await this.#feeder.run(this.#session, samples.length, batch);
    const { dims, data } = tensors[this.#layer.tensor];
    const rows = encoded?.axes.rows ?? this.#feeder.spec.fixedBatch ?? samples.length;
    this.#check(dims, rows);
    const others: Record<string, InputTensor> = {};
    for (const name of this.#tail.sides) others[name] = tensors[name];
    // The batch's memory is used again for the next one.
    for (const name of this.#tail.inputs) others[name] = { dims: inputs[name].dims, data: inputs[name].data.slice() };
    this.#batches.push({ samples: [...samples], dims, values: data, others });
    this.#bytes += Object.values(others).reduce((sum, other) => sum + other.data.byteLength, data.byteLength);
    const held = this.#batches.reduce((sum, one) => sum + one.samples.length, 0);
    const aBatch = this.#bytes / this.#batches.length;
    const more = Math.max(0, Math.floor(((this.#ask.bytes ?? BENCH_BYTES) - this.#bytes) / aBatch));
    return held + more * batchSize(this.#feeder.spec);
  }

  /** Closes the model, opens what lies behind the layer, and runs it with all units on. @throws Fault of the runtime */
  async ready(): Promise<BenchReady> {
    await this.#session.close();
    const { model, output, operators } = this.#tail;
    this.#session = await this.#openSession(model, { taps: [output], provider: this.#ask.provider });
    this.#samples = Uint32Array.from(this.#batches.flatMap(({ samples }) => samples)).sort();
    const placeOf = new Map(Array.from(this.#samples, (sample, place) => [sample, place]));
    this.#places = this.#batches.map(({ samples }) => Uint32Array.from(samples, (sample) => placeOf.get(sample) ?? 0));
    const { units, height, width } = this.#laidOut();
    const whole = await this.tryOff([]);
    const classes = whole.meanScores.length;
    const { names } = this.#ask;
    return {
      ground: {
        samples: this.#samples,
        unitCount: units,
        classNames: names.length === classes ? names : numberedClasses(classes),
        whole,
        operators: { behind: operators, all: this.#operators },
      },
      batches: this.#batches.map(({ samples }) => samples),
      ...{ height, width },
    };
  }

  /** What the model says with units switched off. */
  async tryOff(units: readonly number[]): Promise<AblationOutcome> {
    const mask = this.#maskWithout(units);
    const tally = new PredictionTally(this.#samples.length);
    for (const [at, { values }] of this.#batches.entries()) await this.#run(at, values, mask, tally);
    return tally.finish();
  }

  /** Begins to find the lines by which formulas stand in for units. */
  beginLines(units: readonly number[]): void {
    this.#lines = new StandInLines(units);
  }

  /** Adds a batch. @param shares `[samples, units, height * width]` see FormulaShares */
  addLines(at: number, shares: Float32Array): void {
    this.#lines?.add(shares, this.#valuesOf(at));
  }

  /** The lines, in the order of the units. */
  endLines(): readonly FormulaStandIn[] {
    const lines = this.#lines?.finish() ?? [];
    this.#lines = undefined;
    return lines;
  }

  /** Begins a try in which lines take the place of activations. */
  beginReplaced(lines: readonly FormulaStandIn[], others: 'stay' | 'off'): void {
    const replaced = new Set(lines.map(({ unit }) => unit));
    const all = Array.from({ length: this.#laidOut().units }, (_, unit) => unit);
    const off = others === 'off' ? all.filter((unit) => !replaced.has(unit)) : [];
    this.#replacing = { tally: new PredictionTally(this.#samples.length), lines, mask: this.#maskWithout(off) };
  }

  /** Runs a batch. @param shares `[samples, lines, height * width]` */
  async addReplaced(at: number, shares: Float32Array): Promise<void> {
    if (!this.#replacing) throw new RangeError('Nothing is being replaced.');
    const { lines, mask, tally } = this.#replacing;
    const layer = this.#valuesOf(at);
    const values = layer.values.slice();
    let from = 0;
    for (let sample = 0; sample < layer.samples; sample++) {
      for (const { unit, base, slope } of lines) {
        const [start, step] = strideOf(layer, sample, unit);
        for (let position = 0; position < layer.positions; position++)
          values[start + position * step] = base + slope * shares[from++];
      }
    }
    await this.#run(at, values, mask, tally);
  }

  /** What the model says with the lines in place. */
  endReplaced(): AblationOutcome {
    if (!this.#replacing) throw new RangeError('Nothing is being replaced.');
    const { tally } = this.#replacing;
    this.#replacing = undefined;
    return tally.finish();
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #run(at: number, values: Float32Array, mask: Float32Array, tally: PredictionTally): Promise<void> {
    const { dims, others } = this.#batches[at];
    const { unitsLast, units } = this.#laidOut();
    const unitAxis = unitsLast ? dims.length - 1 : 1;
    const { values: valuesInput, mask: maskInput, output } = this.#tail;
    const found = await this.#session.run({
      ...others,
      [valuesInput ?? '']: { dims, data: values },
      [maskInput]: { dims: dims.map((_, axis) => (axis === unitAxis ? units : 1)), data: mask },
    });
    const scores = found[output];
    if (scores.dims[0] !== dims[0]) throw pipelineFaults['other-batch'](output, scores.dims[0], dims[0]);
    tally.add(this.#places[at], scores.data, scores.data.length / dims[0]);
  }

  #valuesOf(at: number): LayerValues {
    const { units, height, width, unitsLast } = this.#laidOut();
    const { values, samples } = this.#batches[at];
    return { values, samples: samples.length, units, positions: height * width, unitsLast };
  }

  #maskWithout(off: readonly number[]): Float32Array {
    const { units } = this.#laidOut();
    const mask = new Float32Array(units).fill(1);
    for (const unit of off) {
      if (!(unit in mask)) throw pipelineFaults['unit-range'](unit, unit, units);
      mask[unit] = 0;
    }
    return mask;
  }

  #check(dims: readonly number[], rows: number): void {
    const { tensor, layout } = this.#layer;
    if (dims.length !== 4 && dims.length !== 2) throw pipelineFaults['not-a-map'](tensor, `[${dims.join(', ')}]`);
    if (dims[0] !== rows) throw pipelineFaults['other-batch'](tensor, dims[0], rows);
    const unitsLast = dims.length === 4 && layout === 'NHWC';
    const [second, third = 1, fourth = 1] = dims.slice(1);
    const found: Layout = unitsLast
      ? { units: fourth, height: second, width: third, unitsLast }
      : { units: second, height: third, width: fourth, unitsLast };
    const first = (this.#layout ??= found);
    if (shapeOf(found) !== shapeOf(first)) throw pipelineFaults['other-shape'](tensor, shapeOf(found), shapeOf(first));
  }

  #laidOut(): Layout {
    if (!this.#layout) throw pipelineFaults['nothing-open']('layer');
    return this.#layout;
  }
}

interface BenchParts {
  readonly feeder: Feeder;
  readonly layer: Pick<Layer, 'tensor' | 'layout'>;
  readonly tail: TailModel;
  readonly ask: BenchAsk;
  readonly openSession: OpenSession;
  readonly operators: number;
}

const shapeOf = ({ units, height, width }: Layout): string => `[batch, ${units}, ${height}, ${width}]`;
