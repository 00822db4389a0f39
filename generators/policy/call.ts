import type { RuleDecision } from '../evidence/policies.ts';
import type { Invocation, ShellLine, Word } from '../lang/shell/line.ts';

/** A tool call as the client describes it on the hook's standard input. */
export interface ToolCall {
  tool: string;
  input: Record<string, unknown>;
}

/** One command of a line, with what the rules need to know about it. */
export interface Exec extends Invocation {
  /** The command without its folder: `grep` for `/usr/bin/grep`; null where it is not known. */
  base: string | null;
  /** The folder it runs in; null after a `cd` to somewhere unknown. */
  cwd: string | null;
  line: ShellLine;
  /** It runs other commands of the line: `sudo`, `xargs`. */
  runs: boolean;
}

/** A file that a call reads or writes. */
export interface Access {
  word: Word;
  /** mention: passed to a program that may or may not print the content; list: only names are shown */
  how: 'read' | 'edit' | 'remove' | 'list' | 'mention';
  cwd: string | null;
  /** The command that does it, for the reason. */
  by: string;
  /** Absent for a redirection and for a tool of the client. */
  exec?: Exec;
}

/** A rule's verdict on a call. */
export interface Match {
  /** What is wrong and what to do instead, in whole sentences. */
  reason: string;
  /**
   * cautious: at most ask, because the match is likely and not certain;
   * unclear: the rule does not know, so the setting for unclear commands decides.
   */
  certainty?: 'cautious' | 'unclear';
  /** Advice with this name is given once a session. */
  once?: string;
}

export interface Finding {
  rule: string;
  decision: RuleDecision;
  reason: string;
  /** Advice with this name is given once a session. */
  once?: string;
}
