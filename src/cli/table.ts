import { formulaText } from '../engine/formula/print.ts';
import type { UnitExplanation, UnitState } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Layer } from '../onnx/layers.ts';

const reasons: Record<Exclude<UnitState, 'explained'>, string> = {
  unrelated: 'fires, but no concept overlaps its mask',
  constant: 'constant: all its activations are equal',
  silent: 'silent: nothing lies above its threshold',
  'too-few': 'fires at too few positions',
  'not-finite': 'left out: activations that are no numbers',
};

function aligned(rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = right.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** Unit, IoU and formula, a line each. */
export function unitTable({ concepts, units }: LayerResults): string {
  const row = ({ unit, state, best }: UnitExplanation): string[] => [
    String(unit),
    best ? best.iou.toFixed(4) : '-',
    best ? formulaText(best.formula, (id) => concepts[id].name) : `(${reasons[state as keyof typeof reasons]})`,
  ];
  return aligned([['unit', 'IoU', 'formula'], ...units.map(row)], [true, true, false]);
}

/** A model's layers, a line each; layers that cannot be probed say why. */
export function layerTable(layers: readonly Layer[], chosen: string | undefined): string {
  const row = ({ tensor, op, shape, units, probeable, reason }: Layer): string[] => [
    tensor === chosen ? '*' : '',
    tensor,
    op,
    shape ? `[${shape.map((dim, i) => dim ?? (i === 0 ? 'n' : '?')).join(', ')}]` : '?',
    units === null ? '?' : String(units),
    probeable ? '' : reason,
  ];
  const header = ['', 'layer', 'operator', 'shape', 'units', ''];
  return aligned([header, ...layers.map(row)], [false, false, false, false, true, false]);
}
