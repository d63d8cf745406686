import { formulaConcepts } from '../../../engine/formula/length.ts';
import type { UnitRow } from '../../../state/unit-rows.ts';

/** How much room the formulas of a table's rows take: up to 3 concepts stand in two lines, up to 5 in three, the end of longer ones fades. */
export type FormulaRoom = 'short' | 'long' | 'faded';

const FEW = 3;
const MORE = 5;

/** Room that a row's formula takes. */
export function formulaRoom({ explanation: { best } }: UnitRow): FormulaRoom {
  const length = best ? formulaConcepts(best.formula).length : 0;
  return length <= FEW ? 'short' : length <= MORE ? 'long' : 'faded';
}

/** Height in CSS pixels of all rows of a table: the same, so that nothing moves while it scrolls. */
export function rowHeightOf(rows: readonly UnitRow[], narrow: boolean): number {
  if (narrow) return 128;
  return rows.every((row) => formulaRoom(row) === 'short') ? 60 : 84;
}
