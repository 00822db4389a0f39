import type { Inline } from '../../content.ts';
import type { OwnRule } from '../../evidence/policies.ts';
import { code, codes, inline, joined } from '../../inline.ts';
import { sortArguments, texts } from '../../lang/shell/arguments.ts';
import { commandFacts, commandsWith } from '../../lang/shell/command-table.ts';
import { otherSpellings } from '../../lang/shell/flag-names.ts';
import { globalOptions } from '../../lang/shell/global-options.ts';
import type { Access, Exec, Match } from '../call.ts';
import { globRegExp } from '../glob.ts';
import { absolutePath, type World, wordPath } from '../world.ts';
import type { Rule } from './rule.ts';

/** A rule of the user's own, with the name that the user gave it. */
type Own = Omit<OwnRule, 'decision'> & { name: string };

/** Tools that run no command: a rule about them alone leaves command lines on the fast path. */
const fileTools = new Set(['Edit', 'Glob', 'Grep', 'MultiEdit', 'NotebookEdit', 'Read', 'Write']);

/** Rules of the user's own: every condition that a rule has must match. */
export const ownRules: Rule<Own> = {
  name: 'own',
  fields: (z) => {
    const words = z.array(z.string().min(1)).nullable();
    return {
      name: z.string(),
      command: words.describe('command names; any of them'),
      subcommand: words.describe('the first words after the command and its options: `["profile", "install"]`'),
      flags: words.describe(
        'all of them present; `-rf` requires r and f, `-f` is also `--force`, `-x|--exclude` either',
      ),
      path: words.describe('globs; a file that is read or written, or an argument of the command'),
      tool: words.describe('globs over tool names: `Write`, `mcp__github__*`'),
      reason: z.string().min(1),
      instead: z.string().min(1).nullable().describe('the command to use'),
    };
  },
  appliesTo: (name, { tool }) => tool === null || tool.some((glob) => globRegExp(glob).test(name)),

  checkCommand(exec, rule, world) {
    if (rule.command === null || exec.base === null) return null;
    if (!rule.command.some((name) => name === exec.base || name === exec.name)) return null;
    const certain = [subcommandMatches(exec, rule), flagsMatch(exec, rule), pathMatches(exec, rule, world)];
    if (certain.includes(false)) return null;
    return certain.includes(null) ? { ...match(rule), certainty: 'unclear' } : match(rule);
  },
  checkFile(access, rule, world) {
    // With a command, `checkCommand` has checked its arguments.
    if (rule.path === null || rule.command !== null || access.how === 'mention') return null;
    return anyPath(rule.path, access, world) ? match(rule) : null;
  },
  checkTool(_call, rule) {
    return rule.path === null && rule.command === null && rule.tool !== null ? match(rule) : null;
  },

  mayMatch({ command, path, tool }) {
    const texts = command === null ? (path ?? []).map(literalText) : [];
    const known = texts.every((text) => text.length > 1);
    const onlyTools = tool?.every((name) => fileTools.has(name)) ?? false;
    return {
      words: (command ?? []).map((name) => name.slice(name.lastIndexOf('/') + 1)),
      // Who removes a folder removes what a pattern matches in it.
      commands: texts.length > 0 && !onlyTools ? commandsWith(({ operands }) => operands === 'removed') : [],
      pathTexts: known ? texts : [],
      tools: texts.length > 0 ? ['Glob', 'Grep', 'LS'] : [],
      everyCommand: !known && !onlyTools,
      everyTool: !known || tool !== null || (path !== null && command !== null),
    };
  },

  recommends: ({ instead }) => (instead === null ? [] : [instead.split(' ')[0] ?? '']),

  sentence: (rule) => {
    const instead = rule.instead === null ? '' : inline` Instead: ${code(rule.instead)}.`;
    return inline`${joined(conditions(rule), ' with ')}. ${rule.reason}${instead}`;
  },
};

