/** Does a path name a file of cells that can be written? Parquet, or Arrow. */
export const isCellsPath = (path: string): boolean => /\.(parquet|arrow)$/i.test(path);

/** Is it an Arrow file by its name? */
export const isArrowPath = (path: string): boolean => /\.arrow$/i.test(path);
