import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { fileName, withoutEnding } from '../picture-paths.ts';
import { labelPlaces, listed, namesPairs } from './columns.ts';
import { ACCEPTED_LABELS, goldLabel } from './gold-label.ts';
import { readCsvRows } from './read-csv.ts';

/** Labels of pairs, in their order. */
export interface PairLabels {
  /** Path of the file. */
  readonly file: string;
  readonly rows: readonly { readonly gold: string | undefined; readonly prediction: string | undefined }[];
  readonly digest: string;
  readonly notes: readonly string[];
}

/**
 * Reads the labels that lie beside a `.tok` or `.feats` file, whose lines have none: a CSV file, at the top or in a folder `preds`, whose name
 * ends as that of the sentences (`preds/6_snli_1.0_dev.csv` beside `snli_1.0_dev.tok`), with a row a pair and columns for gold label or
 * prediction (`gt`, `pred`). Of several the first by name is read.
 *
 * @param file the sentences
 * @returns undefined, if there is none
 * @throws Fault naming file and row
 */
export async function labelsBeside(tree: FileTree, file: TreeFile): Promise<PairLabels | undefined> {
  const stem = withoutEnding(fileName(file.path)).toLowerCase();
  const fits = (path: string): boolean =>
    /^(preds\/)?[^/]+\.csv$/i.test(path) && withoutEnding(fileName(path)).toLowerCase().endsWith(stem);
  const [path, ...others] = Array.from(tree.files.keys()).filter(fits).sort(byCode);
  const labels = path === undefined ? undefined : tree.files.get(path);
  if (labels === undefined) return undefined;
  const read = await readLabels(labels);
  if (others.length === 0) return read;
  return { ...read, notes: [`Labels and predictions come from ${path}; ${listed(others)} was left aside.`] };
}

async function readLabels(file: TreeFile): Promise<PairLabels> {
  let places: { readonly gold: number; readonly prediction: number } | undefined;
  let columns: readonly string[] = [];
  const rows: { gold: string | undefined; prediction: string | undefined }[] = [];
  const digest = await readCsvRows(file, (fields, row) => {
    if (places === undefined) {
      columns = fields;
      places = labelPlaces(columns);
      if ((places.gold < 0 && places.prediction < 0) || namesPairs(fields))
        throw probingFaults['pair-label-columns'](file.path, listed(fields));
    } else if (fields.length > 1 || fields[0].trim() !== '') {
      const gold = places.gold < 0 ? undefined : (fields[places.gold] ?? '');
      if (goldLabel(gold) === undefined) {
        throw probingFaults['pair-label'](file.path, `row ${row}`, columns[places.gold], gold ?? '', ACCEPTED_LABELS);
      }
      rows.push({ gold, prediction: places.prediction < 0 ? undefined : fields[places.prediction] });
    }
  });
  return { file: file.path, rows, digest, notes: [] };
}
