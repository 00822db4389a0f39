import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sortArguments, texts } from '../lang/shell/arguments.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import type { Word } from '../lang/shell/line.ts';
import type { Access, Exec } from './call.ts';
import { gitLines, isIgnored, workTree } from './git-state.ts';
import { globRegExp } from './glob.ts';
import { type ChangedFile, changedFiles, firstLoss, type Loss, lostFiles } from './loss.ts';
import { repositoryLoss, status } from './lost-by-git.ts';
import { isTemporary } from './made-again.ts';
import { baseName } from './names.ts';
import { fdValued, foundIn, removesFound } from './removal.ts';
import { secretPath } from './secret-paths.ts';
import { isOwnFile } from './session-files.ts';
import { absolutePath, fileStats, type World, wordPath } from './world.ts';

/** What a command that writes a file would lose of its present content. */
export function overwritingLoss(access: Access, world: World): Loss {
  if (access.how !== 'edit' || access.exec?.remote) return null;
  return firstLoss(...replaced(access, world).map((path) => () => fileLoss(path, world)));
}

/** The files whose whole content a command replaces. */
function replaced({ word, cwd, by, exec }: Access, world: World): string[] {
  const path = pathOf(word, cwd, world);
  if (path === null || !path.startsWith('/') || path.startsWith('/dev/')) return [];
  if (exec === undefined) return /^(>|>\||&>|>&)$/.test(by) ? [path] : [];
  const { options, operands, values } = sortArguments(exec.args, ['-t', '--target-directory', '-S', '-m', '-o', '-g']);
  const has = (...names: string[]): boolean => names.some((name) => options.has(name));
  switch (by) {
    case 'truncate':
    case 'dd':
    case 'curl':
    case 'wget':
      return [path];
    case 'tee':
      return has('-a', '--append') ? [] : [path];
    case 'ln':
    case 'cp':
    case 'mv':
    case 'install': {
      if (has('-n', '--no-clobber', '-b', '--backup', '-i') || (by === 'ln' && !has('-f', '--force'))) return [];
      const folder = (values.get('-t') ?? values.get('--target-directory'))?.[0];
      const target = folder ?? (operands.length > 1 ? operands.at(-1) : undefined);
      if (target?.raw !== word.raw || (folder === undefined && isRewritten(exec, word))) return [];
      if (!isFolder(path)) return [path];
      const sources = folder === undefined ? operands.slice(0, -1) : operands;
      return texts(sources).map((source) => join(path, basename(source)));
    }
    default:
      return [];
  }
}

/**
 * `jq … file > new && mv new file`: the new content is made from the old one. `[ -f file ] || cp x file`: the line looks
 * whether there is an old one.
 */
