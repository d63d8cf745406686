import { describe, expect, it } from 'vitest';
import { columnNames, defaultColumns, firstOrder, printColumns, readColumns } from '../../src/state/columns.ts';
import { parseRoute } from '../../src/state/route.ts';

describe('columns', () => {
  it('are read in the order of the table, with unit and formula', () => {
    expect(readColumns('state,iou,nonsense')).toEqual(['unit', 'formula', 'iou', 'state']);
    expect(readColumns('')).toEqual([]);
    expect(readColumns('nonsense')).toEqual([]);
  });

  it('are written as they are read, the usual ones as nothing', () => {
    expect(printColumns(defaultColumns)).toBe('');
    expect(readColumns(printColumns(columnNames))).toEqual(columnNames);
  });

  it('can all be sorted by but the pictures, as the address knows', () => {
    const sortable = columnNames.filter((name) => parseRoute(`#sort=${name}`).sort === name);
    expect(sortable).toEqual(columnNames.filter((name) => name !== 'picture'));
  });

  it('start with the largest for measures, and with the first for names', () => {
    expect(firstOrder('iou')).toBe('down');
    expect(firstOrder('unit')).toBe('up');
  });
});
