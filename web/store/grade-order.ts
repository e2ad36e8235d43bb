/** UI90: whether the outcomes show an order between the grades. Grades are grades of form; an order has to be seen to be stated. */

/** The mean of a grade's outcomes and its 95 % interval; `mean` is `null` below the least number of cases. */
export interface GradeMean {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** `too_few`: fewer than two grades have a mean. `shown`: means fall from grade to grade, and the intervals of the ends are apart. */
export type GradeOrder = "too_few" | "none" | "shown";

/** `means` from the best grade to the lowest; a grade without cases may be left out. */
export function gradeOrderOf(means: readonly GradeMean[]): GradeOrder {
  const known = means.flatMap(({ mean, low, high }) => (mean === null ? [] : [{ mean, low, high }]));
  const [best, worst] = [known[0], known.at(-1)];
  if (best === undefined || worst === undefined || known.length < 2) {
    return "too_few";
  }
  const falls = known.every(
    ({ mean }, i) => i === 0 || mean < (known[i - 1]?.mean ?? Number.NEGATIVE_INFINITY),
  );
  const areApart = best.low !== null && worst.high !== null && best.low > worst.high;
  return falls && areApart ? "shown" : "none";
}
