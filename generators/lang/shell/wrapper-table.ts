/** How a command's arguments name another command. */
export interface Wrapper {
  /**
   * words: the rest are a command's words; marker: those behind an option are; script: the rest
   * joined is shell text; scripts: each of the rest is; shell: a shell; options: only what `scripts` says.
   */
  form: 'words' | 'marker' | 'script' | 'scripts' | 'shell' | 'options';
  /** Options that take the next word as their value. */
  valued?: readonly string[];
  /** Options with which it runs nothing: `command -v git`, `sudo -l`. */
  unless?: readonly string[];
  /** Of those with a value the ones that take two. */
  twoValued?: readonly string[];
  /** Options whose value is shell text. */
  scripts?: readonly string[];
  /** Words before the command: the seconds of `timeout`, the folder of `direnv exec`. */
  skip?: number;
  /** `NAME=value` words before the command are variables. */
  assigns?: boolean;
  /** Its words are joined and given to a shell. */
  joins?: boolean;
  /** Its options may stand behind other words. */
  anywhere?: boolean;
  /** Options look like `-long`. */
  longWithOneDash?: boolean;
  plusOptions?: boolean;
  markers?: readonly string[];
  /** Words that end the command. */
  until?: readonly string[];
  /** Only below these subcommands, each with what it adds to the above or says instead. */
  subcommands?: Readonly<Record<string, Partial<Wrapper>>>;
  /** Used for much else: only a line with one of the subcommands in it runs something else. */
  rarely?: boolean;
  /** What it runs reads something other than the wrapper's input (`xargs`). */
  ownInput?: boolean;
  /** What it runs, runs on another machine or in a container. */
  remote?: boolean;
  shell?: 'bash' | 'fish';
  /** Its script is run by the shell that runs the line, not by another one. */
  sameShell?: boolean;
  firstOnly?: boolean;
}

const words = (more: Omit<Wrapper, 'form'> = {}): Wrapper => ({ form: 'words', ...more });
const shell = (more: Omit<Wrapper, 'form'> = {}): Wrapper => ({
  form: 'shell',
  scripts: ['-c', '--command'],
  valued: ['-O', '-o', '--rcfile', '--init-file'],
  plusOptions: true,
  ...more,
});
const none = {};

const containerExec: Partial<Wrapper> = {
  skip: 1,
  valued: ['-e', '-u', '-w', '--env', '--env-file', '--user', '--workdir', '--detach-keys', '--index'],
};
const compose: Partial<Wrapper> = {
  valued: ['-f', '-p', '--file', '--profile', '--env-file', '--project-name', '--project-directory'],
  subcommands: { exec: containerExec },
};
const podExec: Omit<Wrapper, 'form'> = {
  markers: ['--'],
  subcommands: { exec: none, run: none, debug: none },
  valued: ['-n', '-s', '--namespace', '--context', '--kubeconfig', '--cluster', '--user', '--server'],
  remote: true,
};
const newPane: Partial<Wrapper> = { valued: ['-c', '-e', '-F', '-l', '-n', '-p', '-t'] };
const newSession: Partial<Wrapper> = { valued: ['-c', '-e', '-F', '-f', '-n', '-s', '-t', '-x', '-y'] };

