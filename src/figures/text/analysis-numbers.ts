/** A correlation or a test's statistic with its sign: `0.312`, `−0.600`. */
export function statisticText(value: number, digits = 3): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 || value > 0 ? text : `−${text}`;
}

/** How likely a result as far from none is by chance: `p = 0.043`, `p = 2.3e−12`, `p < 1e−300` where it is too small to be written. */
export function pText(p: number): string {
  if (p < 1e-300) return 'p < 1e−300';
  const text = p < 1e-3 ? p.toExponential(1).replace('-', '−') : p.toPrecision(2);
  return `p = ${p > 0.999 ? '1' : text}`;
}

/** A sentence whose numbers stay on a line with what they belong to: no line ends before `%`, nor beside `=` and `<`. */
export function unbroken(text: string): string {
  return text.replaceAll(/ ([=<]) /g, '\u00a0$1\u00a0').replaceAll(' %', '\u00a0%');
}
