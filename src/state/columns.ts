/** Columns of the unit table, in the order in which they stand. */
export const columnNames = [
  'unit',
  'picture',
  'formula',
  'iou',
  'iou1',
  'gain',
  'length',
  'weight-0',
  'weight-1',
  'weight-2',
  'weight-3',
  'categories',
  'operators',
  'area',
  'firing',
  'threshold',
  'peak',
  'state',
] as const;

/** Columns of the unit's weights in the classes' outputs, one a class; more classes are not shown as columns. */
export const weightColumns = ['weight-0', 'weight-1', 'weight-2', 'weight-3'] as const;

/** A column of the unit table. */
export type ColumnName = (typeof columnNames)[number];

/** Columns that can be sorted by: all but the pictures. */
export type SortableColumn = Exclude<ColumnName, 'picture'>;

/** Columns of names and numbers one looks a unit up by: sorting by them starts from the front; by measures, from the largest. */
const lookedUp: ReadonlySet<string> = new Set<ColumnName>(['unit', 'formula', 'categories', 'operators', 'state']);

/** Columns shown where nobody chose others, for units over pictures. */
export const defaultColumns: readonly ColumnName[] = [
  'unit',
  'picture',
  'formula',
  'iou',
  'iou1',
  'categories',
  'firing',
];

/** Columns shown where nobody chose others, for units over sentence pairs. */
export const pairColumns: readonly ColumnName[] = ['unit', 'picture', 'formula', 'iou', ...weightColumns];

/** The class whose weights a column has, by its position; undefined for other columns. */
export function classOfColumn(column: ColumnName): number | undefined {
  const place = weightColumns.findIndex((name) => name === column);
  return place < 0 ? undefined : place;
}

/** The order a column is sorted in first. */
export function firstOrder(column: string): 'up' | 'down' {
  return lookedUp.has(column) ? 'up' : 'down';
}

/** Columns named in a text, with commas between them, in the table's order with unit and formula; empty where none is named. */
export function readColumns(text: string): readonly ColumnName[] {
  const named = new Set(text.split(','));
  const known = columnNames.filter((name) => named.has(name));
  return known.length === 0 ? [] : columnNames.filter((name) => isFixed(name) || named.has(name));
}

/** Columns for the address; empty where they are the usual ones. */
export function printColumns(columns: readonly ColumnName[], usual: readonly ColumnName[] = defaultColumns): string {
  const text = columnNames.filter((name) => columns.includes(name)).join(',');
  return text === usual.join(',') ? '' : text;
}

/** Whether a column is always there: without unit and formula a row says nothing. */
export function isFixed(column: ColumnName): boolean {
  return column === 'unit' || column === 'formula';
}
