import { faultTable } from '../../engine/fault.ts';

/** Everything that can be wrong with a file of gold labels. Rows count from 1, as a spreadsheet shows them; samples from 0. */
export const labelFaults = faultTable('labels', {
  'too-large': (file: string, megabytes: number) =>
    `${file} has ${megabytes} MB, but a file of labels may have 64. Give the name and the label of each sample only.`,
  empty: (file: string) => `${file} has no labels. Give a label a line, or rows of sample name and label.`,
  quotes: (file: string, row: number) =>
    `${file}, row ${row}: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.`,
  columns: (file: string, row: number) =>
    `${file}, row ${row} has a sample name but no label behind it. Give both, with a comma or a tab between them.`,
  ambiguous: (file: string, row: number, name: string, one: string, other: string) =>
    `${file}, row ${row}: "${name}" may be ${one} or ${other}. Write more of the path, so that it is one of them.`,
  twice: (file: string, row: number, sample: string, label: string, before: string) =>
    `${file}, row ${row}: ${sample} is "${label}" here, but "${before}" in a row above. Keep one of them.`,
  count: (file: string, found: number, samples: number, like: string) =>
    `${file} has ${found} ${found === 1 ? 'line' : 'lines'}, and none begins with the name of a sample, such as ${like}. Give a name and a label in each row, or one label a line for each of the ${samples} samples.`,
});
