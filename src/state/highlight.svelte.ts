import type { Formula } from '../engine/formula/formula.ts';

/** The concept or part of a formula that is pointed at; every picture and chip on the screen lights it. */
export class Highlight {
  formula: Formula | null = $state.raw(null);

  /** Lights a part, or none. */
  point(formula: Formula | null): void {
    this.formula = formula;
  }
}
