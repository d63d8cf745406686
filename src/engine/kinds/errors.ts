import { faultTable } from '../fault.ts';

/** What can be wrong with what kinds of units are told by. */
export const kindFaults = faultTable('kinds', {
  'noun-tree': (reason: string) =>
    `The table of nouns that comes with Formulens is damaged (${reason}). Reload the page; where that does not help, build it anew.`,
  'labels-columns': (file: string, found: string) =>
    `${file} has no column unit, or no column label. It has ${found}; a file of labels has both, as the page saves it.`,
  'labels-unit': (file: string, row: number, found: string) =>
    `${file}, row ${row}: "${found}" is not the number of an explained unit of these results.`,
  'labels-label': (file: string, row: number, found: string, wanted: string) =>
    `${file}, row ${row}: "${found}" is no label. Use one of ${wanted}, or nothing.`,
  'labels-twice': (file: string, row: number, unit: number) =>
    `${file}, row ${row}: unit ${unit} stands there twice. Keep one of its rows.`,
});
