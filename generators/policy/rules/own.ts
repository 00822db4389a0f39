import type { Word } from '../../lang/shell/line.ts';
import { sortArguments } from '../arguments.ts';
import type { Access, Check, Exec, Match } from '../call.ts';
import { subcommandAt } from '../git-push.ts';
import type { CompiledRule } from '../schema.ts';
import { absolutePath, globRegExp, type World } from '../world.ts';

type Rule = Extract<CompiledRule, { rule: 'own' }>;

/** A rule of the user's own: everything that it gives must match. */
export const own: Check<Rule> = {
  command(exec, rule, world) {
    if (rule.command === null || !toolMatches(rule, 'Bash')) return null;
    if (exec.base === null || !rule.command.some((name) => name === exec.base || name === exec.name)) return null;
    const certain = [subcommandMatches(exec, rule), flagsMatch(exec, rule), pathMatches(exec, rule, world)];
    if (certain.includes(false)) return null;
    return certain.includes(null) ? { ...match(rule), certainty: 'unclear' } : match(rule);
  },
  access(access, rule, world) {
    // With a command, `command` has looked at its arguments already.
    if (rule.path === null || rule.command !== null || access.how === 'mention') return null;
    return anyPath(rule.path, access, world) ? match(rule) : null;
  },
  tool({ tool }, rule) {
    return rule.path === null && rule.command === null && rule.tool !== null && toolMatches(rule, tool)
      ? match(rule)
      : null;
  },
};

/** Whether a rule is about a tool at all; one without `tool` is about files and commands. */
export function toolMatches({ tool }: Pick<Rule, 'tool'>, name: string): boolean {
  return tool === null || tool.some((glob) => globRegExp(glob).test(name));
}

const match = ({ reason, instead }: Rule): Match => ({
  reason: `${reason}${instead === null ? '' : ` Instead: \`${instead}\`.`}`,
});

/** true, false, or null where the words cannot be told. */
function subcommandMatches(exec: Exec, { subcommand }: Rule): boolean | null {
  if (subcommand === null) return true;
  const start = exec.base === 'git' ? subcommandAt(exec.args) : 0;
  const words = sortArguments(exec.args.slice(start)).operands;
  for (const [index, wanted] of subcommand.entries()) {
    const word = words[index];
    if (word === undefined) return false;
    if (word.text === null) return null;
    if (word.text !== wanted) return false;
  }
  return true;
}

function flagsMatch(exec: Exec, { flags }: Rule): boolean | null {
  if (flags === null) return true;
  const { options, dynamic } = sortArguments(exec.args);
  const typed = new Set(exec.args.map(({ text }) => text));
  const present = (flag: string): boolean =>
    typed.has(flag) ||
    options.has(flag) ||
    (/^-\w{2,}$/.test(flag) && [...flag.slice(1)].every((letter) => options.has(`-${letter}`)));
  if (flags.every(present)) return true;
  return dynamic ? null : false;
}

function pathMatches(exec: Exec, { path }: Rule, world: World): boolean | null {
  if (path === null) return true;
  const words = exec.args.filter(({ raw }) => !raw.startsWith('-'));
  return words.some((word) => anyPath(path, { word, how: 'mention', cwd: exec.cwd, by: '' }, world));
}

/** A glob without `/` is about the file's name, one with it about the whole path. */
function anyPath(
  globs: readonly string[],
  { word, cwd }: Pick<Access, 'word' | 'cwd' | 'how' | 'by'>,
  world: World,
): boolean {
  const path = known(word) === null ? null : absolutePath(known(word) as string, cwd, world.home);
  if (path === null) return false;
  return globs.some((glob) => {
    if (!glob.includes('/')) return globRegExp(glob).test(path.slice(path.lastIndexOf('/') + 1));
    const whole = glob.startsWith('**') ? glob : (absolutePath(glob, world.cwd, world.home) ?? glob);
    return globRegExp(whole).test(path);
  });
}

const known = (word: Word): string | null => word.text ?? null;
