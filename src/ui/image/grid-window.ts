/** How items are laid out in a grid of equal tiles. Lengths in pixels. */
export interface GridShape {
  readonly columns: number;
  readonly rows: number;
  /** Width of a tile. */
  readonly tile: number;
  /** From the top of one row to the top of the next. */
  readonly rowHeight: number;
}

/**
 * Lays tiles out: as many columns as fit at the width asked for, then stretched to fill the row.
 *
 * @param wanted width of a tile, at least, where the window is wide enough for one
 * @param tileHeight height of a tile of some width
 */
export function gridShape(
  count: number,
  width: number,
  wanted: number,
  gap: number,
  tileHeight: (tile: number) => number,
): GridShape {
  const columns = Math.max(1, Math.floor((width + gap) / (wanted + gap)));
  const tile = Math.max(1, (width - gap * (columns - 1)) / columns);
  return { columns, rows: Math.ceil(count / columns), tile, rowHeight: tileHeight(tile) + gap };
}

/**
 * Which rows of a grid are drawn.
 *
 * @param scrolled pixels of the grid above the window
 * @param windowHeight pixels
 * @param around rows drawn above and below the window besides
 * @returns the first row, and the one after the last
 */
export function rowsInWindow(
  { rows, rowHeight }: GridShape,
  scrolled: number,
  windowHeight: number,
  around = 2,
): { readonly first: number; readonly end: number } {
  const first = Math.min(rows, Math.max(0, Math.floor(scrolled / rowHeight) - around));
  const end = Math.min(rows, Math.max(first, Math.ceil((scrolled + windowHeight) / rowHeight) + around));
  return { first, end };
}

/**
 * Where a key leads from an item of a grid: arrows to neighbors, Home and End to the ends of the list, the page keys by a window.
 *
 * @param page rows of a window, 1 or more
 * @returns the item, within the list; null where the key leads nowhere in a grid
 */
export function itemAfterKey(key: string, from: number, count: number, columns: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -count,
    End: count,
  };
  if (!Object.hasOwn(steps, key) || count === 0) return null;
  const to = from + steps[key];
  if (key === 'ArrowUp' && to < 0) return from;
  // From the last row but one, down leads into a last row that is shorter.
  if (key === 'ArrowDown' && to >= count) {
    return Math.floor(from / columns) < Math.floor((count - 1) / columns) ? count - 1 : from;
  }
  return Math.min(count - 1, Math.max(0, to));
}
