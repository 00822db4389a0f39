import { sortArguments, texts } from '../lang/shell/arguments.ts';
import type { Invocation, Word } from '../lang/shell/line.ts';
import type { Exec, Match } from './call.ts';
import { precious } from './precious.ts';
import { shown } from './wording.ts';
import type { World } from './world.ts';

/** `rm -rf`, `find -delete`, `mv`, `chmod -R`, `rsync --delete` upon the home or the system. */
export function removes(exec: Exec, world: World): Match | null {
  switch (exec.base) {
    case 'rm':
    case 'grm':
    case 'srm':
    case 'rimraf':
      return remove(exec, world);
    case 'find':
    case 'gfind':
      return findDelete(exec, world);
    case 'fd':
    case 'fdfind':
      return fdDelete(exec, world);
    case 'mv': {
      const { operands, values } = sortArguments(exec.args, ['-t', '--target-directory', '-S', '--suffix']);
      const sources = values.has('-t') || values.has('--target-directory') ? operands : operands.slice(0, -1);
      return first(sources, exec, world, (what) => `would move ${what} away`);
    }
    case 'chmod':
    case 'chown':
    case 'chgrp': {
      const { options, operands } = sortArguments(exec.args, ['--reference', '--from']);
      const deep = options.has('-R') || options.has('--recursive');
      return deep
        ? first(
            operands.slice(options.has('--reference') ? 0 : 1),
            exec,
            world,
            (what) => `would change all of ${what}`,
          )
        : null;
    }
    case 'rsync': {
      if (!texts(exec.args).some((word) => /^--del/.test(word))) return null;
      const { operands } = sortArguments(exec.args, ['-e', '--rsh', '--exclude', '--include', '-f', '--filter']);
      return first(
        operands.slice(-1),
        exec,
        world,
        (what) => `would remove files from ${what} that the source does not have`,
      );
    }
    default:
      return null;
  }
}

function first(words: readonly Word[], exec: Exec, world: World, would: (what: string) => string): Match | null {
  for (const word of words) {
    const what = precious(word, exec.cwd, world);
    if (what !== null && what !== 'unknown') {
      return { reason: `\`${shown(exec.base ?? '', exec.args)}\` ${would(what)}.` };
    }
  }
  return null;
}

function remove(exec: Exec, world: World): Match | null {
  const { options, operands, dynamic } = sortArguments(exec.args);
  // `rm $x` may be anything; after an option `$x` is a name.
  const recursive =
    (dynamic && options.size === 0) ||
    ['-r', '-R', '--recursive'].some((option) => options.has(option)) ||
    exec.base === 'srm' ||
    exec.base === 'rimraf';
  const piped = exec.wrappers.includes('xargs') || exec.wrappers.includes('parallel');
  const words = piped ? [...operands, ...fedWords(exec)] : operands;
  for (const word of words) {
    const what = precious(word, exec.cwd, world);
    if (what === null || (!recursive && !what.startsWith('everything'))) continue;
    if (what === 'unknown') return unclear(exec, word);
    return { reason: `\`${shown(exec.base ?? '', exec.args)}\` would remove ${what}.` };
  }
  return recursive && piped && !harmlessFeed(exec, world) ? unclear(exec, undefined) : null;
}

const unclear = (exec: Exec, word: Word | undefined): Match => ({
  certainty: 'unclear',
  reason: `Cannot tell what \`${shown(exec.base ?? '', exec.args)}\` would remove${word === undefined ? '' : ` (${word.raw})`}. Name the folder itself.`,
});

/** The earlier stages of a command's pipeline. */
const feeders = ({ line, pipeline, stage }: Exec): Invocation[] =>
  (line.pipelines[pipeline]?.stages.slice(0, stage) ?? []).flatMap((index) =>
    index === null ? [] : (line.invocations[index] ?? []),
  );

/** The words that `echo` or `printf` give to xargs. */
function fedWords(exec: Exec): Word[] {
  return feeders(exec)
    .filter(({ name }) => name === 'echo' || name === 'printf')
    .flatMap(({ args }) => args)
    .filter(({ raw }) => !raw.startsWith('-'));
}

/** Whether xargs gets only names below a folder that is neither the home nor the system. */
function harmlessFeed(exec: Exec, world: World): boolean {
  const source = feeders(exec)[0];
  const name = source?.name ?? '';
  if (source === undefined) return false;
  if (name === 'echo' || name === 'printf') return source.args.every(({ text }) => text !== null);
  if (name === 'git') return true;
  if (name !== 'find' && name !== 'fd' && name !== 'ls') return false;
  if (name === 'fd' || texts(source.args).some((word) => findTest.test(word))) return true;
  const start = source.args.findIndex(({ raw }) => raw.startsWith('-'));
  const folders = start < 0 ? source.args : source.args.slice(0, start);
  return folders.every((word) => precious(word, exec.cwd, world) === null);
}

const findTest =
  /^-(i?name|i?path|i?wholename|i?regex|newer\w*|[amc](time|min)|size|empty|perm|user|group|links|inum|samefile|lname)$/;

/**
 * Whether a `find` removes what it finds: `-delete`, `-exec rm`.
 *
 * @param args words without quotes
 */
export function removesFound(args: readonly string[]): boolean {
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '-delete') return true;
    if (!/^-(exec|execdir|ok|okdir)$/.test(args[at] ?? '')) continue;
    if (/(^|\/)(rm|shred|unlink|srm)$/.test(args[at + 1] ?? '')) return true;
    // The words of another command.
    while (at < args.length && !/^\\?[;+]$/.test(args[at] ?? '')) at++;
  }
  return false;
}

/** The folders in which `find` searches. */
export function foundIn(args: readonly Word[]): readonly Word[] {
  const start = args.findIndex(({ raw }) => /^[-(!\\]/.test(raw));
  const folders = start < 0 ? args : args.slice(0, start);
  return folders.length > 0 ? folders : [here];
}

/**
 * With a test by name, age or size it is a clean-up, but not of the whole system; without one the whole folder is
 * removed.
 */
function findDelete(exec: Exec, world: World): Match | null {
  const words = texts(exec.args);
  if (!removesFound(words)) return null;
  const tested = words.some((word) => findTest.test(word));
  for (const word of foundIn(exec.args)) {
    const what = precious(word, exec.cwd, world);
    if (tested && what !== null && word.text !== '/') continue;
    if (what === 'unknown') return unclear(exec, word);
    if (what !== null) return { reason: `\`${shown('find', exec.args)}\` would remove ${what}.` };
  }
  return null;
}

const here: Word = { text: '.', raw: '.', quoted: false, pattern: false };

/** Options of `fd` that take a value. */
export const fdValued: readonly string[] = [
  ...['-e', '--extension', '-t', '--type', '-d', '--max-depth', '-E', '--exclude', '-S', '--size', '-o', '--owner'],
  ...['-j', '--threads', '-C', '--base-directory', '--changed-within', '--changed-before'],
];

function fdDelete(exec: Exec, world: World): Match | null {
  const at = exec.args.findIndex(({ text }) => text !== null && /^(-x|-X|--exec|--exec-batch)$/.test(text));
  if (at < 0 || !/(^|\/)rm$/.test(exec.args[at + 1]?.text ?? '')) return null;
  const [pattern, folder] = sortArguments(exec.args.slice(0, at), fdValued).operands;
  const everything = pattern === undefined || /^[.*]*$/.test(pattern.text ?? '');
  return everything ? first([folder ?? here], exec, world, (what) => `would remove ${what}`) : null;
}
