import type { RuleDecision } from '../evidence/policies.ts';
import type { Invocation, ShellLine, Word } from '../lang/shell/line.ts';
import type { CompiledRule } from './schema.ts';
import type { World } from './world.ts';

/** A tool call as the client describes it on the hook's standard input. */
export interface ToolCall {
  tool: string;
  input: Record<string, unknown>;
}

/** One command that a line runs, with what the rules need beside it. */
export interface Exec extends Invocation {
  /** The command without its folder: `grep` for `/usr/bin/grep`; null where it cannot be told. */
  base: string | null;
  /** The folder it runs in; null after a `cd` to somewhere unknown. */
  cwd: string | null;
  line: ShellLine;
}

/** A file that a call reads or writes. */
export interface Access {
  word: Word;
  /** mention: given to a program that may or may not print it */
  how: 'read' | 'edit' | 'mention';
  cwd: string | null;
  /** The command that does it, for the reason. */
  by: string;
}

/** What a rule says of a call. */
export interface Match {
  /** What is wrong and what to do instead, whole sentences. */
  reason: string;
  /**
   * cautious: at most ask, since the match is likely but not certain;
   * unclear: the rule could not tell, so the setting for unclear commands decides.
   */
  certainty?: 'cautious' | 'unclear';
}

export interface Finding {
  rule: string;
  decision: RuleDecision;
  reason: string;
}

/** What one kind of rule looks at; anything it does not look at is absent. */
export interface Check<Rule extends CompiledRule> {
  command?: (exec: Exec, rule: Rule, world: World) => Match | null;
  access?: (access: Access, rule: Rule, world: World) => Match | null;
  tool?: (call: ToolCall, rule: Rule, world: World) => Match | null;
}
