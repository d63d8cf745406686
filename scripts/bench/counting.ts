import { isDeepStrictEqual } from 'node:util';
import { KernelCounter } from '../../src/engine/activation/kernel/kernel-counter.ts';
import { PlainCounter } from '../../src/engine/activation/plain-counter.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';
import { UnitCounter } from '../../src/engine/activation/unit-mask.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import type { CountingShare } from './counting-thread.ts';
import { paperActivations, paperMaps, paperSizes } from './paper-maps.ts';
import { paperScale } from './paper-scale.ts';
import { secondsOnThreads } from './threads.ts';

/** Units drawn; what they need is extrapolated to those of the paper. */
const unitCount = 32;
/** Rounds in turn, of which the best counts, since other work on the machine disturbs one or the other. */
const rounds = 3;

/**
 * Masks and counts per cell at the paper's scale: in plain TypeScript and by the kernel, on one thread and on two, and all of an explanation
 * from what is kept. Checks that the two ways agree.
 */
export async function benchCounting(say: (line: string) => void): Promise<Record<string, number>> {
  const scale = paperScale(1);
  const maps = paperMaps(scale);
  const activations = paperActivations(unitCount);
  const { cellCount, conceptCount } = scale.table;
  const concepts = Array.from({ length: conceptCount }, (_, i) => ({
    id: i as ConceptId,
    number: i,
    name: `c${i}`,
    category: 'object',
  }));
  const search = prepareSearch(scale.table, concepts, { grid: maps.grid }).buffers;
  const threshold = { kind: 'quantile', quantile: paperSizes.quantile } as const;
  const settings = { ...defaultSettings, threshold, length: 10, beam: 10 };
  say(`counting: ${unitCount} units over ${maps.sampleCount} pictures, extrapolated to ${paperSizes.units} units`);
  const started = performance.now();
  const units = Array.from({ length: unitCount }, (_, unit) => ({
    unit,
    threshold: unitThreshold(activations, unit, threshold),
  }));
  const thresholdTime = (performance.now() - started) / unitCount;
  const byKernel = new UnitCounter(activations, maps, cellCount, KernelCounter.make(activations, maps) ?? undefined);
  const plain = new UnitCounter(activations, maps, cellCount, new PlainCounter(activations, maps));
  let firing = 0;
  let area = 0;
  for (const { unit, threshold } of units) {
    const samples = byKernel.bySample(unit, threshold);
    if (!isDeepStrictEqual(samples, plain.bySample(unit, threshold))) {
      throw new Error(`The kernel and plain TypeScript disagree about unit ${unit}.`);
    }
    firing += samples.samples.length / unitCount;
    area += byKernel.count(samples).area / unitCount;
  }
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const threads of [1, 2]) {
      for (const work of ['plain', 'kernel', 'explain'] as const) {
        const shares = Array.from({ length: threads }, (_, thread): CountingShare => {
          const own = units.filter((_unit, i) => i % threads === thread);
          return { work, activations: activations.buffer, maps: maps.buffer, search, settings, units: own };
        });
        const seconds = (await secondsOnThreads('./counting-thread.ts', shares)) * (paperSizes.units / unitCount);
        best.set(`${work} ${threads}`, Math.min(seconds, best.get(`${work} ${threads}`) ?? Infinity));
      }
    }
  }
  const layer = (work: CountingShare['work'], threads: number): number => best.get(`${work} ${threads}`) ?? NaN;
  return {
    'counting.firing_samples_per_unit': firing,
    'counting.mask_positions_per_unit': area,
    'counting.threshold_ms_per_unit': thresholdTime,
    'counting.plain_units_per_second': paperSizes.units / layer('plain', 1),
    'counting.kernel_units_per_second': paperSizes.units / layer('kernel', 1),
    'counting.plain_layer_seconds_on_two_threads': layer('plain', 2),
    'counting.kernel_layer_seconds_on_two_threads': layer('kernel', 2),
    'counting.ratio_on_one_thread': layer('plain', 1) / layer('kernel', 1),
    'counting.ratio_on_two_threads': layer('plain', 2) / layer('kernel', 2),
    'counting.explain_layer_seconds_on_two_threads': layer('explain', 2),
  };
}