/** Commands that run other commands, with the options that stand between. From their manual pages. */
export const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  // privileges and users
  [
    'sudo',
    words({
      assigns: true,
      unless: ['-l', '-v', '-k', '-K', '-e', '--list', '--validate', '--edit'],
      valued: [
        '-u',
        '-g',
        '-h',
        '-p',
        '-C',
        '-r',
        '-t',
        '-T',
        '-U',
        '-R',
        '-D',
        '--user',
        '--group',
        '--host',
        '--prompt',
        '--close-from',
        '--role',
        '--type',
        '--command-timeout',
        '--other-user',
        '--chroot',
        '--chdir',
      ],
    }),
  ],
  ['doas', words({ valued: ['-u', '-C'] })],
  [
    'run0',
    words({
      valued: [
        '-u',
        '-g',
        '-D',
        '--user',
        '--group',
        '--chdir',
        '--unit',
        '--property',
        '--description',
        '--slice',
        '--nice',
        '--setenv',
      ],
    }),
  ],
  ['pkexec', words({ valued: ['--user'] })],
  [
    'su',
    {
      form: 'options',
      scripts: ['-c', '--command'],
      valued: ['-s', '-g', '-G', '-w', '--shell', '--group'],
      anywhere: true,
    },
  ],
  [
    'runuser',
    words({ scripts: ['-c', '--command'], valued: ['-u', '-g', '-G', '-s', '-w', '--user', '--group', '--shell'] }),
  ],
  ['sg', { form: 'script', skip: 1, scripts: ['-c'] }],
  ['fakeroot', words({ valued: ['-l', '-s', '-i', '-b'] })],
  ['setpriv', words({ valued: ['--reuid', '--regid', '--groups', '--inh-caps', '--bounding-set'] })],
  ['chroot', words({ skip: 1, remote: true })],
  ['nixos-enter', { form: 'marker', markers: ['--'], scripts: ['-c', '--command'], anywhere: true, remote: true }],
  [
    'unshare',
    words({
      valued: ['-R', '-w', '-S', '-G', '--root', '--wd', '--setuid', '--setgid', '--map-users', '--map-groups'],
    }),
  ],
  ['nsenter', words({ valued: ['-t', '-S', '-G', '--target', '--setuid', '--setgid'] })],
  ['bwrap', { form: 'marker', markers: ['--'] }],
  ['firejail', words()],
  // environment and priority
  ['env', words({ assigns: true, valued: ['-u', '-C', '--unset', '--chdir'], scripts: ['-S', '--split-string'] })],
  ['nohup', words()],
  ['time', words({ valued: ['-f', '-o', '--format', '--output'] })],
  ['nice', words({ valued: ['-n', '--adjustment'] })],
  ['ionice', words({ unless: ['-p', '--pid'], valued: ['-c', '-n', '-p', '-P', '--class', '--classdata'] })],
  ['chrt', words({ unless: ['-p', '--pid'], skip: 1, valued: ['-T', '-P', '-D'] })],
  ['taskset', words({ unless: ['-p', '--pid'], skip: 1 })],
  [
    'numactl',
    words({ valued: ['-m', '-N', '-C', '-p', '-i', '--membind', '--cpunodebind', '--physcpubind', '--interleave'] }),
  ],
  ['prlimit', words({ unless: ['-p', '--pid'], valued: ['-p', '--pid', '-o'] })],
  ['setsid', words()],
  ['stdbuf', words({ valued: ['-i', '-o', '-e', '--input', '--output', '--error'] })],
  ['unbuffer', words()],
  ['rlwrap', words({ valued: ['-f', '-H', '-C', '-P', '-S', '-s', '-D', '-t', '-b', '-i', '-z'] })],
  ['timeout', words({ skip: 1, valued: ['-k', '-s', '--kill-after', '--signal'] })],
  [
    'flock',
    words({
      skip: 1,
      scripts: ['-c', '--command'],
      valued: ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'],
    }),
  ],
  ['setarch', words({ skip: 1 })],
  ['linux32', words()],
  ['linux64', words()],
  [
    'systemd-run',
    words({
      valued: [
        '-p',
        '-u',
        '-M',
        '-H',
        '-E',
        '-d',
        '--property',
        '--unit',
        '--description',
        '--slice',
        '--uid',
        '--gid',
        '--nice',
        '--setenv',
        '--machine',
        '--host',
        '--on-active',
        '--on-calendar',
        '--working-directory',
      ],
    }),
  ],
  ['systemd-inhibit', words({ valued: ['--what', '--who', '--why', '--mode'] })],
  ['systemd-cat', words({ valued: ['-t', '-p', '--identifier', '--priority'] })],
  ['dbus-run-session', words({ valued: ['--config-file', '--dbus-daemon'] })],
  ['dbus-launch', words()],
  ['ssh-agent', words({ valued: ['-t', '-a', '-P', '-E'] })],
  ['xvfb-run', words({ valued: ['-n', '-s', '-e', '-f', '-p', '-w'] })],
  ['caffeinate', words({ valued: ['-t', '-w'] })],
  ['torsocks', words()],
  ['proxychains4', words({ valued: ['-f'] })],
  ['proxychains', words({ valued: ['-f'] })],
  ['gamemoderun', words()],
  ['mangohud', words()],
  ['nvidia-offload', words()],
  ['prime-run', words()],
  ['steam-run', words()],
  ['busybox', words()],
  ['toybox', words()],
  // the shells' own
  ['command', words({ unless: ['-v', '-V', '-s', '-q', '--search', '--query'] })],
  ['builtin', words()],
  ['exec', words({ valued: ['-a'] })],
  ['noglob', words()],
  ['nocorrect', words()],
  ['eval', { form: 'script', sameShell: true }],
  ['trap', { form: 'script', firstOnly: true, sameShell: true }],
  ['bash', shell()],
  ['sh', shell()],
  ['dash', shell()],
  ['ash', shell()],
  ['ksh', shell()],
  ['zsh', shell()],
  [
    'fish',
    shell({
      shell: 'fish',
      scripts: ['-c', '--command', '-C', '--init-command'],
      valued: ['-d', '-o', '-f', '--debug', '--features', '--profile'],
    }),
  ],
  ['source', { form: 'shell', sameShell: true }],
  ['.', { form: 'shell', sameShell: true }],
  // again and again
  [
    'xargs',
    words({
      ownInput: true,
      valued: [
        '-a',
        '-d',
        '-E',
        '-I',
        '-L',
        '-n',
        '-P',
        '-s',
        '--arg-file',
        '--delimiter',
        '--max-lines',
        '--max-args',
        '--max-procs',
        '--max-chars',
        '--replace',
        '--process-slot-var',
      ],
    }),
  ],
  [
    'parallel',
    words({
      ownInput: true,
      joins: true,
      until: [':::', '::::', ':::+', '::::+'],
      valued: [
        '-j',
        '-a',
        '-I',
        '-n',
        '-N',
        '-L',
        '-S',
        '-d',
        '-C',
        '--jobs',
        '--arg-file',
        '--joblog',
        '--results',
        '--colsep',
        '--delay',
        '--timeout',
        '--retries',
        '--sshlogin',
        '--tmpdir',
        '--workdir',
      ],
    }),
  ],
  ['watch', words({ joins: true, valued: ['-n', '-q', '--interval', '--equexit'] })],
  ['viddy', words({ joins: true, valued: ['-n', '--interval'] })],
  ['hwatch', words({ joins: true, valued: ['-n', '--interval'] })],
  ['entr', words({ ownInput: true, scripts: ['-s'] })],
  [
    'watchexec',
    words({
      joins: true,
      valued: [
        '-e',
        '-w',
        '-i',
        '-f',
        '-d',
        '-s',
        '-W',
        '--exts',
        '--watch',
        '--ignore',
        '--filter',
        '--debounce',
        '--signal',
        '--shell',
        '--workdir',
      ],
    }),
  ],
  [
    'hyperfine',
    {
      form: 'scripts',
      anywhere: true,
      scripts: ['-p', '-s', '-c', '--prepare', '--setup', '--cleanup', '--conclude'],
      valued: [
        '-w',
        '-r',
        '-m',
        '-M',
        '-n',
        '-P',
        '-L',
        '-S',
        '--warmup',
        '--runs',
        '--min-runs',
        '--max-runs',
        '--command-name',
        '--export-json',
        '--export-markdown',
        '--export-csv',
        '--shell',
        '--output',
        '--input',
        '--style',
        '--parameter-scan',
        '--parameter-list',
        '--parameter-step-size',
      ],
      twoValued: ['-L', '--parameter-list'],
    },
  ],
  ['find', { form: 'marker', markers: ['-exec', '-execdir', '-ok', '-okdir'], until: [';', '+'], ownInput: true }],
  ['gfind', { form: 'marker', markers: ['-exec', '-execdir', '-ok', '-okdir'], until: [';', '+'], ownInput: true }],
  ['fd', { form: 'marker', markers: ['-x', '-X', '--exec', '--exec-batch'], until: [';'], ownInput: true }],
  ['fdfind', { form: 'marker', markers: ['-x', '-X', '--exec', '--exec-batch'], until: [';'], ownInput: true }],
  // looking over a shoulder
  ['strace', words({ valued: ['-e', '-o', '-p', '-s', '-u', '-a', '-E', '-I', '-O', '-P', '-S', '-X', '-b', '-U'] })],
  ['ltrace', words({ valued: ['-e', '-o', '-p', '-s', '-u', '-a', '-l', '-n', '-x', '-A', '-D', '-F'] })],
  ['valgrind', words()],
  ['gdb', { form: 'marker', markers: ['--args', '-args'] }],
  ['heaptrack', words({ valued: ['-o', '-p'] })],
  [
    'perf',
    words({
      subcommands: {
        stat: { valued: ['-e', '-p', '-r', '-C', '-o', '-t', '-G', '-x'] },
        record: { valued: ['-e', '-p', '-F', '-c', '-C', '-o', '-t', '-u', '-G', '--call-graph'] },
        trace: { valued: ['-e', '-p', '-o'] },
        mem: none,
        bench: none,
      },
    }),
  ],
  ['script', { form: 'options', scripts: ['-c', '--command'], valued: ['-T', '-I', '-O', '-B', '-o', '-E', '-m'] }],
  // nix and environments
  [
    'nix-shell',
    {
      form: 'options',
      scripts: ['--run', '--command'],
      anywhere: true,
      longWithOneDash: true,
      valued: ['-p', '-A', '-I', '-i'],
    },
  ],
  [
    'nix',
    {
      form: 'marker',
      markers: ['-c', '--command'],
      valued: [
        '-f',
        '-I',
        '--extra-experimental-features',
        '--experimental-features',
        '--log-format',
        '--option',
        '--store',
      ],
      twoValued: ['--option'],
      subcommands: { shell: none, develop: none },
    },
  ],
  ['nom', { form: 'marker', markers: ['-c', '--command'], subcommands: { shell: none, develop: none } }],
  ['comma', words({ valued: ['-P', '--picker'] })],
  [',', words({ valued: ['-P', '--picker'] })],
  ['direnv', words({ subcommands: { exec: { skip: 1 } } })],
  ['devenv', words({ subcommands: { shell: none } })],
  ['devbox', words({ subcommands: { run: { valued: ['-c', '-e', '--config', '--env'] } } })],
  ['mise', { form: 'marker', markers: ['--'], subcommands: { exec: none, x: none } }],
  ['asdf', words({ subcommands: { exec: none } })],
  [
    'uv',
    words({
      subcommands: {
        run: {
          valued: [
            '-p',
            '--python',
            '--with',
            '--extra',
            '--group',
            '--package',
            '--directory',
            '--project',
            '--env-file',
            '--with-requirements',
          ],
        },
      },
    }),
  ],
  ['rustup', words({ subcommands: { run: { skip: 1 } } })],
  [
    'zellij',
    {
      form: 'marker',
      markers: ['--'],
      valued: ['-s', '-l', '-c', '--session', '--layout', '--config'],
      subcommands: { run: none, r: none },
    },
  ],
  ['poetry', words({ subcommands: { run: none } })],
  ['pipenv', words({ subcommands: { run: none } })],
  ['pdm', words({ subcommands: { run: none } })],
  ['hatch', words({ subcommands: { run: none } })],
  ['bundle', words({ subcommands: { exec: none } })],
  ['opam', words({ subcommands: { exec: { valued: ['--switch'] } } })],
  ['cabal', words({ subcommands: { exec: none } })],
  ['stack', words({ subcommands: { exec: none } })],
  ['pnpm', words({ subcommands: { exec: none } })],
  ['dotenv', words({ valued: ['-e', '-f', '-v', '-c', '-p'] })],
  ['op', words({ subcommands: { run: { valued: ['--env-file', '--account'] } } })],
  ['aws-vault', words({ subcommands: { exec: { skip: 1, valued: ['-d', '--duration'] } } })],
  ['doppler', words({ subcommands: { run: { valued: ['-p', '-c', '--project', '--config'] } } })],
  ['infisical', words({ subcommands: { run: { valued: ['--env', '--path', '--projectId'] } } })],
  ['chezmoi', words({ subcommands: { git: none } })],
  ['sops', words({ subcommands: { 'exec-env': { skip: 1, joins: true }, 'exec-file': { skip: 1, joins: true } } })],
  // what runs something only now and then
  [
    'git',
    words({
      rarely: true,
      valued: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'],
      subcommands: {
        bisect: { subcommands: { run: none } },
        submodule: { subcommands: { foreach: { joins: true } } },
        rebase: { form: 'options', scripts: ['-x', '--exec'], valued: ['-s', '-X', '--onto'], anywhere: true },
      },
    }),
  ],
  [
    'tmux',
    words({
      joins: true,
      valued: ['-c', '-f', '-L', '-S', '-T'],
      subcommands: {
        new: newSession,
        'new-session': newSession,
        neww: newPane,
        'new-window': newPane,
        splitw: newPane,
        'split-window': newPane,
      },
    }),
  ],
  // elsewhere
  [
    'ssh',
    words({
      skip: 1,
      joins: true,
      remote: true,
      valued: [
        '-b',
        '-B',
        '-c',
        '-D',
        '-E',
        '-e',
        '-F',
        '-I',
        '-i',
        '-J',
        '-L',
        '-l',
        '-m',
        '-O',
        '-o',
        '-p',
        '-P',
        '-Q',
        '-R',
        '-S',
        '-W',
        '-w',
      ],
    }),
  ],
  ['mosh', words({ skip: 1, remote: true, valued: ['-p', '--ssh', '--port', '--predict'] })],
  [
    'docker',
    words({
      remote: true,
      valued: ['-c', '-H', '-l', '--context', '--config', '--host', '--log-level'],
      subcommands: { exec: containerExec, container: { subcommands: { exec: containerExec } }, compose },
    }),
  ],
  ['docker-compose', words({ remote: true, ...compose })],
  [
    'podman',
    words({
      remote: true,
      valued: ['-c', '--connection', '--log-level', '--root'],
      subcommands: { exec: containerExec, container: { subcommands: { exec: containerExec } }, compose },
    }),
  ],
  ['podman-compose', words({ remote: true, ...compose })],
  ['incus', { form: 'marker', markers: ['--'], subcommands: { exec: none }, remote: true }],
  ['lxc', { form: 'marker', markers: ['--'], subcommands: { exec: none }, remote: true }],
  ['distrobox', words({ remote: true, subcommands: { enter: { skip: 1, valued: ['-n', '--name'] } } })],
  ['kubectl', { form: 'marker', ...podExec }],
  ['oc', { form: 'marker', ...podExec }],
]);

/** Without one of these in it a line runs nothing but what it says. */
export const runnerWords: ReadonlySet<string> = new Set(
  [...wrappers].flatMap(([name, { rarely, subcommands }]) => (rarely ? Object.keys(subcommands ?? {}) : [name])),
);
