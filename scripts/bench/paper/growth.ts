import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { paperSettings } from './paper-settings.ts';
import { paperPlan } from './plan.ts';
import { explainAll, measured, readActivations, readCells, type StageFigures } from './stages.ts';
import { writeSet, type PaperSet } from './write-set.ts';

/** How a stage grows while one size doubles and the others stay. */
export interface GrowthLine {
  readonly what: 'pictures' | 'units' | 'concepts' | 'length';
  readonly stage: string;
  readonly sizes: readonly number[];
  /** One a size. */
  readonly figures: readonly StageFigures[];
}

/** Pictures, units and so on that stay while another size doubles: small, so that the whole table takes minutes. */
const PICTURES = 1388;
const UNITS = 128;

type Stages = Readonly<Record<string, StageFigures>>;

/** Runs the stages while pictures, units, concepts and length double. */
export async function growth(
  set: PaperSet,
  folder: string,
  say: (line: string) => void,
): Promise<readonly GrowthLine[]> {
  const pictures = [PICTURES, 2 * PICTURES, 4 * PICTURES];
  const units = [UNITS, 2 * UNITS, 4 * UNITS];
  const concepts = [276, 552, 1105];
  const lengths = [5, 10, 20];
  const byPictures: Stages[] = [];
  for (const count of pictures) byPictures.push(await stages(set, count, UNITS));
  const byUnits: Stages[] = [];
  for (const count of units) byUnits.push(await stages(set, PICTURES, count));
  const byConcepts: Stages[] = [];
  for (const count of concepts) {
    const plan = { pictures: PICTURES, units: UNITS, concepts: count };
    byConcepts.push(
      await stages(count === paperPlan.concepts ? set : await writeSet(plan, folder, say), PICTURES, UNITS),
    );
  }
  const byLength: Stages[] = [];
  for (const length of lengths) byLength.push(await stages(set, PICTURES, UNITS, { ...paperSettings, length }));
  return [
    ...lines('pictures', pictures, byPictures, ['cells', 'activations', 'counting', 'search']),
    ...lines('units', units, byUnits, ['activations', 'counting', 'search']),
    ...lines('concepts', concepts, byConcepts, ['cells', 'counting', 'search']),
    ...lines('length', lengths, byLength, ['search']),
  ];
}

async function stages(
  set: PaperSet,
  pictures: number,
  units: number,
  settings: ExplainSettings = paperSettings,
): Promise<Stages> {
  const cells = await measured(() => readCells(set, pictures));
  const activations = await measured(() => readActivations(set, { pictures, units }, settings));
  const { counting, searching } = await explainAll(cells.result, activations.result, settings);
  return { cells: cells.took, activations: activations.took, counting, search: searching };
}

function lines(
  what: GrowthLine['what'],
  sizes: readonly number[],
  runs: readonly Stages[],
  names: readonly string[],
): readonly GrowthLine[] {
  return names.map((stage) => ({ what, stage, sizes, figures: runs.map((run) => run[stage]) }));
}
