import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sortArguments, texts } from '../lang/shell/arguments.ts';
import type { Word } from '../lang/shell/line.ts';
import type { Exec } from './call.ts';
import { gitOptions, gitSubcommandAt } from './git-push.ts';
import { type GitLines, gitLines, workTree } from './git-state.ts';
import { type ChangedFile, changedFiles, firstLoss, type Loss, lostFiles } from './loss.ts';
import { absolutePath, fileStats, type World } from './world.ts';

/** The options of `git status` for a list that programs read. */
export const status: readonly string[] = ['status', '--porcelain=v1', '--no-renames'];

/** What a git command would lose. */
export function gitLoss(exec: Exec, world: World): Loss {
  const at = gitSubcommandAt(exec.args);
  const name = exec.args[at]?.text;
  if (name == null || !Object.hasOwn(losses, name)) return null;
  const outer = sortArguments(exec.args.slice(0, at), gitOptions);
  const given = outer.values.get('-C')?.at(-1) ?? outer.values.get('--work-tree')?.at(-1);
  const folder = given?.text == null ? exec.cwd : absolutePath(given.text, exec.cwd, world.home);
  const tree = folder === null ? null : workTree(folder);
  if (folder === null || tree === null) return null;
  const fed = exec.wrappers.some((wrapper) => /^(xargs|parallel)$/.test(wrapper));
  return losses[name]?.({ folder, tree, args: exec.args.slice(at + 1), fed, world }) ?? null;
}

interface GitCall {
  /** The folder in which git runs. */
  folder: string;
  /** The root of its work tree. */
  tree: string;
  args: readonly Word[];
  /** Further words come from a list: `xargs git checkout --`. */
  fed: boolean;
  world: World;
}

/** Changes of tracked files, of all of them or of some paths. */
function tracked({ folder, tree, world }: GitCall, paths: readonly string[] = [], counts = (_: ChangedFile) => true) {
  const only = paths.length > 0 ? ['--', ...paths] : [];
  const files = changedFiles(gitLines(folder, [...status, '--untracked-files=no', ...only], world), tree);
  return lostFiles(files === 'slow' ? files : files.filter(counts), tree);
}

/** Commits that only these references have. */
function commits(lines: GitLines, what: string): Loss {
  if (lines === 'slow') return 'unknown';
  return (lines ?? []).length > 0 ? what : null;
}

/** The file in the work tree differs from the index. */
const inWorkTree = ({ state }: ChangedFile): boolean => state[1] !== ' ';

/** The index differs from the last commit. */
const inIndex = ({ state }: ChangedFile): boolean => state[0] !== ' ';

