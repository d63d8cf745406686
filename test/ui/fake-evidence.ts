import type { ClassCorrelations } from '../../src/engine/analysis/class-correlations.ts';
import type { UnitTallies } from '../../src/engine/analysis/unit-tallies.ts';
import { Fault } from '../../src/engine/fault.ts';
import type { ContributionAnswer } from '../../src/engine/contributions/contributions.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaConcepts } from '../../src/engine/formula/length.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { ExplainSettings, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type {
  ConceptCoverage,
  FormulaMeasures,
  FormulaSamples,
  PartMeasure,
  SampleConcepts,
  SampleList,
  SampleListKind,
} from '../../src/engine/results/measures.ts';
import type { UnitRanges } from '../../src/engine/ranges/ranges.ts';
import type { FormulaOnPair } from '../../src/engine/text/pair-facts.ts';
import type { Evidence, ThresholdLimits } from '../../src/jobs/api.ts';
import { fakeClassName, fakeCorrelations, fakeTallies } from './fake-classes.ts';
import { FakeKinds } from './fake-kinds.ts';
import { blob, draw, fakeConcepts, fakeProbing, fakeUnit, grid, holds, random } from './fake-data.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const count = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);
const both = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, value, position) => sum + (value & (other[position] ?? 0)), 0);

/** Evidence that is made up: pictures are drawn, masks are ellipses, and everything fits together roughly. */
export class FakeEvidence extends FakeKinds implements Evidence {
  readonly #pictures = new Map<number, Promise<string>>();
  readonly #classes: { readonly units: number; readonly classes: number } | null;

  /** @param classes how many units and classes are correlated; null: their outputs are not kept */
  constructor(classes: { readonly units: number; readonly classes: number } | null = null) {
    super();
    this.#classes = classes;
  }

  thumbnail(sample: number): Promise<string> {
    const kept = this.#pictures.get(sample) ?? draw(sample);
    this.#pictures.set(sample, kept);
    return kept;
  }

  async picture(sample: number): Promise<{ url: string; full: boolean }> {
    return { url: await this.thumbnail(sample), full: sample % 2 === 0 };
  }

  async sampleName(sample: number): Promise<string> {
    return `scene-${String(sample).padStart(4, '0')}.png`;
  }

  sampleNames(): Promise<readonly string[]> {
    return Promise.all(Array.from({ length: fakeProbing.sampleCount }, (_, sample) => this.sampleName(sample)));
  }

  async pair(): Promise<null> {
    return null;
  }

  async formulaOnPair(): Promise<FormulaOnPair> {
    return { holds: false, marks: [] };
  }

  async goldLabels(): Promise<readonly (string | null)[]> {
    const classes = this.#classes?.classes;
    return Array.from({ length: fakeProbing.sampleCount }, (_, sample) =>
      classes === undefined ? null : fakeClassName(sample % classes),
    );
  }

  async goldSource(): Promise<'scene'> {
    return 'scene';
  }

  async readLabels({ name }: File): Promise<never> {
    throw new Fault('labels/empty', `${name} has no labels.`);
  }

  async contributions(): Promise<ContributionAnswer> {
    return { kind: 'none', reason: 'No layer below is made up.', needsModel: false };
  }

  async unitTallies(): Promise<UnitTallies | null> {
    return this.#classes && fakeTallies(this.#classes.units, fakeProbing.sampleCount);
  }

  async classCorrelations(unit: number | null): Promise<ClassCorrelations | null> {
    return this.#classes && fakeCorrelations({ ...this.#classes, samples: 40 }, unit);
  }

  async unitMask(unit: number, sample: number, threshold: number): Promise<Uint8Array> {
    const map = await this.activationMap(unit, sample);
    return Uint8Array.from(map ?? [], (value) => Number(value > threshold));
  }

  async formulaMask(formula: Formula, sample: number): Promise<Uint8Array> {
    return holds(formula, sample);
  }

  async activationMap(unit: number, sample: number): Promise<Float32Array | null> {
    const next = random(unit * 1009 + sample + 77);
    const [x, y, r] = [12 + 32 * next(), 12 + 32 * next(), 8 + 16 * next()];
    return Float32Array.from({ length: grid.width * grid.height }, (_, position) => {
      const dx = (position % grid.width) - x;
      const dy = Math.floor(position / grid.width) - y;
      return 3.2 * Math.exp(-(dx * dx + 1.6 * dy * dy) / (r * r));
    });
  }

  async sampleConcepts(sample: number): Promise<SampleConcepts> {
    const here = [sample % 6, 6 + (sample % 12), 18 + (sample % 6), 24 + (sample % 6)].sort((a, b) => a - b);
    const masks = here.map((concept) => (concept < 6 ? null : blob(sample * 31 + concept)));
    const palette: number[][] = [];
    const index = Uint8Array.from({ length: grid.width * grid.height }, (_, position) => {
      const found = here.filter((_concept, at) => masks[at]?.[position] !== 0);
      const known = palette.findIndex((entry) => entry.join() === found.join());
      return known >= 0 ? known : palette.push(found) - 1;
    });
    return { palette, index };
  }

