/**
 * P-values of many tests, raised so that the chance of even one of them being below a level by chance is at most that level (Holm, A Simple
 * Sequentially Rejective Multiple Test Procedure, 1979): the k-th smallest of m times m - k + 1, no smaller than the one before, at most 1.
 *
 * @param ps 0 to 1; null where there was no test: left out of m, and null again
 */
export function holm(ps: readonly (number | null)[]): readonly (number | null)[] {
  const order = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((one, other) => one.p - other.p);
  const raised: (number | null)[] = ps.map(() => null);
  let least = 0;
  order.forEach(({ p, at }, rank) => {
    least = Math.max(least, Math.min(1, p * (order.length - rank)));
    raised[at] = least;
  });
  return raised;
}
