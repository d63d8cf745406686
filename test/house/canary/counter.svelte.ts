/** A count with a derived double: shows that modules with runes are compiled as for a page. */
export class Counter {
  count = $state(1);
  readonly double = $derived(this.count * 2);
}
