import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { code, inline } from '../../inline.ts';
import { sortArguments, texts } from '../../lang/shell/arguments.ts';
import type { Word } from '../../lang/shell/line.ts';
import type { Exec, Match } from '../call.ts';
import { gitOptions, gitSubcommandAt } from '../git-push.ts';
import { type GitLines, gitLines, workTree } from '../git-state.ts';
import { globRegExp } from '../glob.ts';
import { shown } from '../wording.ts';
import { absolutePath, type World, wordPath } from '../world.ts';
import type { ReadyMadeRule } from './rule.ts';

interface LostWork {
  /** The folder of the configuration. */
  checkout: string | null;
}

/** Work that exists nowhere else: uncommitted changes, untracked files, commits on no other branch, stashes. */
export const lostWork: ReadyMadeRule<LostWork> = {
  name: 'lostWork',
  default: 'ask',
  description: `
    Losing work that is nowhere else: {command}\`git reset --hard\`, {command}\`git checkout -- .\`,
    {command}\`git clean -fd\`, {command}\`git stash drop\`, {command}\`git branch -D\`, {command}\`rm -rf\` and
    {command}\`find -delete\` of a work tree, {command}\`> file\`. The hook looks at the repository: where nothing would be
    lost, the call passes.`,
  fields: (z) => ({ checkout: z.string().nullable().describe('the folder of the configuration') }),
  compile: ({ evaluated }) => ({ rule: { checkout: evaluated.flake.checkout } }),

  checkCommand(exec, rule, world) {
    if (exec.remote || exec.cwd === null) return null;
    const command = shown(exec.base ?? '', exec.args);
    switch (exec.base) {
      case 'git':
        return found(command, gitLoss(exec, world));
      case 'rm':
      case 'grm':
      case 'srm':
        return found(command, removalLoss(exec, rule, world));
      case 'find':
      case 'gfind':
        return found(command, findLoss(exec, world));
      default:
        return null;
    }
  },
  checkFile({ word, how, cwd, by }, _rule, world) {
    const overwrites = by === '>' || by === '>|' || by === '&>' || by === 'truncate';
    if (how !== 'edit' || !overwrites || word.text === null || temporary.test(word.text)) return null;
    const path = wordPath({ text: word.text, quoted: word.quoted }, cwd, world.home);
    if (path === null || !path.startsWith('/') || path.startsWith('/dev/') || sizeOf(path) === 0) return null;
    const tree = workTree(dirname(path));
    if (tree === null) return null;
    return found(`${by} ${word.raw}`, changes(gitLines(tree, [...status, '--', path], world)));
  },

  mayMatch: () => ({
    commands: 'git rm grm srm find gfind truncate'.split(' '),
  }),

  sentence: () =>
    inline`losing work that is nowhere else (${code('git reset --hard')}, ${code('git clean -fd')}, ${code('rm -rf')} of a work tree); nothing is asked where nothing would be lost.`,
};

/** What would be lost, for a reason; `'unknown'` if git could not say in time; null: nothing. */
type Loss = string | 'unknown' | null;

