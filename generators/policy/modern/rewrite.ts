/** A line with the same result that uses the modern tool. */
export interface Rewrite {
  line: string;
  /** A difference that may matter. */
  note?: string;
}
