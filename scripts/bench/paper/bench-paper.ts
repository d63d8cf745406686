import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';
import { growth, type GrowthLine } from './growth.ts';
import { paperSettings } from './paper-settings.ts';
import { paperPlan } from './plan.ts';
import { referenceWay } from './reference-way.ts';
import { explainAll, measured, readActivations, readCells, type StageFigures } from './stages.ts';
import { writeSet } from './write-set.ts';

type Say = (line: string) => void;

/** Seconds that the stages may take on two cores: the goals this is built for. */
const goals = { cells: 120, counting: 30, search: 10, secondRun: 20 } as const;

/**
 * The whole way at the paper's size, activations given: label maps to cells, activations to kept maps, thresholds and counts, search; then a
 * second run with another quantile from what the first one has in memory (--paper-page has it from storage); how each stage grows; and the reference's way on a part.
 *
 * @param folder where the generated set is kept for the next time, 2.4 GB
 */
export async function benchPaper(say: Say, folder: string): Promise<Record<string, number>> {
  const set = await writeSet(paperPlan, folder, say);
  const { pictures, units, concepts } = paperPlan;
  say(
    `${pictures} pictures, ${units} units, ${concepts} concepts: ${set.source}. Two threads, Node ${process.version}.`,
  );
  const cells = await measured(() => readCells(set, pictures));
  const { cellCount, signatures } = cells.result.search.cells;
  say(`${cellCount} cells, ${(signatures.length / cellCount).toFixed(2)} concepts a cell`);
  const read = await measured(() => readActivations(set, paperPlan, paperSettings));
  const first = await explainAll(cells.result, read.result, paperSettings);
  const quantile = 0.004;
  const another: ExplainSettings = { ...paperSettings, threshold: { kind: 'quantile', quantile } };
  const second = await explainAll(cells.result, read.result, another);
  const secondRun = second.counting.seconds + second.searching.seconds;
  const line = (name: string, { seconds, megabytes }: StageFigures, goal?: number): void =>
    say(
      `  ${name.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s  ${megabytes.toFixed(0).padStart(6)} MB` +
        (goal === undefined ? '' : `  goal ${goal} s ${seconds <= goal ? 'met' : 'MISSED'}`),
    );
  line('label maps to cells', cells.took, goals.cells);
  line(`activations to kept maps (quantile ${read.result.keptQuantile})`, read.took);
  line('thresholds, masks, counts', first.counting, goals.counting);
  line('search', first.searching, goals.search);
  line(
    `second run, quantile ${quantile}, from what is kept in memory`,
    { ...second.counting, seconds: secondRun },
    goals.secondRun,
  );
  say(`  mean IoU ${first.meanIou.toFixed(4)}, with quantile ${quantile} ${second.meanIou.toFixed(4)}`);

  const lines = await growth(set, folder, say);
  say('Time and largest memory of the process, on fewer pictures:');
  for (const line of lines) say(growthText(line));
  const reference = await referenceWay(set, say);
  return {
    'paper.cells': cellCount,
    'paper.cells_seconds': cells.took.seconds,
    'paper.activations_seconds': read.took.seconds,
    'paper.counting_seconds': first.counting.seconds,
    'paper.search_seconds': first.searching.seconds,
    'paper.second_run_seconds': secondRun,
    'paper.peak_mb': Math.max(...[cells, read].map(({ took }) => took.megabytes), first.searching.megabytes),
    ...Object.fromEntries(
      lines.map(({ what, stage, figures }) => [
        `paper.growth.${what}.${stage}`,
        figures[figures.length - 1].seconds / figures[figures.length - 2].seconds,
      ]),
    ),
    ...reference,
  };
}

function growthText({ what, sizes, stage, figures }: GrowthLine): string {
  const each = sizes.map(
    (size, i) => `${size}: ${figures[i].seconds.toFixed(2)} s, ${figures[i].megabytes.toFixed(0)} MB`,
  );
  const ratios = figures.slice(1).map(({ seconds }, i) => `x${(seconds / figures[i].seconds).toFixed(2)}`);
  return `  ${what.padEnd(9)} ${stage.padEnd(12)} ${each.join('; ')}; at each doubling ${ratios.join(', ')}`;
}
