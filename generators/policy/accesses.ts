import type { Redirection, Word } from '../lang/shell/line.ts';
import { part, sortArguments } from './arguments.ts';
import type { Access, Exec } from './call.ts';
import { subcommandAt } from './git-push.ts';
import { interpreter, shell } from './names.ts';

/** Files that a command reads and writes, going by its arguments; redirections are apart. */
export function accesses(exec: Exec): Access[] {
  const { base, cwd } = exec;
  if (base === null) return [];
  const sort = Object.hasOwn(sorters, base) ? sorters[base] : undefined;
  const found =
    sort?.(exec) ??
    (harmless.has(base) || shell.test(base) || exec.line.functions.includes(base) ? {} : unknownProgram(exec));
  const as = (how: Access['how'], words: readonly Word[] = []): Access[] =>
    words.map((word) => ({ word, how, cwd, by: base }));
  return [...as('read', found.read), ...as('edit', found.edit), ...as('mention', found.mention)];
}

/** What `<`, `>` and their kind read and write. */
export function redirected(redirection: Redirection, cwd: string | null): Access | null {
  const { operator, target } = redirection;
  if (target === null || operator.startsWith('<<')) return null;
  if (operator === '<&' || (operator === '>&' && /^(\d+-?|-)$/.test(target.text ?? ''))) return null;
  return { word: target, how: operator === '<' ? 'read' : 'edit', cwd, by: operator };
}

interface Files {
  read?: readonly Word[];
  edit?: readonly Word[];
  mention?: readonly Word[];
}

/** They name files without showing what is in them. */
const harmless = new Set(
  (
    'echo printf ls eza exa lsd tree stat file test [ [[ rm rmdir mkdir touch chmod chown chgrp du dust df ssh-add ssh-keygen ' +
    'ssh-copy-id which type command realpath readlink basename dirname cd pushd popd find fd fdfind locate wc ' +
    'sha1sum sha256sum sha512sum md5sum b2sum cksum direnv export unset local declare readonly set alias true false : ' +
    'kill pkill sleep date source . eval exec trap getfacl setfacl lsattr chattr shred unlink trash gio mount umount ' +
    'systemctl journalctl nix-store age-keygen chezmoi'
  ).split(' '),
);

type Sorter = (exec: Exec) => Files;

const allRead =
  (...valued: string[]): Sorter =>
  (exec) => {
    const { operands, values } = sortArguments(exec.args, valued);
    return { read: [...operands, ...(values.get('-f') ?? [])] };
  };

/** The first operand is an expression, unless an option gives it. */
const expressionFirst =
  (expression: readonly string[], ...valued: string[]): Sorter =>
  (exec) => {
    const sorted = sortArguments(exec.args, [...expression, ...valued]);
    const given = expression.some((option) => sorted.options.has(option));
    const files = given ? sorted.operands : sorted.operands.slice(1);
    return { read: [...files, ...(sorted.values.get('-f') ?? []), ...(sorted.values.get('--file') ?? [])] };
  };

const grepValued = [
  '-A',
  '-B',
  '-C',
  '-m',
  '--include',
  '--exclude',
  '--exclude-dir',
  '-g',
  '--glob',
  '-t',
  '-T',
  '-d',
  '-r',
  '--replace',
];
const grep = expressionFirst(
  ['-e', '-f', '--regexp', '--file', '--files'],
  ...grepValued.filter((option) => !/^-[rd]$/.test(option)),
);
const rg = expressionFirst(['-e', '-f', '--regexp', '--file'], ...grepValued);

const copy: Sorter = (exec) => {
  const { operands, values } = sortArguments(exec.args, [
    '-t',
    '--target-directory',
    '-S',
    '-e',
    '--rsh',
    '-P',
    '-p',
    '-i',
    '-o',
    '-m',
    '--exclude',
    '--include',
    '-g',
  ]);
  const target = values.get('-t') ?? values.get('--target-directory');
  return target ? { read: operands, edit: target } : { read: operands.slice(0, -1), edit: operands.slice(-1) };
};

