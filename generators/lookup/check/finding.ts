/** A statement of a text that the configuration contradicts. */
export interface Finding {
  file: string;
  /** From 1; null for an alias of the configuration. */
  line: number | null;
  kind:
    | 'not installed'
    | 'no such file'
    | 'wrong count'
    | 'renamed option'
    | 'removed option'
    | 'no such option'
    | 'removed package'
    | 'no such package';
  /** The statement, and what was found instead. */
  message: string;
  /** From what that is known. */
  evidence: string;
}
