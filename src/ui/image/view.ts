import type { Grid } from '../../engine/concepts.ts';

/** What part of a picture a panel shows. */
export interface View {
  /** 1: the whole picture. */
  readonly scale: number;
  /** Left and top of the part shown, as shares of the picture. */
  readonly left: number;
  readonly top: number;
}

/** A position of the grid. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** The whole picture. */
export const wholeView: View = { scale: 1, left: 0, top: 0 };

const largest = 32;

/**
 * Zooms while the point under the pointer stays where it is.
 *
 * @param factor above 1: nearer
 * @param across where the pointer is in the panel, 0 at the left to 1 at the right
 * @param down likewise, from the top
 */
export function zoomed(view: View, factor: number, across = 0.5, down = 0.5): View {
  const scale = Math.min(largest, Math.max(1, view.scale * factor));
  const left = view.left + across / view.scale - across / scale;
  const top = view.top + down / view.scale - down / scale;
  return within({ scale, left, top });
}

/** Moves the part shown by shares of the panel: positive to the right and down. */
export function panned(view: View, across: number, down: number): View {
  return within({ scale: view.scale, left: view.left + across / view.scale, top: view.top + down / view.scale });
}

/** Moves the part shown as little as makes a position lie in it. */
export function revealing(view: View, { x, y }: Position, { width, height }: Grid): View {
  const seen = 1 / view.scale;
  const reach = (start: number, at: number, count: number): number =>
    Math.max((at + 1) / count - seen, Math.min(start, at / count));
  return within({ scale: view.scale, left: reach(view.left, x, width), top: reach(view.top, y, height) });
}

/** The position of the grid at a place of the panel, given as shares of it; null beside the picture. */
export function positionAt(view: View, across: number, down: number, { width, height }: Grid): Position | null {
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return null;
  const x = Math.floor((view.left + across / view.scale) * width);
  const y = Math.floor((view.top + down / view.scale) * height);
  return { x: Math.min(width - 1, x), y: Math.min(height - 1, y) };
}

/**
 * Where an arrow key moves the cursor on the grid: by one position, by ten with Shift; Home and End lead to the ends of the row.
 *
 * @returns the position, within the grid; null where the key moves nothing
 */
export function cursorAfterKey(key: string, shift: boolean, at: Position, { width, height }: Grid): Position | null {
  const by = shift ? 10 : 1;
  const to = {
    ArrowLeft: { x: at.x - by, y: at.y },
    ArrowRight: { x: at.x + by, y: at.y },
    ArrowUp: { x: at.x, y: at.y - by },
    ArrowDown: { x: at.x, y: at.y + by },
    Home: { x: 0, y: at.y },
    End: { x: width - 1, y: at.y },
  }[key];
  if (!to) return null;
  return { x: Math.min(width - 1, Math.max(0, to.x)), y: Math.min(height - 1, Math.max(0, to.y)) };
}

function within({ scale, left, top }: View): View {
  const end = 1 - 1 / scale;
  return { scale, left: Math.min(end, Math.max(0, left)), top: Math.min(end, Math.max(0, top)) };
}
