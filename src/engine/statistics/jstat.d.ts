/** What is used of jstat, which has no types of its own. */
declare module 'jstat' {
  const jStat: {
    readonly normal: {
      /** P(X <= x) of the normal distribution; off by up to 1e-16, so far out on the left it is 0. */
      cdf(x: number, mean: number, deviation: number): number;
    };
    /** The regularized incomplete beta function I_x(a, b), to about seven digits; 0 <= x <= 1, a and b above 0. */
    ibeta(x: number, a: number, b: number): number;
  };
  export default jStat;
}
