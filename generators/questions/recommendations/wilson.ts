/** The normal quantile of a two-sided interval of 95 %. */
const quantile = 1.96;

/**
 * The lower bound of the 95 % interval of a share (E. B. Wilson, 1927): 3 of 3 is 0.44, 20 of 20 is 0.84.
 *
 * @param hits from 0 to `total`
 * @returns from 0 to 1; 0 without a trial
 */
export function wilsonLowerBound(hits: number, total: number): number {
  if (total <= 0) return 0;
  const share = hits / total;
  const square = quantile ** 2 / total;
  const spread = quantile * Math.sqrt((share * (1 - share)) / total + square / (4 * total));
  return Math.max(0, (share + square / 2 - spread) / (1 + square));
}