function found(command: string, loss: Loss): Match | null {
  if (loss === null) return null;
  const what = loss === 'unknown' ? 'may lose work: git did not answer in time' : `would lose ${loss}`;
  return { reason: `\`${command.replaceAll('`', "'")}\` ${what}. Commit or stash it first, or ask the user.` };
}

const status = ['status', '--porcelain=v1', '--no-renames'];

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Files that a program writes again. */
const temporary = /\.(log|out|err|tmp|pid|bak|orig|pyc|o)$|(^|\/)(tmp|temp)[\w.-]*$/;
/** Folders that a build makes again. */
const made =
  /(^|\/)(node_modules|target|dist|build|out|result(-\w+)?|coverage|__pycache__|\.venv|venv|\.direnv|\.cache|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.next|\.nuxt|\.svelte-kit|\.turbo|\.parcel-cache|\.gradle|\.tox|_build|dist-newstyle|\.stack-work|elm-stuff|zig-cache|zig-out|\.zig-cache|vendor|bin|obj|tmp|temp|logs?)(\/|$)|\.egg-info(\/|$)/;

/** The changes that a list of `git status` names, without what is made again. */
function changes(lines: GitLines, counts: (xy: string) => boolean = () => true): Loss {
  if (lines === 'slow') return 'unknown';
  const lost = (lines ?? []).filter((line) => {
    const path = line.slice(3).replace(/^"|"$/g, '');
    return counts(line.slice(0, 2)) && !(line.startsWith('??') && (made.test(path) || temporary.test(path)));
  });
  const first = lost[0];
  if (first === undefined) return null;
  const more = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
  return `${first.startsWith('??') ? 'the untracked' : 'uncommitted changes in'} \`${first.slice(3).replaceAll('`', "'")}\`${more}`;
}

/** Commits that only these references have. */
function commits(lines: GitLines, what: string): Loss {
  if (lines === 'slow') return 'unknown';
  return (lines ?? []).length > 0 ? what : null;
}

const firstOf = (...losses: (() => Loss)[]): Loss => {
  for (const loss of losses) {
    const value = loss();
    if (value !== null) return value;
  }
  return null;
};

function gitLoss(exec: Exec, world: World): Loss {
  const at = gitSubcommandAt(exec.args);
  const name = exec.args[at]?.text;
  if (name == null || !Object.hasOwn(losses, name)) return null;
  const outer = sortArguments(exec.args.slice(0, at), gitOptions);
  const given = outer.values.get('-C')?.at(-1) ?? outer.values.get('--work-tree')?.at(-1);
  const folder = given?.text == null ? exec.cwd : absolutePath(given.text, exec.cwd, world.home);
  const tree = folder === null ? null : workTree(folder);
  if (folder === null || tree === null) return null;
  return losses[name]?.({ folder, args: exec.args.slice(at + 1), world }) ?? null;
}

interface GitCall {
  folder: string;
  args: readonly Word[];
  world: World;
}

const tracked = ({ folder, world }: GitCall, paths: readonly string[] = [], counts?: (xy: string) => boolean): Loss =>
  changes(
    gitLines(folder, [...status, '--untracked-files=no', ...(paths.length > 0 ? ['--', ...paths] : [])], world),
    counts,
  );

/** The file in the work tree differs from the index. */
const inWorkTree = (xy: string): boolean => xy[1] !== ' ';

/** What a subcommand of git would lose. */
const losses: Readonly<Record<string, (call: GitCall) => Loss>> = {
  reset(call) {
    const { options, operands } = sortArguments(call.args);
    if (!options.has('--hard')) return null;
    const to = operands[0]?.text;
    return firstOf(
      () => tracked(call),
      () => (to == null || to === 'HEAD' ? null : onlyHere(call, 'HEAD', to)),
    );
  },
  checkout(call) {
    const { options, operands } = sortArguments(call.args, ['-b', '-B', '--conflict', '--pathspec-from-file']);
    if (options.has('-p') || options.has('--patch')) return null;
    if (options.has('-f') || options.has('--force')) return tracked(call);
    const dashes = call.args.findIndex(({ text }) => text === '--');
    const paths =
      dashes >= 0
        ? texts(call.args.slice(dashes + 1))
        : texts(operands).filter((path, index) => isPath(call, path) && (index > 0 || !isRevision(call, path)));
    if (paths.length === 0) return null;
    const fromCommit =
      dashes >= 0 ? call.args.slice(0, dashes).some(({ raw }) => !raw.startsWith('-')) : operands.length > paths.length;
    return tracked(call, paths, fromCommit ? undefined : inWorkTree);
  },
  restore(call) {
    const { options, operands } = sortArguments(call.args, ['-s', '--source', '--pathspec-from-file']);
    const staged = options.has('--staged') || options.has('-S');
    if ((staged && !options.has('--worktree') && !options.has('-W')) || options.has('-p') || options.has('--patch')) {
      return null;
    }
    return tracked(
      call,
      texts(operands),
      staged || options.has('-s') || options.has('--source') ? undefined : inWorkTree,
    );
  },
  switch(call) {
    const { options } = sortArguments(call.args);
    return ['-f', '--force', '--discard-changes'].some((option) => options.has(option)) ? tracked(call) : null;
  },
  clean(call) {
    const { options } = sortArguments(call.args, ['-e', '--exclude']);
    const force = options.has('-f') || options.has('--force');
    if (!force || ['-n', '--dry-run', '-i', '--interactive'].some((option) => options.has(option))) return null;
    const words = texts(call.args)
      .filter((word) => word !== '--force' && word !== '--quiet')
      .map((word) => (/^-[a-zA-Z]+$/.test(word) ? word.replace(/[fq]/g, '') : word))
      .filter((word) => word !== '-');
    const lines = gitLines(call.folder, ['clean', '-n', ...words], call.world);
    if (lines === 'slow') return 'unknown';
    return changes((lines ?? []).map((line) => `?? ${line.replace(/^Would (remove|skip repository) /, '')}`));
  },
  stash(call) {
    const name = call.args[0]?.text;
    if (name !== 'drop' && name !== 'clear') return null;
    const lines = gitLines(call.folder, ['stash', 'list'], call.world);
    return lines === 'slow' ? 'unknown' : (lines ?? []).length > 0 ? 'what is stashed' : null;
  },
  branch(call) {
    const { options, operands } = sortArguments(call.args, ['-u', '--set-upstream-to']);
    const force = options.has('-f') || options.has('--force');
    const removes = options.has('-D') || (force && (options.has('-d') || options.has('--delete')));
    if ((!removes && !force) || options.has('-r') || options.has('--remotes')) return null;
    const names = removes ? operands : operands.slice(0, 1);
    const to = removes ? undefined : (operands[1]?.text ?? 'HEAD');
    for (const { text } of names) {
      if (text === null) return 'unknown';
      const loss = onlyHere(call, text, to);
      if (loss !== null) return loss;
    }
    return null;
  },
  worktree(call) {
    const { options, operands } = sortArguments(call.args);
    const path = operands[1]?.text;
    if (operands[0]?.text !== 'remove' || path == null || !(options.has('-f') || options.has('--force'))) return null;
    const folder = absolutePath(path, call.folder, call.world.home) ?? path;
    return changes(gitLines(folder, status, call.world));
  },
  reflog(call) {
    if (call.args[0]?.text !== 'expire' && call.args[0]?.text !== 'delete') return null;
    return commits(unreachable(call), 'commits that only the reflog has');
  },
  gc(call) {
    return texts(call.args).some((word) => /^--prune=(now|all)/.test(word))
      ? commits(unreachable(call), 'commits that only the reflog has')
      : null;
  },
};

const unreachable = ({ folder, world }: GitCall): GitLines =>
  gitLines(folder, ['rev-list', '--max-count=1', '--reflog', '--not', '--all'], world);

const isPath = ({ folder, world }: GitCall, path: string): boolean =>
  path === '.' || path.includes('*') || existsSync(absolutePath(path, folder, world.home) ?? path);

const isRevision = ({ folder, world }: GitCall, name: string): boolean =>
  name !== '.' && gitLines(folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], world) !== null;

