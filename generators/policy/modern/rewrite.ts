/** A line that does the same with the modern tool. */
export interface Rewrite {
  line: string;
  /** Where it differs, for whom the difference matters. */
  note?: string;
}
