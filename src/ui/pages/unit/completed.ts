/** A range of a text that a completion replaces. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** How a completion is put into a text. */
export interface Completed {
  /** What takes the place of the range. */
  readonly inserted: string;
  /** Where typing goes on. */
  readonly caret: number;
  /** Whether something can follow at once: after an operator a concept must. */
  readonly more: boolean;
}

/** Puts a completion in the place of a range, with one space behind it unless it ends with a bracket or a space, or one follows. */
export function completed(text: string, { from, to }: Range, chosen: string): Completed {
  const rest = text.slice(to);
  const spaced = /[\s()]$/.test(chosen) || /^[\s)]/.test(rest);
  const inserted = spaced ? chosen : `${chosen} `;
  const over = spaced && !/[\s(]$/.test(chosen) && rest.startsWith(' ') ? 1 : 0;
  return {
    inserted,
    caret: from + inserted.length + over,
    more: /[\s(]$/.test(chosen),
  };
}

/** A caret that lies within a text. */
export function boundedCaret(caret: number, text: string): number {
  return Math.min(Math.max(0, caret), text.length);
}

/** The option above or below another, around the ends by way of none (-1). */
export function stepped(active: number, step: number, count: number): number {
  const next = active + step;
  return next >= count ? -1 : next < -1 ? count - 1 : next;
}
