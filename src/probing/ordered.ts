/** Order of paths by their characters' codes, the same on every machine. */
export function byCode(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