const sed: Sorter = (exec) => {
  const sorted = sortArguments(exec.args, ['-e', '-f', '--expression', '--file', '-l']);
  const given = ['-e', '-f', '--expression', '--file'].some((option) => sorted.options.has(option));
  const files = given ? sorted.operands : sorted.operands.slice(1);
  const inPlace = exec.args.some(({ text }) => text !== null && /^(-[a-zA-Z]*i|--in-place)/.test(text));
  return inPlace ? { edit: files } : { read: files };
};

/** `-d @file`, `-T file`, `-F x=@file`, `file://…` send a file. */
const curl: Sorter = (exec) => {
  const { values, operands } = sortArguments(exec.args, [
    '-d',
    '-T',
    '-F',
    '-o',
    '-K',
    '-E',
    '-H',
    '-X',
    '-u',
    '-b',
    '-A',
    '-e',
    '-x',
    '-m',
    '-w',
    '--data',
    '--data-binary',
    '--data-raw',
    '--data-urlencode',
    '--upload-file',
    '--form',
    '--output',
    '--config',
    '--key',
    '--cert',
    '--cacert',
    '--header',
    '--request',
    '--user',
  ]);
  const sent = ['-d', '-F', '-H', '--data', '--data-binary', '--data-urlencode', '--form', '--header'].flatMap(
    (option) => values.get(option) ?? [],
  );
  return {
    read: [
      ...sent.flatMap((word) => atFile(word)),
      ...(values.get('-T') ?? []),
      ...(values.get('--upload-file') ?? []),
      ...(values.get('-K') ?? []),
      ...operands.filter(({ text }) => text?.startsWith('file://')).map((word) => part(word, 7)),
    ],
    edit: [...(values.get('-o') ?? []), ...(values.get('--output') ?? [])],
  };
};

function atFile(word: Word): Word[] {
  const at = (word.text ?? word.shape ?? '').indexOf('@');
  return at >= 0 && /^$|[=<]$/.test((word.text ?? word.shape ?? '').slice(0, at)) ? [part(word, at + 1)] : [];
}

const gitReaders = ['diff', 'show', 'log', 'blame', 'cat-file', 'grep', 'annotate'];

const git: Sorter = (exec) => {
  const at = subcommandAt(exec.args);
  const subcommand = exec.args[at]?.text;
  const { operands } = sortArguments(exec.args.slice(at + 1));
  if (!gitReaders.includes(subcommand ?? '')) return {};
  // `HEAD:.env` is a file of a commit.
  return { read: operands.map((word) => (word.text?.includes(':') ? part(word, word.text.indexOf(':') + 1) : word)) };
};

const dd: Sorter = (exec) => ({
  read: exec.args.filter(({ text }) => text?.startsWith('if=')).map((word) => part(word, 3)),
  edit: exec.args.filter(({ text }) => text?.startsWith('of=')).map((word) => part(word, 3)),
});

const editsOperands: Sorter = (exec) => ({ edit: sortArguments(exec.args, ['-s', '-r']).operands });

