import type { AnnotatedSource } from '../annotated/annotated-source.ts';
import type { FileTree } from '../file-tree.ts';
import { boxTables, openCsvBoxes } from './csv-boxes.ts';
import { openYolo, recogniseYolo } from './yolo.ts';

/** Whether a tree has pictures with boxes, in CSV files or in YOLO's form. */
export async function recogniseBoxes(tree: FileTree): Promise<boolean> {
  return recogniseYolo(tree) || (await boxTables(tree)).length > 0;
}

/** Opens pictures with boxes; see {@link openCsvBoxes} and {@link openYolo}. @throws Fault naming file and row or line */
export async function openBoxes(tree: FileTree): Promise<AnnotatedSource> {
  return recogniseYolo(tree) ? openYolo(tree) : openCsvBoxes(tree, await boxTables(tree));
}
