import { parseArgs } from 'node:util';
import type { ExplainSettings } from '../engine/results/explanation.ts';
import { parsed, threadsAsked } from './arguments.ts';
import { checkCellsPath } from './cells-path.ts';
import { cliFaults } from './errors.ts';
import { unitRange } from './option-values.ts';
import { hasThreshold, readSettings, searchOptions, thresholdOptions } from './search-options.ts';

/** What merging was asked for. */
export interface MergeArguments {
  readonly help: boolean;
  /** Folders of shards, or folders that hold them; one or more. */
  readonly shards: readonly string[];
  readonly settings: ExplainSettings;
  /** Whether `settings` or `thresholds` have a threshold that was asked for; else that of the shards holds. */
  readonly thresholdAsked: boolean;
  readonly thresholds: string | undefined;
  readonly units: readonly [number, number] | undefined;
  readonly out: string | undefined;
  /** Folder of the analysis. */
  readonly report: string | undefined;
  readonly writeCells: string | undefined;
  readonly threads: number | undefined;
  readonly quiet: boolean;
}

/** Reads the words behind `merge`. @throws Fault `cli/usage` */
export function readMergeArguments(words: readonly string[]): MergeArguments {
  const { values, positionals } = parsed(() =>
    parseArgs({
      args: [...words],
      strict: true,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        ...searchOptions,
        ...thresholdOptions,
        units: { type: 'string' },
        out: { type: 'string' },
        report: { type: 'string' },
        'write-cells': { type: 'string' },
        threads: { type: 'string' },
        quiet: { type: 'boolean', default: false },
      },
    }),
  );
  if (!values.help && positionals.length === 0) throw cliFaults.usage('Give merge the folder that holds the shards.');
  return {
    help: values.help,
    shards: positionals,
    settings: readSettings(values),
    thresholdAsked: hasThreshold(values),
    thresholds: values.thresholds,
    units: values.units === undefined ? undefined : unitRange(values.units),
    out: values.out,
    report: values.report,
    writeCells: checkCellsPath(values['write-cells']),
    threads: threadsAsked(values.threads),
    quiet: values.quiet,
  };
}