  async explain(unit: number, settings: ExplainSettings): Promise<UnitExplanation> {
    await wait(12);
    return fakeUnit(unit, settings);
  }

  async thresholdLimits(): Promise<ThresholdLimits> {
    return { quantile: 0.2, floor: -0.5 };
  }

  async unitMeasures(): Promise<readonly []> {
    return [];
  }

  async ranges(unit: number, k: number): Promise<UnitRanges> {
    const histogram = { from: 0, to: 0, counts: [] };
    return {
      ...{ unit, k, from: 0, values: 0, total: 0, step: 0, withinClusters: 0, positions: 0 },
      ranges: [],
      histogram,
    };
  }

  async measure(unit: number, threshold: number, formula: Formula): Promise<FormulaMeasures> {
    await wait(8);
    const concepts = formulaConcepts(formula) as readonly ConceptId[];
    const next = random(unit + concepts.reduce((sum, concept) => sum * 31 + concept, Math.round(threshold * 100)));
    const area = Math.round(2000 + 9000 * next());
    const size = Math.round(area * (0.3 + 1.2 * next()));
    const intersection = Math.round(Math.min(area, size) * (0.1 + 0.7 * next()));
    const iou = intersection / (area + size - intersection);
    const parts = concepts.map((concept): PartMeasure => ({
      concept,
      part: { kind: 'concept', concept },
      alone: iou * (0.2 + 0.6 * next()),
      rest: concepts.length === 1 ? null : { kind: 'concept', concept: concepts[concepts[0] === concept ? 1 : 0] },
      without: concepts.length === 1 ? 0 : iou * (0.5 + 0.5 * next()),
    }));
    return {
      formula,
      area,
      size,
      intersection,
      iou,
      activationCoverage: intersection / area,
      detectionAccuracy: intersection / size,
      samplesCoverage: 0.3 + 0.5 * next(),
      explanationCoverage: 0.4 + 0.5 * next(),
      auroc: 0.6 + 0.35 * next(),
      parts,
    };
  }

  async sampleList(
    unit: number,
    threshold: number,
    formula: Formula | null,
    kind: SampleListKind,
  ): Promise<SampleList> {
    await wait(10);
    const offset = ['firing', 'formula-only', 'unit-only'].indexOf(kind);
    const found = Array.from({ length: kind === 'firing' ? 160 : 90 }, (_, rank) => {
      const sample = (unit * 7 + rank * 5 + offset * 2) % fakeProbing.sampleCount;
      return { sample, peak: threshold + (kind === 'formula-only' ? -0.1 : 2) - rank * 0.01 };
    });
    const unique = found.filter(({ sample }, index) => found.findIndex((other) => other.sample === sample) === index);
    const masks = unique.map(({ sample }) => {
      const unitMask = blob(unit * 1009 + sample);
      const formulaMask = formula ? holds(formula, sample) : new Uint8Array(unitMask.length);
      return {
        inMask: kind === 'formula-only' ? 0 : count(unitMask),
        inFormula: kind === 'unit-only' ? 0 : count(formulaMask),
        inBoth: kind === 'firing' ? both(unitMask, formulaMask) : 0,
      };
    });
    return {
      samples: Uint32Array.from(unique, ({ sample }) => sample),
      peaks: Float32Array.from(unique, ({ peak }) => peak),
      inMask: Uint32Array.from(masks, ({ inMask }) => inMask),
      inFormula: Uint32Array.from(masks, ({ inFormula }) => inFormula),
      inBoth: Uint32Array.from(masks, ({ inBoth }) => inBoth),
    };
  }

  async formulaSamples(formula: Formula): Promise<FormulaSamples> {
    await wait(10);
    const found = Array.from({ length: fakeProbing.sampleCount }, (_, sample) => sample)
      .filter((sample) => (sample + (formulaConcepts(formula)[0] ?? 0)) % 3 === 0)
      .map((sample) => ({ sample, size: count(holds(formula, sample)) }))
      .filter(({ size }) => size > 0)
      .sort((one, other) => other.size - one.size || one.sample - other.sample);
    return {
      size: found.reduce((sum, { size }) => sum + size, 0),
      samples: Uint32Array.from(found, ({ sample }) => sample),
      inFormula: Uint32Array.from(found, ({ size }) => size),
    };
  }

  async cellTable(): Promise<Blob> {
    return new Blob(['cells']);
  }

  async coverage(): Promise<ConceptCoverage> {
    const positions = fakeProbing.sampleCount * grid.width * grid.height;
    const shares = fakeConcepts.map(({ id }) => 0.002 + 0.3 * random(id + 5)() ** 3);
    return {
      positions,
      samplesRead: fakeProbing.sampleCount,
      sizes: Float64Array.from(shares, (share) => Math.round(share * positions)),
      samples: Uint32Array.from(shares, (share) => Math.ceil(Math.min(1, share * 4) * fakeProbing.sampleCount)),
    };
  }
}
