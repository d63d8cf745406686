import type { ContributionAnswer, ContributionMeasure, SampledMeasure } from '../engine/contributions/contributions.ts';
import type { MaskFacts } from '../engine/contributions/mask-overlap.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { LayerWeights, NoLayerWeights } from '../onnx/layer-weights.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import { jobFaults } from './errors.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { groupOf } from './keys.ts';
import type { SearchMember } from './search-member.ts';

/** Units asked about in one question to the worker, so that it can be broken off between two. */
const UNITS_AT_ONCE = 8;

/** A value, and what it is the value of. */
interface Held<Value> {
  readonly key: string;
  readonly value: Promise<Value>;
}

/**
 * What units of a layer's results are made of. What it works with is held for the next question about the same two layers: the lower layer's
 * activations, which are shared memory, and the weights between them, 4 bytes each.
 */
export class LayerContributions {
  readonly #sources: EvidenceSources;
  readonly #worker: SearchMember;
  readonly #results: LayerResults;
  readonly #memory: (unit: number) => Promise<SearchMemory>;
  #lower: Held<SearchMemory> | undefined;
  #weights: Held<LayerWeights | NoLayerWeights> | undefined;

  /**
   * @param worker is attached to both layers
   * @param memory gives the memory behind the results, with activations, for a unit that they must have
   */
  constructor(
    sources: EvidenceSources,
    worker: SearchMember,
    results: LayerResults,
    memory: (unit: number) => Promise<SearchMemory>,
  ) {
    this.#sources = sources;
    this.#worker = worker;
    this.#results = results;
    this.#memory = memory;
  }

  /** See {@link Evidence.contributions}. @throws Fault */
  async ask(
    lower: LayerResults,
    units: readonly number[],
    by: ContributionMeasure,
    signal?: AbortSignal,
  ): Promise<ContributionAnswer> {
    if (by === 'weight') return this.#byWeight(lower, units);
    const values: Float32Array[] = [];
    for (let first = 0; first < units.length; first += UNITS_AT_ONCE) {
      if (signal?.aborted) throw jobFaults.cancelled();
      values.push(...(await this.#bySamples(lower, units.slice(first, first + UNITS_AT_ONCE), by)));
    }
    return { kind: 'values', values, weights: null };
  }

  async #bySamples(lower: LayerResults, units: readonly number[], by: SampledMeasure): Promise<Float32Array[]> {
    const memory = await this.#both(lower, units[0]);
    const masks = new Map(this.#results.units.map((explanation) => [Number(explanation.unit), maskOf(explanation)]));
    const asked = units.flatMap((unit) => masks.get(unit) ?? []);
    if (asked.length < units.length)
      throw jobFaults['no-such-unit'](units.find((unit) => !masks.has(unit)) ?? units[0]);
    const found = await this.#worker.ask(memory, 'contributions', asked, lower.units.map(maskOf), by);
    return units.map((_, at) => found.slice(at * lower.unitCount, (at + 1) * lower.unitCount));
  }

  /** The memory behind the results, with the lower layer's activations beside; the same as long as the lower layer is. */
  async #both(lower: LayerResults, unit: number): Promise<SearchMemory> {
    if (this.#lower?.key !== lower.key) {
      const held = { key: lower.key, value: this.#read(lower, unit) };
      this.#lower = held;
      held.value.catch(() => {
        if (this.#lower === held) this.#lower = undefined;
      });
    }
    return this.#lower.value;
  }

  async #read(lower: LayerResults, unit: number): Promise<SearchMemory> {
    const memory = await this.#memory(unit);
    const { settings, activations } = lower;
    const runtimeVersion = activations.kind === 'model' ? activations.runtimeVersion : '';
    const question = { runtimeVersion, threshold: settings.threshold };
    const layer = await this.#sources.keeper.anyLayer(groupOf(lower), question);
    if (!layer) throw jobFaults['not-kept']('activations');
    return { ...memory, lower: layer.buffer };
  }

  async #byWeight(lower: LayerResults, units: readonly number[]): Promise<ContributionAnswer> {
    const [upper, below] = [this.#results.activations, lower.activations];
    const model = this.#sources.model();
    if (upper.kind !== 'model' || below.kind !== 'model' || model?.opened.info.hash !== upper.hash) {
      const reason = `The weights are in the model's file, which is not open. Open ${upper.name} to see them.`;
      return { kind: 'none', reason, needsModel: true };
    }
    if (this.#weights?.key !== lower.key) {
      const read = async (): Promise<LayerWeights | NoLayerWeights> => {
        await model.opened.ready();
        return model.link.call('layerWeights', below.layer, upper.layer);
      };
      const held = { key: lower.key, value: read() };
      this.#weights = held;
      held.value.catch(() => {
        if (this.#weights === held) this.#weights = undefined;
      });
    }
    const found = await this.#weights.value;
    if ('reason' in found) return { kind: 'none', reason: found.reason, needsModel: false };
    const { weights, lowerUnits, operator, positions, addedBeside } = found;
    const values = units.map((unit) => weights.slice(unit * lowerUnits, (unit + 1) * lowerUnits));
    return { kind: 'values', values, weights: { operator, positions, addedBeside } };
  }
}

const maskOf = ({ unit, threshold, area }: MaskFacts): MaskFacts => ({ unit, threshold, area });
