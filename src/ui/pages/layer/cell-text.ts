import { classOfColumn } from '../../../state/columns.ts';
import type { ColumnName } from '../../../state/columns.ts';
import type { UnitRow } from '../../../state/unit-rows.ts';
import { countText, iouText, signedText, valueText } from '../../../figures/text/numbers.ts';
import { operatorNames } from '../../../figures/text/operator-names.ts';
import { stateNames } from '../../text/state-names.ts';

/** What stands in a unit's cell as text; empty where the unit has no such value. */
export function cellText(row: UnitRow, column: ColumnName): string {
  const { explanation } = row;
  const explained = explanation.best !== null;
  switch (column) {
    case 'unit':
      return String(row.unit);
    case 'picture':
      return '';
    case 'formula':
      return row.text;
    case 'iou':
      return explained ? iouText(row.iou) : '';
    case 'iou1':
      return explained ? iouText(row.iou1) : '';
    case 'gain':
      return explained ? iouText(row.iou - row.iou1) : '';
    case 'length':
      return explained ? String(row.length) : '';
    case 'weight-0':
    case 'weight-1':
    case 'weight-2':
    case 'weight-3': {
      const weight = row.weights?.[classOfColumn(column) ?? 0];
      return weight === undefined ? '' : signedText(weight);
    }
    case 'categories':
      return row.categories.join(', ');
    case 'operators':
      return explained
        ? row.operators.map((operator) => operatorNames[operator]).join(', ') || operatorNames.single
        : '';
    case 'area':
      return countText(explanation.area);
    case 'firing':
      return countText(explanation.firing);
    case 'threshold':
      return explanation.threshold === null ? '' : valueText(explanation.threshold);
    case 'peak':
      return row.peak === null ? '' : valueText(row.peak);
    case 'state':
      return stateNames[explanation.state];
  }
}
