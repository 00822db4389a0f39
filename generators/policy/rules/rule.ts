import type * as zod from 'zod';
import type { Inline } from '../../content.ts';
import type { Evaluated } from '../../evidence/evaluated.ts';
import type { PolicyOptions, RuleSetting } from '../../evidence/policies.ts';
import type { Access, Exec, Match, ToolCall } from '../call.ts';
import type { World } from '../world.ts';

/** The functions of zod that rules need; all of zod in one object could not be tree-shaken. */
export type SchemaBuilder = Pick<typeof zod, 'array' | 'strictObject' | 'string'>;

/**
 * One kind of rule. The schema of the compiled policies, the sentences for an agent, and the calls that leave the
 * hook's fast path are derived from it. `Data` is what a compiled rule has beside
 * its name and decision.
 */
export interface Rule<Data extends object> {
  /** The rule's name in every output, and its option below `policies`. */
  name: string;
  /** The schema of `Data`. zod is an argument because the hook bundles the rules and must not load zod. */
  fields?(z: SchemaBuilder): { [Field in keyof Data]: zod.ZodType<Data[Field]> };
  /** Checks one command of a command line. */
  checkCommand?(exec: Exec, rule: Data, world: World): Match | null;
  /** Checks a file that a tool or a command reads or writes. */
  checkFile?(access: Access, rule: Data, world: World): Match | null;
  /** Checks all commands of a line together. */
  checkLine?(execs: readonly Exec[], rule: Data): Match | null;
  /** Checks code of another language. */
  checkCode?(code: string, rule: Data, world: World): Match | null;
  /** Checks a call of any tool. */
  checkTool?(call: ToolCall, rule: Data, world: World): Match | null;
  /** Whether the rule applies to calls of this tool; absent: to all. */
  appliesTo?(tool: string, rule: Data): boolean;
  /** The calls that the rule may match: they leave the fast path. */
  mayMatch?(rule: Data): MayMatch;
  /** Files that managed settings deny reading while the rule blocks, as patterns of the client's permission rules. */
  unreadable?: readonly string[];
  /** Commands that an installed one replaces. */
  replaces?(rule: Data): { command: string; by: string }[];
  /** The commands that it tells an agent to use instead. */
  recommends?(rule: Data): string[];
  /** What it matches, for CLAUDE.md. Stands after the decision: "Blocked: …", "Advised against: …". */
  sentence(rule: Data): Inline[];
}

/** A superset of the calls that a rule matches, in terms that a small shell script can test. */
export interface MayMatch {
  /** Words of a command line, without their folder: commands, subcommands. */
  words?: readonly string[];
  /** Commands that it matches at their position, perhaps only with other words: `conditional-words.ts`. */
  commands?: readonly string[];
  /** Words that it does not match as a filter: behind `|`, with a pattern and no files. */
  filters?: readonly string[];
  /** Patterns of the shell's `case` for such words. */
  patterns?: readonly string[];
  /** Text anywhere in a command or path, in lower case. */
  texts?: readonly string[];
  /** Text in a command, in its folder, or in the path of a file that a tool reads or writes; in lower case. */
  pathTexts?: readonly string[];
  /** Files, or folders with everything below: absolute, or relative to the home. */
  files?: readonly string[];
  /** Text in the name of an MCP tool, in lower case. */
  mcpNames?: readonly string[];
  /** Text anywhere in the path of a file that a tool writes, in lower case. */
  editedPaths?: readonly string[];
  /** Edits of files that are links, or below folders that are. */
  linkedFiles?: boolean;
  /** Tools of the client whose every call it may match. */
  tools?: readonly string[];
  everyCommand?: boolean;
  /** Every call of a tool that runs no command. */
  everyTool?: boolean;
}

/** A rule that comes with the module and has an option of its own. The Nix options are made from it: `rules.json`. */
export interface ReadyMadeRule<Data extends object> extends Rule<Data> {
  default: RuleSetting;
  /** The option's description: Nix's Markdown. Indentation is removed. */
  description: string;
  /** Further options of the rule, lists of strings, by their name below `policies`. */
  settings?: Readonly<Record<string, RuleOption>>;
  /** The facts that the rule needs on this host, or why it cannot be active there. */
  compile(facts: Facts): { rule: Data } | Inactive;
}

export interface RuleOption {
  default: readonly string[];
  example: readonly string[];
  description: string;
}

/** A rule that recommends a command is active only where the configuration installs it. */
export interface Inactive {
  /** The commands none of which is installed; null where the installed commands are not known. */
  missing: string[] | null;
}

/** What a rule is compiled from. */
export interface Facts {
  evaluated: Evaluated;
  options: PolicyOptions;
  /** Where a command is installed from; undefined where the configuration does not install it. */
  provider(command: string): Provider | undefined;
  notInstalled(commands: Iterable<string>): Inactive;
}

/** The package that provides an installed command. */
export interface Provider {
  package: string;
  /** The user's file that declares it. */
  file: string | null;
}