/** What a subcommand of git would lose. */
const losses: Readonly<Record<string, (call: GitCall) => Loss>> = {
  reset(call) {
    const { options, operands } = sortArguments(call.args);
    if (options.has('--merge')) return tracked(call, [], inIndex);
    if (!options.has('--hard')) return null;
    const to = operands[0]?.text;
    return firstLoss(
      () => tracked(call),
      () => (to == null || to === 'HEAD' ? null : onlyHere(call, 'HEAD', to)),
    );
  },
  checkout(call) {
    const { options, operands, values } = sortArguments(call.args, ['-b', '-B', '--conflict', '--pathspec-from-file']);
    if (options.has('-p') || options.has('--patch')) return null;
    if (options.has('-f') || options.has('--force')) return tracked(call);
    if (options.has('-b')) return null;
    if (options.has('-B')) return movedBranch(call, values.get('-B')?.[0], operands[0]);
    const dashes = call.args.findIndex(({ text }) => text === '--');
    const paths =
      dashes >= 0
        ? texts(call.args.slice(dashes + 1))
        : texts(operands).filter((path, index) => isPath(call, path) && (index > 0 || !isRevision(call, path)));
    if (paths.length === 0 && !call.fed) return null;
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
    const { options, operands, values } = sortArguments(call.args, ['-c', '-C', '--create', '--force-create']);
    const moved = (values.get('-C') ?? values.get('--force-create'))?.[0];
    return firstLoss(
      () => (['-f', '--force', '--discard-changes'].some((option) => options.has(option)) ? tracked(call) : null),
      () => movedBranch(call, moved, operands[0]),
    );
  },
  clean(call) {
    const { options } = sortArguments(call.args, ['-e', '--exclude']);
    // Whether it needs `-f` depends on the configuration.
    if (['-n', '--dry-run', '-i', '--interactive'].some((option) => options.has(option))) return null;
    const words = texts(call.args)
      .filter((word) => word !== '--force' && word !== '--quiet')
      .map((word) => (/^-[a-zA-Z]+$/.test(word) ? word.replace(/[fq]/g, '') : word))
      .filter((word) => word !== '-');
    const removed = cleaned(call, words);
    if (removed === 'slow') return 'unknown';
    if (!options.has('-x') && !options.has('-X')) return lostFiles(removed, call.tree);
    const untracked = cleaned(
      call,
      words
        .map((word) => (/^-[a-zA-Z]+$/.test(word) ? word.replace(/[xX]/g, '') : word))
        .filter((word) => word !== '-'),
    );
    if (untracked === 'slow') return 'unknown';
    const seen = new Set(untracked.map(({ path }) => path));
    return lostFiles(
      removed.map((file) => (seen.has(file.path) ? file : { ...file, state: '!!' })),
      call.tree,
    );
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
    // `branch -M feature main` replaces `main`.
    if (options.has('-M')) return movedBranch(call, operands.at(-1), operands[operands.length - 2]);
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
  'filter-repo'(call) {
    const { options } = sortArguments(call.args);
    return options.has('-f') || options.has('--force') ? 'the history as it is' : null;
  },
  'checkout-index'(call) {
    const { options } = sortArguments(call.args);
    return options.has('-f') || options.has('--force') ? tracked(call, [], inWorkTree) : null;
  },
  'read-tree'(call) {
    const { options } = sortArguments(call.args);
    return options.has('--reset') && options.has('-u') ? tracked(call) : null;
  },
  rm(call) {
    const { options, operands } = sortArguments(call.args);
    const force = options.has('-f') || options.has('--force');
    return force && !options.has('--cached') && !options.has('-n') ? tracked(call, texts(operands)) : null;
  },
  'update-ref'(call) {
    const { options, operands } = sortArguments(call.args);
    const name = /^refs\/heads\/(.+)/.exec(operands[0]?.text ?? '')?.[1];
    return options.has('-d') && name !== undefined ? onlyHere(call, name, undefined) : null;
  },
  worktree(call) {
    const { options, operands } = sortArguments(call.args);
    const path = operands[1]?.text;
    if (operands[0]?.text !== 'remove' || path == null || !(options.has('-f') || options.has('--force'))) return null;
    const folder = absolutePath(path, call.folder, call.world.home) ?? path;
    return lostFiles(changedFiles(gitLines(folder, status, call.world), folder), folder);
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

/** What `git clean` would remove. */
function cleaned({ folder, world }: GitCall, words: readonly string[]): ChangedFile[] | 'slow' {
  const lines = gitLines(folder, ['clean', '-n', ...words], world);
  if (lines === 'slow') return 'slow';
  return (lines ?? []).map((line) => {
    const name = line.replace(/^Would (remove|skip repository) /, '').replace(/^"|"$/g, '');
    return { state: '??', path: `${folder}/${name.replace(/\/$/, '')}` };
  });
}

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

/** A branch that gets another commit: `checkout -B feature main`. */
const movedBranch = (call: GitCall, branch: Word | undefined, to: Word | undefined): Loss =>
  branch?.text == null ? null : onlyHere(call, branch.text, to?.text ?? 'HEAD');

/** A whole repository, or only its `.git`: changes, stashes, commits that no remote has. */
export function repositoryLoss(tree: string, historyOnly: boolean, world: World): Loss {
  const linked = fileStats(join(tree, '.git'))?.isFile() === true;
  return firstLoss(
    () => (historyOnly ? null : lostFiles(changedFiles(gitLines(tree, status, world), tree), tree)),
    () =>
      linked
        ? null
        : commits(
            gitLines(tree, ['rev-list', '--max-count=1', '--branches', '--not', '--remotes'], world),
            'commits that no remote has',
          ),
    () => {
      const stashes = linked ? [] : gitLines(tree, ['stash', 'list'], world);
      return stashes === 'slow' ? 'unknown' : (stashes ?? []).length > 0 ? 'what is stashed' : null;
    },
  );
}
