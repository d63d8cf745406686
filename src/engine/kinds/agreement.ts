import { wilsonInterval, type Interval } from '../statistics/wilson.ts';
import { kinds, type Kind, type KindLabel } from './kind.ts';

/** A unit that a person has labelled, and what was suggested for it. */
export interface LabelledUnit {
  readonly label: KindLabel;
  readonly suggestion: Kind;
}

/** How far a person and the suggestions agree. */
export interface KindAgreement {
  /** Units compared: labelled with a kind. */
  readonly compared: number;
  /** Units of which it could not be told; compared nowhere. */
  readonly unsure: number;
  readonly agreed: number;
  /** `agreed` over `compared`, 0 to 1; null where nothing is compared. */
  readonly share: number | null;
  /** The 95 % confidence interval of `share` (Wilson); null where that is. */
  readonly interval: Interval | null;
  /**
   * Cohen's kappa: (share - e) / (1 - e), where e is the share in which two would agree who choose each kind as often as these two, but blindly. 1: agree
   * always; 0: no more than by chance. Null where nothing is compared, or both chose one and the same kind throughout.
   */
  readonly kappa: number | null;
  /** `[label][suggestion]` units, in the order of `kinds`. */
  readonly table: readonly (readonly number[])[];
}

/** Compares labels with suggestions (Cohen, A Coefficient of Agreement for Nominal Scales, 1960). */
export function kindAgreement(units: readonly LabelledUnit[]): KindAgreement {
  const told = units.filter(({ label }) => label !== 'unsure');
  const table = kinds.map((label) =>
    kinds.map((suggestion) => told.filter((unit) => unit.label === label && unit.suggestion === suggestion).length),
  );
  const compared = told.length;
  const agreed = table.reduce((sum, row, at) => sum + row[at], 0);
  const share = compared > 0 ? agreed / compared : null;
  return {
    compared,
    unsure: units.length - compared,
    agreed,
    share,
    interval: wilsonInterval(agreed, compared),
    kappa: share === null ? null : kappaOf(share, table, compared),
    table,
  };
}

function kappaOf(share: number, table: readonly (readonly number[])[], compared: number): number | null {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  const chance = sum(table.map((row, at) => sum(row) * sum(table.map((other) => other[at])))) / compared ** 2;
  return chance === 1 ? null : (share - chance) / (1 - chance);
}
