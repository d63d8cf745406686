import { Fault } from '../engine/fault.ts';
import { modelLayers, type Progress } from './activations.ts';
import { readArguments } from './arguments.ts';
import { explainCells } from './explain-cells-command.ts';
import { explain } from './explain-command.ts';
import { help } from './help.ts';
import { givenFile, sampleModel } from './sources.ts';
import { layerTable, unitTable } from './table.ts';
import { writeResults } from './write-files.ts';

/** Redraws one line on a terminal; prints nothing into a file or a pipe. */
function terminalProgress(): Progress {
  if (!process.stderr.isTTY) return () => undefined;
  return (what, done, total) =>
    process.stderr.write(`\r\u001b[K${what}: ${done} of ${total}${done === total ? '\n' : ''}`);
}

async function run(words: readonly string[]): Promise<void> {
  const asked = readArguments(words);
  if (asked.help) {
    process.stdout.write(help);
    return;
  }
  if (asked.layers) {
    const model = asked.sample === undefined ? await givenFile(asked.model ?? '') : await sampleModel(asked.sample);
    const { list, chosen } = await modelLayers(model);
    console.log(layerTable(list, chosen));
    return;
  }
  const results = asked.cells
    ? await explainCells(asked, asked.cells, terminalProgress())
    : await explain(asked, terminalProgress());
  console.log(unitTable(results));
  if (asked.writeCells !== undefined) console.error(`Wrote ${asked.writeCells}`);
  if (asked.out === undefined) return;
  for (const path of await writeResults(results, asked.out)) console.error(`Wrote ${path}`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
