import { wilsonInterval, type Interval } from '../statistics/wilson.ts';

/** How many of some samples something is true of. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  /** `hits` over `of`, 0 to 1; null where `of` is 0. */
  readonly share: number | null;
  /** The 95 % confidence interval of `share` (Wilson): of another draw of samples; null where that is. */
  readonly interval: Interval | null;
}

/** A share from its counts, 0 <= hits <= of. */
export function shareOf(hits: number, of: number): Share {
  return { hits, of, share: of > 0 ? hits / of : null, interval: wilsonInterval(hits, of) };
}
