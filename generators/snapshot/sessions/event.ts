/** What a reader of transcripts reports for a line; texts of the transcript other than these are dropped. */
export type TranscriptEvent =
  | { kind: 'call'; id: string; tool: string; command: string | null; bySubagent?: boolean }
  | { kind: 'result'; id: string; outcome: Outcome }
  /** `message`: the answer, which other lines may repeat with the same numbers. */
  | { kind: 'tokens'; input: number; output: number; cached: number; message?: string | undefined }
  /** Tools that the client offers to the model. */
  | { kind: 'offered'; tools: readonly string[] }
  /** The context file of this project was loaded. */
  | { kind: 'context' }
  /** The transcript is that of a sub-agent. */
  | { kind: 'subagent' }
  /** A sub-agent starts, whose calls are in this transcript too. */
  | { kind: 'subagent starts' };

export type Outcome = 'ok' | 'error' | 'denied' | 'interrupted';

/** A line of a transcript, reduced. */
export interface TranscriptLine {
  /** Identifies the line in copies of it; null: it has no identity. */
  id: string | null;
  /** As `2026-11-21`; null: it has no time. */
  day: string | null;
  events: TranscriptEvent[];
}

/** null: a line of an unknown type. */
export type LineReader = (line: unknown) => TranscriptLine | null;
