import { cliFaults } from './errors.ts';

/** Is it an Arrow file by its name? */
export const isArrowPath = (path: string): boolean => /\.arrow$/i.test(path);

/** The path of a file of cells to be written: Parquet, or Arrow. @throws Fault `cli/usage`, if its name is of another kind */
export function checkCellsPath(path: string | undefined): string | undefined {
  if (path !== undefined && !/\.(parquet|arrow)$/i.test(path)) {
    throw cliFaults.usage(`--write-cells takes a name that ends in .parquet or .arrow, not ${path}.`);
  }
  return path;
}