const isRewritten = (exec: Exec, target: Word): boolean =>
  exec.line.invocations.some(
    ({ name, args, redirections }) =>
      name !== exec.name &&
      (redirections.length > 0 ||
        /^(test|\[|\[\[)$/.test(name ?? '') ||
        commandFacts(baseName(name ?? ''))?.operands === 'read') &&
      [...args, ...redirections.flatMap((one) => one.target ?? [])].some(({ text }) => text === target.text),
  );

/** `rm`, `unlink`, `shred`, `find -delete`, `fd -x rm`, `rsync --delete`. */
export function removalLoss(exec: Exec, checkout: string | null, world: World): Loss {
  switch (exec.base) {
    case 'rm':
    case 'grm':
    case 'srm':
    case 'unlink':
    case 'shred':
    case 'rimraf':
      return removed(exec, checkout, world);
    case 'find':
    case 'gfind':
      return removesFound(texts(exec.args)) ? foundLoss(exec.args, exec.cwd, world) : null;
    case 'fd':
    case 'fdfind':
      return fdLoss(exec, world);
    case 'rsync': {
      if (
        !texts(exec.args).some((word) => /^--del/.test(word)) ||
        exec.args.some(({ raw }) => /^-[a-z]*n|^--dry/.test(raw))
      )
        return null;
      const { operands } = sortArguments(exec.args, ['-e', '--rsh', '--exclude', '--include', '-f', '--filter']);
      const path = operands.length > 1 ? pathOf(operands.at(-1), exec.cwd, world) : null;
      return path === null || !existsSync(path) ? null : below(path, world);
    }
    default:
      return null;
  }
}

function removed(exec: Exec, checkout: string | null, world: World): Loss {
  const { options, operands } = sortArguments(exec.args, exec.base === 'shred' ? ['-n', '-s'] : []);
  const recursive =
    options.has('-r') || options.has('-R') || options.has('--recursive') || /^(srm|rimraf)$/.test(exec.base ?? '');
  for (const word of operands) {
    const path = pathOf(word, exec.cwd, world);
    if (path === null) continue;
    const many = word.pattern && /[*?[]/.test(path);
    const loss = many ? below(path, world) : recursive ? folderLoss(path, checkout, world) : fileLoss(path, world);
    if (loss !== null) return loss;
  }
  return exec.wrappers.some((wrapper) => /^(xargs|parallel)$/.test(wrapper)) ? fedLoss(exec, world) : null;
}

/** The files that `… | xargs rm` removes. */
function fedLoss(exec: Exec, world: World): Loss {
  const stages = exec.line.pipelines[exec.pipeline]?.stages.slice(0, exec.stage) ?? [];
  const source = stages[0] == null ? undefined : exec.line.invocations[stages[0]];
  const words = texts(source?.args ?? []);
  if (source?.name === 'find') return foundLoss(source.args, exec.cwd, world);
  if (source?.name === 'echo' || source?.name === 'printf') {
    return firstLoss(...words.map((word) => () => fileLoss(absolutePath(word, exec.cwd, world.home) ?? word, world)));
  }
  const tree = exec.cwd === null ? null : workTree(exec.cwd);
  if (tree === null || exec.cwd === null) return null;
  const others = source?.name === 'git' && words.some((word) => /^(-[a-z]*o[a-z]*|--others)$/.test(word));
  // Which files a list names is not known: any change may be among them.
  return changesBelow(exec.cwd, tree, world, ({ state }) => !others || state === '??');
}

/** What is lost with a file that a call names; nothing if this session wrote it. */
function fileLoss(path: string, world: World): Loss {
  const size = fileStats(path)?.size ?? 0;
  if (size === 0 || isTemporary(path) || isFolder(path)) return null;
  const loss = below(path, world) ?? unkeptSecret(path, world) ?? document(path, world);
  return loss === null || isOwnFile(path, world) ? null : loss;
}

/** A file of the user's with keys or passwords that no commit has. */
function unkeptSecret(path: string, world: World): Loss {
  const what = path.startsWith(`${world.home}/`) ? secretPath(path) : null;
  if (what === null || (workTree(dirname(path)) !== null && !isIgnored(path))) return null;
  return `\`${basename(path)}\`, ${what} that git does not keep`;
}

/** A file in a folder where people keep what they made, and that no repository has. */
function document(path: string, world: World): Loss {
  const inside = path.startsWith(`${world.home}/`) ? path.slice(world.home.length + 1) : '';
  const kept = !documentFolders.test(inside) || workTree(dirname(path)) !== null;
  return kept || !existsSync(path) ? null : `\`~/${inside}\`, which is in no repository`;
}

const documentFolders = /^(Desktop|Documents|Music|Notes|notes|Pictures|Videos)\/./;

const userFolders =
  /^(Desktop|Documents|Downloads|Music|Pictures|Videos|[Pp]rojects?|src|code|[Ww]ork|dev|git|repos|notes|nixos|dotfiles)$/;

/** `rm -r`: work trees, what is in them, and folders of the home. */
function folderLoss(path: string, checkout: string | null, world: World): Loss {
  if (!existsSync(path)) return null;
  if (!isFolder(path)) return fileLoss(path, world);
  const isHistory = basename(path) === '.git';
  const tree = isHistory ? dirname(path) : path;
  const configuration = checkout === null ? null : absolutePath(checkout, world.home, world.home);
  if (configuration === tree) return `the ${isHistory ? 'history of the ' : ''}configuration of this machine`;
  if (isHistory || existsSync(join(path, '.git'))) return repositoryLoss(tree, isHistory, world);
  if (dirname(path) === world.home && userFolders.test(basename(path)) && entries(path).length > 0) {
    return `the folder \`~/${basename(path)}\``;
  }
  if (entries(path).length > 0) {
    const loss = document(path, world);
    if (loss !== null) return loss;
  }
  return below(path, world) ?? repositoriesBelow(path, world);
}

function repositoriesBelow(path: string, world: World): Loss {
  for (const name of entries(path).slice(0, 50)) {
    const folder = join(path, name);
    if (!existsSync(join(folder, '.git'))) continue;
    const loss = repositoryLoss(folder, false, world);
    if (loss !== null) return loss;
  }
  return null;
}

/** Changes in files below a path, or matching a pattern, inside a work tree. */
function below(path: string, world: World): Loss {
  const folder = path.replace(/\/[^/]*[*?[].*$/, '') || '/';
  const tree = workTree(folder === path ? dirname(path) : folder);
  return tree === null ? null : changesBelow(path, tree, world, () => true);
}

function changesBelow(path: string, tree: string, world: World, counts: (file: ChangedFile) => boolean): Loss {
  const files = changedFiles(gitLines(tree, [...status, '--', path], world), tree);
  return lostFiles(files === 'slow' ? files : files.filter(counts), tree);
}

/** What is lost with the files that `find` finds: changed and untracked files with such a name. */
function foundLoss(args: readonly Word[], cwd: string | null, world: World): Loss {
  const words = texts(args);
  const tests = words.flatMap((word, index) => {
    const glob = words[index + 1];
    if (glob === undefined || /^(!|-not)$/.test(words[index - 1] ?? '')) return [];
    if (/^-i?name$/.test(word)) return [globRegExp(glob)];
    return /^-i?(whole|pa)(name|th)$/.test(word)
      ? [globRegExp(glob.replace(/^\.(?=\/)/, '*').replace(/\*+/g, '**'))]
      : [];
  });
  const matches = (path: string, folder: string): boolean =>
    tests.length === 0 ||
    // With `-exec rm -r` a folder of that name is removed with all files in it.
    tests.some(
      (test) =>
        test.test(path) ||
        path
          .slice(folder.length)
          .split('/')
          .some((name) => test.test(name)),
    );
  return changesIn(foundIn(args), cwd, world, matches);
}

/** `fd PATTERN -x rm`. */
function fdLoss(exec: Exec, world: World): Loss {
  const at = exec.args.findIndex(({ text }) => text !== null && /^(-x|-X|--exec|--exec-batch)$/.test(text));
  if (at < 0 || !/(^|\/)(rm|unlink|shred)$/.test(exec.args[at + 1]?.text ?? '')) return null;
  const { operands, values } = sortArguments(exec.args.slice(0, at), fdValued);
  const extensions = texts([...(values.get('-e') ?? []), ...(values.get('--extension') ?? [])]);
  const pattern = regExp(operands[0]?.text ?? '');
  const matches = (path: string): boolean =>
    pattern.test(basename(path)) && (extensions.length === 0 || extensions.some((one) => path.endsWith(`.${one}`)));
  return changesIn(operands.slice(1), exec.cwd, world, matches);
}

function regExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch {
    return /./;
  }
}

/** Changed and untracked files in folders, by default the current one, whose path matches. */
function changesIn(
  folders: readonly Word[],
  cwd: string | null,
  world: World,
  matches: (path: string, folder: string) => boolean,
): Loss {
  for (const { text } of folders.length > 0 ? folders : [{ text: '.' }]) {
    const folder = text === null ? null : absolutePath(text, cwd, world.home);
    const tree = folder === null ? null : workTree(folder);
    if (folder === null || tree === null) continue;
    const lines = gitLines(tree, [...status, '--untracked-files=all', '--', folder], world);
    const files = changedFiles(lines, tree);
    const loss = lostFiles(files === 'slow' ? files : files.filter(({ path }) => matches(path, folder)), tree);
    if (loss !== null) return loss;
  }
  return null;
}

const pathOf = (word: Word | undefined, cwd: string | null, world: World): string | null =>
  word?.text == null ? null : wordPath({ text: word.text, quoted: word.quoted }, cwd, world.home);

const isFolder = (path: string): boolean => fileStats(path)?.isDirectory() === true;

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