const sorters: Readonly<Record<string, Sorter>> = {
  cat: allRead(),
  bat: allRead('-l', '--language', '--style', '--theme', '--line-range', '-r', '-H', '--paging', '--color'),
  batcat: allRead('-l', '--language', '--style', '--theme', '--line-range', '-r', '-H'),
  head: allRead('-n', '-c', '--lines', '--bytes'),
  tail: allRead('-n', '-c', '--lines', '--bytes'),
  less: allRead(),
  more: allRead(),
  tac: allRead(),
  nl: allRead(),
  rev: allRead(),
  sort: allRead('-k', '-t', '-o', '-S', '-T'),
  uniq: allRead('-f', '-s', '-w'),
  cut: allRead('-d', '-f', '-c', '-b'),
  paste: allRead('-d'),
  fold: allRead('-w'),
  fmt: allRead('-w'),
  column: allRead('-s', '-t', '-o'),
  xxd: allRead('-l', '-s', '-c'),
  od: allRead('-t', '-A', '-N', '-j'),
  hexdump: allRead('-n', '-s', '-e'),
  hexyl: allRead('-n', '-s'),
  strings: allRead('-n'),
  base64: allRead('-w'),
  base32: allRead('-w'),
  zcat: allRead(),
  split: allRead('-l', '-b', '-n'),
  diff: allRead('-U', '-C', '-x'),
  cmp: allRead('-n', '-i'),
  comm: allRead(),
  vim: allRead('-c', '-S'),
  nvim: allRead('-c', '-S'),
  vi: allRead('-c'),
  nano: allRead(),
  view: allRead(),
  glow: allRead(),
  mapfile: allRead(),
  grep,
  egrep: grep,
  fgrep: grep,
  zgrep: grep,
  rg,
  ag: rg,
  ack: rg,
  ugrep: grep,
  awk: expressionFirst(['-f', '--file'], '-F', '-v'),
  gawk: expressionFirst(['-f', '--file'], '-F', '-v'),
  mawk: expressionFirst(['-f', '--file'], '-F', '-v'),
  jq: expressionFirst(['-f', '--from-file'], '--arg', '--argjson', '--slurpfile'),
  yq: expressionFirst(['--from-file']),
  perl: (exec) => {
    const { operands, options } = sortArguments(exec.args, ['-e', '-E', '-I', '-M', '-0']);
    const inPlace = exec.args.some(({ text }) => text !== null && /^-[a-z]*i/.test(text));
    return options.has('-e') || options.has('-E')
      ? inPlace
        ? { edit: operands }
        : { read: operands }
      : { read: operands.slice(1) };
  },
  sed,
  gsed: sed,
  sd: (exec) => ({ edit: sortArguments(exec.args, ['-f', '-n']).operands.slice(2) }),
  tee: editsOperands,
  sponge: editsOperands,
  truncate: editsOperands,
  cp: copy,
  scp: copy,
  rsync: copy,
  install: copy,
  ln: (exec) => {
    const { operands } = sortArguments(exec.args, ['-t', '-S']);
    return operands.length === 1 ? { mention: operands } : { mention: operands.slice(0, -1), edit: operands.slice(-1) };
  },
  mv: (exec) => {
    const { operands } = sortArguments(exec.args, ['-t', '-S']);
    return { edit: operands };
  },
  dd,
  curl,
  wget: (exec) => ({
    read: exec.args
      .filter(({ text }) => text !== null && /^--(post|body)-file=/.test(text))
      .map((word) => part(word, (word.text ?? '').indexOf('=') + 1)),
  }),
  tar: allRead('-C', '--exclude', '-X'),
  zip: allRead('-x', '-i'),
  gzip: allRead(),
  git,
  gpg: (exec) => ({ mention: sortArguments(exec.args, ['-r', '-u', '-o', '--recipient', '--output']).operands }),
};

/** Options whose value is a file that the program uses, not shows. */
const uses =
  /^--?(env|env-file|e|i|identity|identity-file|key|keyfile|key-file|private-key|cert|tls-key|ssl-key|f|file|config|kubeconfig|passfile|passphrase-file|ssh-key|secrets?|dotenv|o|output|out)$/;

function unknownProgram(exec: Exec): Files {
  const mention: Word[] = [];
  const isInterpreter = interpreter.test(exec.base ?? '');
  exec.args.forEach((word, index) => {
    const text = word.text ?? '';
    const before = exec.args[index - 1]?.text ?? '';
    if (text === '' || text.startsWith('-') || uses.test(before)) return;
    // Inline code is looked at by `inline-code.ts`.
    if (isInterpreter && /\s|[()'"]/.test(text)) return;
    mention.push(word);
  });
  return { mention };
}

/** Commands that write to a file among their arguments. */
export const editors: readonly string[] =
  'sed gsed perl sd tee sponge truncate cp scp rsync install ln mv dd curl wget tar git-annex'.split(' ');

/** Commands that read the files among their arguments, and git's subcommands that do. */
export const readers: ReadonlySet<string> = new Set([
  ...Object.keys(sorters).filter((name) => !editors.includes(name) && name !== 'git'),
  ...gitReaders,
]);
