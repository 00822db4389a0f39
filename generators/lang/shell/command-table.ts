/**
 * What a command does with its arguments, as far as the command line shows it. Options are listed in one string,
 * separated by spaces. The commands that a command runs in turn are in `wrapper-table.ts`, under the same name.
 */
export interface CommandFacts {
  /**
   * What its operands are. read: files whose content it prints or sends; write: files that it changes; removed: files
   * that it removes; copied: the last one is written, the others are read; linked: likewise, but without reading;
   * revisions: files, or files of a commit (`HEAD:x`); urls: files only as `file://…`; mention: files whose content it
   * may print; names: their content is never printed. Absent where it is not known.
   */
  operands?: 'read' | 'write' | 'removed' | 'copied' | 'linked' | 'revisions' | 'urls' | 'mention' | 'names';
  /** Operands before the files. */
  skip?: number;
  /** Options whose value is an expression. Without them or `expressionFiles` the first operand is an expression. */
  expression?: string;
  /** Options whose value is a file of expressions. */
  expressionFiles?: string;
  /** Further options that take a value. */
  valued?: string;
  /** Options whose value is a file that it reads. */
  reads?: string;
  /** Options whose value is a file or folder that it writes; they replace the last operand of `copied`. */
  writes?: string;
  /** Options whose value may be the content of a file: `@file`, `name=@file`. */
  sends?: string;
  /** Options that make it write the files that it otherwise reads. */
  inPlace?: string;
  /** Operands of the form `if=file`. */
  assigned?: { read: string; write: string };
  /** What it does by its subcommand; nothing with files for all others. */
  subcommands?: Readonly<Record<string, CommandFacts>>;
  /** It prints names of files. */
  lists?: true;
  /** It fetches files from the network. */
  downloads?: true;
  /** It prints settings for the shell to evaluate. */
  printsSettings?: true;
  /**
   * Code of another language among its arguments. options: the values of `-c`, `-e` and the like; words: any word;
   * editor: words of a text editor (`+…`, `-c …`); commands: words that contain blanks; a pattern: its first group
   * is a shell command.
   */
  code?: 'options' | 'words' | 'editor' | 'commands' | RegExp;
  /** The name may be followed by a version: `python3.12`. */
  versioned?: true;
}

const grepValued = '-A -B -C -m --include --exclude --exclude-dir -g --glob -t -T';
const grep: CommandFacts = {
  operands: 'read',
  expression: '-e --regexp',
  expressionFiles: '-f --file',
  valued: grepValued,
};
const rg: CommandFacts = { ...grep, valued: `${grepValued} -d -r --replace` };
const awk: CommandFacts = {
  operands: 'read',
  expression: '',
  expressionFiles: '-f --file',
  valued: '-F -v',
  code: 'words',
};
const sed: CommandFacts = {
  operands: 'read',
  expression: '-e --expression',
  expressionFiles: '-f --file',
  valued: '-l',
  inPlace: '-i --in-place',
};
const bat: CommandFacts = {
  operands: 'read',
  valued: '-l --language --style --theme --line-range -r -H --paging --color',
};
const copied: CommandFacts = {
  operands: 'copied',
  valued: '-S -e --rsh -P -p -i -o -m --exclude --include -g',
  writes: '-t --target-directory',
};
const read = (valued = ''): CommandFacts => ({ operands: 'read', valued });
const revisions: CommandFacts = { operands: 'revisions' };
const sshOption = /(?:ProxyCommand|LocalCommand)[= ](.+)/i;

