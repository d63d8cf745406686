import { analysisOf } from '../engine/analysis/analysis.ts';
import { Fault } from '../engine/fault.ts';
import { ablationWords } from './ablation-words.ts';
import { kindsOfRun } from './kinds-of-run.ts';
import { modelLayers } from './activations.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { askedModel } from './asked.ts';
import { exitCodeOf } from './exit-codes.ts';
import { explainCells } from './explain-cells-command.ts';
import { explain, type Explained } from './explain-command.ts';
import { help } from './help.ts';
import { endAtOnce, endInOrder } from './interrupt.ts';
import { readMergeArguments } from './merge-arguments.ts';
import { lineProgress, noProgress, type Progress } from './progress.ts';
import { reportWords } from './report-words.ts';
import { merge } from './shards/merge-command.ts';
import { readShard, type ShardAsked } from './shards/shard-command.ts';
import { layerTable, unitTable } from './table.ts';
import { writeResults } from './write-files.ts';
import { writeReport } from './write-report.ts';

/** Progress goes to stderr: stdout has results only. */
function progressOf({ quiet }: { readonly quiet: boolean }): Progress {
  if (quiet) return noProgress;
  const { stderr } = process;
  return lineProgress({
    write: (text) => stderr.write(text),
    terminal: stderr.isTTY,
    now: () => performance.now(),
  });
}

/** Says something on stderr, in place of a line of progress that is not done. */
function say(sentence: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${sentence}\n`);
}

/** Prints the table, and writes the files asked for. */
async function give(
  { results, resultTable, tallies = null, correlations = null, further = {} }: Explained,
  { out, report, writeCells }: Pick<Arguments, 'out' | 'report' | 'writeCells'>,
): Promise<void> {
  console.log(unitTable(results));
  if (writeCells !== undefined) say(`Wrote ${writeCells}`);
  if (out !== undefined) for (const path of await writeResults(results, out, resultTable)) say(`Wrote ${path}`);
  if (report === undefined) return;
  const kinds = further.kinds ?? (await kindsOfRun(results, null));
  const analysis = analysisOf(results, tallies, correlations, { ...further, kinds });
  for (const path of await writeReport(results, analysis, report)) say(`Wrote ${path}`);
  for (const line of reportWords(analysis)) say(line);
  if (analysis.ablation) for (const line of ablationWords(analysis.ablation)) say(line);
}

async function runExplain(words: readonly string[]): Promise<void> {
  const asked = readArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return;
  }
  if (isShard(asked)) {
    await runShard(asked);
    return;
  }
  endAtOnce();
  if (asked.layers) {
    const { list, chosen } = await modelLayers(await askedModel(asked));
    console.log(layerTable(list, chosen));
    return;
  }
  const progress = progressOf(asked);
  await give(asked.cells ? await explainCells(asked, asked.cells, progress) : await explain(asked, progress), asked);
}

const isShard = (asked: Arguments): asked is ShardAsked => asked.shard !== undefined && asked.out !== undefined;

async function runShard(asked: ShardAsked): Promise<void> {
  const { signal, dispose } = endInOrder();
  const watch = { progress: progressOf(asked), say, signal };
  const isFinished = await readShard(asked, watch).finally(dispose);
  if (!isFinished) process.exitCode = signal.reason as number;
}

async function runMerge(words: readonly string[]): Promise<void> {
  const asked = readMergeArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return;
  }
  endAtOnce();
  await give({ results: await merge(asked, progressOf(asked)) }, asked);
}

try {
  const words = process.argv.slice(2);
  await (words[0] === 'merge' ? runMerge(words.slice(1)) : runExplain(words));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  say(`${error.code}: ${error.message}`);
  process.exitCode = exitCodeOf(error);
}
