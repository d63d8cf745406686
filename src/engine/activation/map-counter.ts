/** Counts the mask positions of one kept map after the other by the cells of the sample they lie on. */
export interface MapCounter {
  /** Entries of the sample's palette that the mask of the last map meets, ascending. */
  readonly entries: Uint32Array;
  /** Mask positions in each of them. */
  readonly counts: Uint32Array;
  /**
   * @param map number of a kept map; its values are finite
   * @param threshold as unitThreshold gives it
   * @returns how many of `entries` and `counts` hold: 0 where the mask is empty or the sample was not read
   */
  count(map: number, threshold: number): number;
}
