import { cliFaults } from './errors.ts';
import { sampleNames } from './help.ts';

/** The options that say what is explained, as they were given. */
interface Sources {
  readonly sample?: string | undefined;
  readonly probing?: string | undefined;
  readonly categories?: string | undefined;
  readonly splits?: string | undefined;
  readonly 'no-colors': boolean;
  readonly model?: string | undefined;
  readonly layer?: string | undefined;
  readonly preprocess?: string | undefined;
  readonly activations?: string | undefined;
  readonly concepts?: string | undefined;
  readonly quantile?: string | undefined;
  readonly above?: string | undefined;
  readonly thresholds?: string | undefined;
  readonly layers: boolean;
  readonly classes?: string | undefined;
  readonly 'class-names'?: string | undefined;
  readonly labels?: string | undefined;
  readonly cells: readonly string[];
}

/** @throws Fault `cli/usage`, if something is missing, or two options exclude each other */
export function checkSources(given: Sources): void {
  const { sample, probing, model, layer, preprocess, activations, layers, cells, concepts } = given;
  if (given.classes !== undefined && given['class-names'] !== undefined)
    throw cliFaults.usage('Give --classes or --class-names, not both.');
  if (cells.length > 0) {
    checkCells(given);
    return;
  }
  if (concepts !== undefined) throw cliFaults.usage('--concepts says what the numbers in --cells mean and needs it.');
  if (sample !== undefined) {
    checkSample(given, sample);
    return;
  }
  if (model !== undefined && activations !== undefined)
    throw cliFaults.usage('Give --model or --activations, not both.');
  if (activations !== undefined && (layer !== undefined || preprocess !== undefined || layers)) {
    throw cliFaults.usage('--layer, --layers and --preprocess need --model.');
  }
  if (layers && model !== undefined) return;
  if (probing === undefined) throw cliFaults.usage('Give --sample, or --probing with --model or --activations.');
  if (model === undefined && activations === undefined)
    throw cliFaults.usage('Give --model or --activations with --probing.');
}

function checkSample({ probing, model, activations }: Sources, sample: string): void {
  const extra = firstGiven({ '--probing': probing, '--model': model, '--activations': activations });
  if (extra)
    throw cliFaults.usage(`--sample brings its own model and probing set, so ${extra} has no place beside it.`);
  if (!sampleNames.some((name) => name === sample)) {
    throw cliFaults.usage(`--sample takes one of ${sampleNames.join(', ')}, not ${sample}.`);
  }
}

/** Cells were counted already: there is nothing left to read, to run or to threshold. */
function checkCells(given: Sources): void {
  const extra = firstGiven({
    '--sample': given.sample,
    '--probing': given.probing,
    '--categories': given.categories,
    '--splits': given.splits,
    '--no-colors': given['no-colors'] || undefined,
    '--model': given.model,
    '--layer': given.layer,
    '--layers': given.layers || undefined,
    '--preprocess': given.preprocess,
    '--activations': given.activations,
    '--quantile': given.quantile,
    '--above': given.above,
    '--thresholds': given.thresholds,
    '--class-names': given['class-names'],
    '--labels': given.labels,
  });
  if (extra) throw cliFaults.usage(`--cells are counted already, so ${extra} has no place beside them.`);
}

const firstGiven = (options: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(options).find((name) => options[name] !== undefined);
