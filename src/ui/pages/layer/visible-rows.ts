/**
 * Which rows of a long table are in the window.
 *
 * @param count rows of the table
 * @param rowHeight pixels
 * @param scrolled pixels of the table that lie above the window; negative where it starts below the window's top
 * @param windowHeight pixels
 * @returns the first row to draw, and the one after the last; some rows around the window included
 */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrolled: number,
  windowHeight: number,
): { readonly first: number; readonly end: number } {
  const around = 6;
  const first = Math.min(count, Math.max(0, Math.floor(scrolled / rowHeight) - around));
  const end = Math.min(count, Math.max(first, Math.ceil((scrolled + windowHeight) / rowHeight) + around));
  return { first, end };
}