/** One row for each command, or for commands that do the same. From their manual pages. */
const rows: readonly (readonly [names: string, facts: CommandFacts])[] = [
  // shells and what they run themselves
  ['sh bash zsh dash ksh ash fish mksh yash', { operands: 'names' }],
  ['echo printf', { operands: 'names', lists: true }],
  [
    'test [ [[ type cd pushd popd export unset local declare readonly set alias true false : source . eval exec trap kill',
    { operands: 'names' },
  ],
  ['mapfile', read()],

  // files and folders
  ['ls find fd fdfind locate', { operands: 'names', lists: true }],
  ['eza exa lsd tree stat file du dust df', { operands: 'names' }],
  ['which command realpath readlink basename dirname', { operands: 'names' }],
  ['rm grm srm rmdir unlink trash trash-put shred rimraf', { operands: 'removed' }],
  ['mkdir touch mount umount gio', { operands: 'names' }],
  ['chmod chown chgrp getfacl setfacl lsattr chattr', { operands: 'names' }],
  ['cp rsync install', copied],
  ['scp', { ...copied, code: sshOption }],
  ['mv', { operands: 'write', valued: '-t -S' }],
  ['ln', { operands: 'linked', valued: '-t -S' }],
  ['dd', { operands: 'names', assigned: { read: 'if=', write: 'of=' } }],

  // reading
  ['cat less more tac nl rev comm zcat gzip glow nano', read()],
  ['bat batcat', bat],
  ['head tail', read('-n -c --lines --bytes')],
  ['sort', read('-k -t -o -S -T')],
  ['uniq', read('-f -s -w')],
  ['cut', read('-d -f -c -b')],
  ['paste', read('-d')],
  ['fold fmt', read('-w')],
  ['column', read('-s -t -o')],
  ['xxd', read('-l -s -c')],
  ['od', read('-t -A -N -j')],
  ['hexdump', read('-n -s -e')],
  ['hexyl', read('-n -s')],
  ['strings', read('-n')],
  ['base64 base32', read('-w')],
  ['split', read('-l -b -n')],
  ['diff', read('-U -C -x')],
  ['cmp', read('-n -i')],
  ['wc sha1sum sha256sum sha512sum md5sum b2sum cksum', { operands: 'names' }],
  ['tar', { ...read('-C --exclude -X'), code: /exec=(.+)/ }],
  ['bsdtar', { code: /exec=(.+)/ }],
  ['zip', read('-x -i')],

  // searching and rewriting
  ['grep egrep fgrep zgrep ugrep', grep],
  ['ag ack', rg],
  ['rg', { ...rg, lists: true }],
  ['awk gawk mawk', awk],
  [
    'jq',
    {
      operands: 'read',
      expression: '',
      expressionFiles: '-f --from-file',
      valued: '--arg --argjson --slurpfile',
    },
  ],
  ['yq', { operands: 'read', expression: '', expressionFiles: '--from-file' }],
  ['sed gsed', sed],
  ['sd', { operands: 'write', skip: 2, valued: '-f -n' }],
  ['tee sponge truncate', { operands: 'write', valued: '-s -r' }],
  ['vim nvim', { ...read('-c -S'), code: 'editor' }],
  ['vi', { ...read('-c'), code: 'editor' }],
  ['ex', { code: 'editor' }],
  ['view', read()],

  // interpreters
  ['python lua', { code: 'options', versioned: true }],
  ['pypy pypy3 ruby node nodejs deno bun php tclsh guile osascript', { code: 'options' }],
  ['perl', { operands: 'read', expression: '-e -E', valued: '-I -M -0', inPlace: '-i', code: 'options' }],
  ['tmux screen zellij expect gdb psql sqlite3 at batch crontab make just', { code: 'commands' }],

  // network
  [
    'curl',
    {
      operands: 'urls',
      reads: '-T --upload-file -K',
      writes: '-o --output',
      sends: '-d -F -H --data --data-binary --data-urlencode --form --header',
      valued: '-E -X -u -b -A -e -x -m -w --data-raw --config --key --cert --cacert --request --user',
      downloads: true,
    },
  ],
  ['wget', { operands: 'names', reads: '--post-file --body-file', writes: '-O --output-document', downloads: true }],
  ['http https xh fetch aria2c lynx', { downloads: true }],
  ['ssh sftp', { code: sshOption }],
  ['ssh-add ssh-keygen ssh-copy-id', { operands: 'names' }],

  // programs with subcommands or keys
  [
    'git',
    {
      operands: 'names',
      valued: '-C -c --git-dir --work-tree --namespace',
      subcommands: {
        diff: revisions,
        show: revisions,
        log: revisions,
        blame: revisions,
        annotate: revisions,
        grep: revisions,
        'cat-file': revisions,
      },
      lists: true,
      code: /^(?:alias\.[^=]+=!|core\.(?:pager|editor|sshCommand)=|[\w.]+\.(?:helper|cmd|textconv)=!?)(.+)/,
    },
  ],
  ['gpg', { operands: 'mention', valued: '-r -u -o --recipient --output' }],
  ['age-keygen chezmoi nix-store systemctl journalctl pkill sleep date', { operands: 'names' }],
  ['direnv', { operands: 'names', printsSettings: true }],
  [
    'ssh-agent brew fnm mise opam dircolors starship zoxide rbenv pyenv nodenv luarocks keychain gpgconf asdf conda ' +
      'micromamba atuin fzf register-python-argcomplete nix rustup sccache docker-machine minikube resize tset lesspipe ' +
      'thefuck',
    { printsSettings: true },
  ],
];

const table: ReadonlyMap<string, CommandFacts> = new Map(
  rows.flatMap(([names, facts]) => names.split(' ').map((name) => [name, facts] as const)),
);

/**
 * The facts about a command.
 *
 * @param name without its folder
 */
export function commandFacts(name: string): CommandFacts | undefined {
  const facts = table.get(name);
  if (facts !== undefined) return facts;
  const unversioned = table.get(name.replace(/[\d.]+$/, ''));
  return unversioned?.versioned ? unversioned : undefined;
}

/** The commands with a property. */
export function commandsWith(test: (facts: CommandFacts) => boolean): string[] {
  return [...table].flatMap(([name, facts]) => (test(facts) ? [name] : []));
}

/** Whether a program runs code of a language of its own, given as text. */
export function isInterpreter(name: string): boolean {
  const code = commandFacts(name)?.code;
  return code === 'options' || code === 'words';
}

/** Whether it prints or sends the content of files that it is given. */
export function readsFiles({ operands }: CommandFacts): boolean {
  return operands === 'read' || operands === 'copied' || operands === 'urls';
}

/** Whether it writes files among its arguments. */
export function writesFiles({ operands, writes, inPlace, assigned }: CommandFacts): boolean {
  return (
    operands === 'write' ||
    operands === 'copied' ||
    operands === 'linked' ||
    writes !== undefined ||
    inPlace !== undefined ||
    assigned !== undefined
  );
}
