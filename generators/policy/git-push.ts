import { sortArguments, subcommandAt } from '../lang/shell/arguments.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import type { Word } from '../lang/shell/line.ts';
import type { Exec, Match } from './call.ts';
import { absolutePath, currentBranch, type World } from './world.ts';

/** Git's own options that take a value. */
export const gitOptions: readonly string[] = commandFacts('git')?.valued?.split(' ') ?? [];

/** The index of git's subcommand. */
export const gitSubcommandAt = (args: readonly Word[]): number => subcommandAt(args, gitOptions);

/** A push that rewrites or removes the main branch. */
export function pushes(exec: Exec, world: World): Match | null {
  const at = gitSubcommandAt(exec.args);
  const subcommand = exec.args[at];
  if (subcommand === undefined) return null;
  if (subcommand.text === null)
    return { certainty: 'unclear', reason: `Cannot tell what \`git ${subcommand.raw}\` does.` };
  if (subcommand.text !== 'push') return null;
  const { options, operands, dynamic } = sortArguments(exec.args.slice(at + 1), [
    '-o',
    '--push-option',
    '--receive-pack',
    '--repo',
  ]);
  if (options.has('--mirror'))
    return { reason: '`git push --mirror` rewrites and removes every branch of the remote.' };
  const force = ['-f', '--force', '--force-with-lease'].some((option) => options.has(option));
  const remove = options.has('-d') || options.has('--delete');
  const branch = (): string | null => {
    const folder = sortArguments(exec.args.slice(0, at), gitOptions).values.get('-C')?.at(-1)?.text;
    const cwd = folder == null ? exec.cwd : absolutePath(folder, exec.cwd, world.home);
    return cwd === null ? null : currentBranch(cwd);
  };
  const specs = operands.slice(options.has('--repo') ? 0 : 1).map((word) => refspec(word, force, remove, branch));
  if (specs.length === 0 && force) {
    const all = options.has('--all') || options.has('--branches');
    specs.push({ name: all ? 'main' : branch(), forced: true, removed: false, raw: 'the current branch' });
  }
  for (const { name, forced, removed, raw } of specs) {
    if (!forced && !removed) continue;
    if (name === null)
      return { certainty: 'unclear', reason: `Cannot tell which branch \`git push\` would rewrite (${raw}). Name it.` };
    if (name === 'main' || name === 'master') {
      return {
        reason: `\`git push\` would ${removed ? 'remove' : 'rewrite'} \`${name}\` for everybody. Push a separate branch instead.`,
      };
    }
  }
  return dynamic
    ? { certainty: 'unclear', reason: 'Cannot tell what `git push` would do: its options are not known.' }
    : null;
}

function refspec({ text, raw }: Word, force: boolean, remove: boolean, branch: () => string | null) {
  if (text === null) return { name: null, forced: force, removed: remove, raw };
  const [source = '', target] = text.replace(/^\+/, '').split(':');
  const name = (target ?? source).replace(/^refs\/heads\//, '');
  return {
    name: name === 'HEAD' || name === '@' ? branch() : name,
    forced: force || text.startsWith('+'),
    removed: remove || (target !== undefined && source === ''),
    raw,
  };
}
