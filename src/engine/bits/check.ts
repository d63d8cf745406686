type Values = ArrayLike<number> & Iterable<number>;

/** Refuses bytes of which something does not hold. @throws RangeError with the problem */
export function demand(met: boolean, problem: string): asserts met {
  if (!met) throw new RangeError(problem);
}

/** Refuses what are not `count + 1` ascending whole numbers from 0 to `end`: where each of `count` stretches starts. @throws RangeError */
export function demandStarts(values: Values, count: number, end: number): void {
  const problem = 'its parts do not fit together';
  demand(values.length === count + 1 && values[0] === 0 && values[count] === end, problem);
  for (let i = 0; i < count; i++) demand(values[i] <= values[i + 1] && Number.isInteger(values[i]), problem);
}

/** Refuses values that are not below a limit. @throws RangeError with the problem */
export function demandBelow(values: Values, limit: number, problem: string): void {
  for (let i = 0; i < values.length; i++) demand(values[i] < limit, problem);
}

/** Is it a whole number above 0? */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