/** The longest text that is in every path which a glob matches, in lower case; empty: none is known. */
function literalText(glob: string): string {
  if (/[{!]|[+@]\(/.test(glob)) return '';
  const parts = glob
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '~')
    .flatMap((part) => part.replace(/\[[^\]]*\]?/g, '*').split(/[*?]/));
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** The conditions of a rule, for a reader: `git push --force`, files `*.tf`. */
function conditions({ command, subcommand, flags, path, tool }: Own): Inline[][] {
  const words = [...(subcommand ?? []), ...(flags ?? [])];
  return [
    ...(command === null ? [] : [codes(command.map((name) => [name, ...words].join(' ')))]),
    ...(path === null ? [] : [inline`files ${codes(path)}`]),
    ...(tool === null ? [] : [inline`tools ${codes(tool)}`]),
  ];
}

const match = ({ reason, instead }: Own): Match => ({
  reason: `${reason}${instead === null ? '' : ` Instead: \`${instead}\`.`}`,
});

/** null: the words are not known. */
function subcommandMatches(exec: Exec, { subcommand }: Own): boolean | null {
  if (subcommand === null) return true;
  const valued = globalOptions(exec.base ?? '');
  let wanted = 0;
  let afterOption = false;
  for (let at = 0; at < exec.args.length && wanted < subcommand.length; at++) {
    const { text } = exec.args[at] ?? { text: null };
    if (text === null) return null;
    if (text === subcommand[wanted]) {
      wanted++;
      afterOption = false;
    } else if (text.startsWith('-') && text !== '-') {
      if (valued.includes(text)) at++;
      // Of an unknown option the next word may be the value.
      else afterOption = valued.length === 0 && !text.includes('=') && text !== '--';
    } else if (afterOption && wanted === 0) afterOption = false;
    // `checkout --`: other words may come before the dashes.
    else if (subcommand[wanted] !== '--') return false;
  }
  return wanted === subcommand.length;
}

function flagsMatch(exec: Exec, { flags, subcommand }: Own): boolean | null {
  if (flags === null) return true;
  const { options, dynamic } = sortArguments(exec.args, globalOptions(exec.base ?? ''));
  const typed = texts(exec.args);
  const words = [exec.base ?? '', ...(subcommand ?? [])];
  const present = (flag: string): boolean =>
    options.has(flag) || typed.some((text) => text === flag || text.startsWith(`${flag}=`));
  const anySpelling = (flag: string): boolean =>
    [flag, ...otherSpellings(flag, words)].some(present) ||
    (/^-\w{2,}$/.test(flag) && [...flag.slice(1)].every((letter) => anySpelling(`-${letter}`)));
  if (flags.every((flag) => flag.split('|').some(anySpelling))) return true;
  return dynamic ? null : false;
}

function pathMatches(exec: Exec, { path }: Own, world: World): boolean | null {
  if (path === null) return true;
  const words = exec.args.filter(({ raw }) => !raw.startsWith('-'));
  const removes = commandFacts(exec.base ?? '')?.operands === 'removed';
  return words.some((word) => anyPath(path, { word, cwd: exec.cwd, how: removes ? 'remove' : 'read' }, world));
}

/**
 * A glob without `/` matches the file's name, one with `/` the whole path. `~/work/**` is also the folder itself, and
 * whoever removes a folder above it removes it.
 */
function anyPath(globs: readonly string[], { word, cwd, how }: Omit<Access, 'by'>, world: World): boolean {
  const path = word.text === null ? null : wordPath({ ...word, text: word.text }, cwd, world.home);
  if (path === null) return false;
  return globs.some((glob) => {
    if (!glob.includes('/')) return globRegExp(glob).test(path.slice(path.lastIndexOf('/') + 1));
    const whole = glob.startsWith('**') ? glob : (absolutePath(glob, world.cwd, world.home) ?? glob);
    if (globRegExp(whole).test(path)) return true;
    const folder = whole.endsWith('/**') ? whole.slice(0, -3) : null;
    if (folder === null || /[*?[]/.test(folder)) return false;
    return path === folder || (how === 'remove' && folder.startsWith(`${path}/`));
  });
}