/** Whether a branch has commits that no other branch, tag or remote has. */
function onlyHere(call: GitCall, branch: string, to: string | undefined): Loss {
  const { folder, world } = call;
  let name = branch;
  if (branch === 'HEAD') {
    const current = gitLines(folder, ['symbolic-ref', '--short', 'HEAD'], world);
    if (current === 'slow') return 'unknown';
    name = current?.[0] ?? '';
  }
  const others = ['--not', ...(to === undefined ? [] : [to]), `--exclude=${name}`, '--branches', '--tags', '--remotes'];
  return commits(
    gitLines(folder, ['rev-list', '--max-count=1', branch, ...others], world),
    `commits of \`${name || branch}\` that no other branch has`,
  );
}

/** `rm -r`: work trees and what is in them. */
function removalLoss(exec: Exec, { checkout }: LostWork, world: World): Loss {
  const { options, operands } = sortArguments(exec.args);
  const recursive = options.has('-r') || options.has('-R') || options.has('--recursive') || exec.base === 'srm';
  if (!recursive) return null;
  for (const word of operands) {
    const text = word.text;
    const path = text === null ? null : wordPath({ text, quoted: word.quoted }, exec.cwd, world.home);
    if (path === null) continue;
    const loss = word.pattern && /[*?[]/.test(path) ? below(path, world) : removed(path, checkout, world);
    if (loss !== null) return loss;
  }
  return null;
}

const folders =
  /^(Desktop|Documents|Downloads|Music|Pictures|Videos|[Pp]rojects?|src|code|[Ww]ork|dev|git|repos|notes|nixos|dotfiles)$/;

function removed(path: string, checkout: string | null, world: World): Loss {
  if (!existsSync(path)) return null;
  if (basename(path) === '.git' || existsSync(join(path, '.git'))) {
    return repository(basename(path) === '.git' ? dirname(path) : path, basename(path) === '.git', world);
  }
  const configuration = checkout === null ? null : absolutePath(checkout, world.home, world.home);
  if (configuration === path) return 'the configuration of this machine';
  if (dirname(path) === world.home && folders.test(basename(path)) && entries(path).length > 0) {
    return `the folder \`~/${basename(path)}\``;
  }
  return below(path, world) ?? repositoriesBelow(path, world);
}

/** Changes in files below a path, or matching a pattern, inside a work tree. */
function below(path: string, world: World): Loss {
  const folder = path.replace(/\/[^/]*[*?[].*$/, '') || '/';
  const tree = workTree(folder === path ? dirname(path) : folder);
  if (tree === null || made.test(path.slice(tree.length))) return null;
  return changes(gitLines(tree, [...status, '--', path], world));
}

function repositoriesBelow(path: string, world: World): Loss {
  for (const name of entries(path).slice(0, 50)) {
    const folder = join(path, name);
    if (!existsSync(join(folder, '.git'))) continue;
    const loss = repository(folder, false, world);
    if (loss !== null) return loss;
  }
  return null;
}

/** A whole repository, or only its `.git`: changes, stashes, commits that no remote has. */
function repository(tree: string, historyOnly: boolean, world: World): Loss {
  const linked = statSync(join(tree, '.git'), { throwIfNoEntry: false })?.isFile() === true;
  const call = { folder: tree, args: [], world };
  return firstOf(
    () => (historyOnly ? null : changes(gitLines(tree, status, world))),
    () =>
      linked
        ? null
        : commits(
            gitLines(tree, ['rev-list', '--max-count=1', '--branches', '--not', '--remotes'], world),
            'commits that no remote has',
          ),
    () => {
      const stashes = linked ? [] : gitLines(call.folder, ['stash', 'list'], world);
      return stashes === 'slow' ? 'unknown' : (stashes ?? []).length > 0 ? 'what is stashed' : null;
    },
  );
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `find … -delete`, `find … -exec rm`: changed and untracked files with such a name. */
function findLoss(exec: Exec, world: World): Loss {
  const words = texts(exec.args);
  const action = words.findIndex((word) => /^-(exec|execdir|ok)$/.test(word));
  const removes =
    words.includes('-delete') || (action >= 0 && /(^|\/)(rm|unlink|shred)$/.test(words[action + 1] ?? ''));
  if (!removes) return null;
  const start = exec.args.findIndex(({ raw }) => /^[-(!\\]/.test(raw));
  const where = start < 0 ? exec.args : exec.args.slice(0, start);
  const named = words.flatMap((word, index) => (/^-i?name$/.test(word) ? (words[index + 1] ?? []) : []));
  for (const { text } of where.length > 0 ? where : [{ text: '.' }]) {
    const path = text === null ? null : absolutePath(text, exec.cwd, world.home);
    const tree = path === null ? null : workTree(path);
    if (path === null || tree === null) continue;
    const lines = gitLines(tree, [...status, '--untracked-files=all', '--', path], world);
    if (lines === 'slow') return 'unknown';
    const names = named.map((glob) => globRegExp(glob));
    const loss = changes(
      (lines ?? []).filter((line) => names.length === 0 || names.some((one) => one.test(basename(line.slice(3))))),
    );
    if (loss !== null) return loss;
  }
  return null;
}
