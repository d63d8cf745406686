import type { Concept } from '../../../engine/concepts.ts';
import type { UnitState } from '../../../engine/results/explanation.ts';
import type { RowFilter } from '../../../state/unit-rows.ts';
import { noFilter } from '../../../state/unit-rows.ts';
import { conceptName } from '../../../figures/text/concept-name.ts';
import { operatorName } from '../../../figures/text/operator-names.ts';
import { stateNames } from '../../text/state-names.ts';

/** One filter that is set, in words, and the change that takes it away. */
export interface FilterChip {
  readonly name: string;
  readonly value: string;
  readonly without: Partial<RowFilter>;
}

/** The filters that are set. */
export function filterChips(filter: RowFilter, concepts: readonly Concept[]): readonly FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (name: string, value: string, ...fields: (keyof RowFilter)[]): void => {
    chips.push({ name, value, without: Object.fromEntries(fields.map((field) => [field, noFilter[field]])) });
  };
  if (filter.uses >= 0) {
    const concept = concepts.at(filter.uses);
    add('uses', concept ? conceptName(concept) : `concept ${filter.uses}`, 'uses');
  }
  if (filter.find !== '') add('text', filter.find, 'find');
  if (filter.category !== '') add('category', filter.category, 'category');
  if (filter.operator !== '') add('operator', operatorName(filter.operator), 'operator');
  if (filter.state !== '') add('state', stateNames[filter.state as UnitState] ?? filter.state, 'state');
  if (filter.from > 0 || filter.to < 1) {
    const ends = [filter.from, filter.to].map((value) => String(Number(value.toFixed(4))));
    add(
      'IoU',
      filter.to === 1 ? `from ${ends[0]}` : filter.from === 0 ? `up to ${ends[1]}` : ends.join(' to '),
      'from',
      'to',
    );
  }
  return chips;
}
