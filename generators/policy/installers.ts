import { sortArguments, texts } from '../lang/shell/arguments.ts';
import type { Exec } from './call.ts';
import type { World } from './world.ts';

/** @param sub the words after the command without options */
type Installs = (sub: readonly string[], exec: Exec, world: World) => boolean;

const firstIs =
  (...names: string[]): Installs =>
  ([first = '']) =>
    names.includes(first);

/** The words before `--`; what follows belongs to a script. */
const own = (exec: Exec): string[] => {
  const words = texts(exec.args);
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
};

const hasOption = (exec: Exec, pattern: RegExp): boolean => own(exec).some((text) => pattern.test(text));

/** The command gets a variable: `GOBIN=$PWD/bin go install`, or the line exports it before. */
const hasVariable = ({ assignments, line }: Exec, ...names: string[]): boolean =>
  names.some(
    (name) =>
      assignments.includes(name) ||
      line.invocations.some((one) => one.name === 'export' && one.args.some(({ raw }) => raw.startsWith(`${name}=`))),
  );

/** The words begin with one of these sequences. */
const begins =
  (...sequences: string[]): Installs =>
  (sub) =>
    sequences.some((sequence) => sequence.split(' ').every((word, index) => sub[index] === word));

const systemPackages = firstIs(
  'install',
  'in',
  'add',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
  'remove',
  'purge',
  'groupinstall',
  'reinstall',
  'localinstall',
);

const globally: Installs = (sub, exec) =>
  hasOption(exec, /^(-[a-zA-Z]*g[a-zA-Z]*|--global|--location=global)$/) &&
  !hasVariable(exec, 'NPM_CONFIG_PREFIX', 'npm_config_prefix') &&
  ['install', 'i', 'in', 'ins', 'add', 'update', 'up', 'upgrade', 'link', 'ln'].includes(sub[0] ?? '');

/** Options of pip that take a value. */
export const pipValued = [
  '-r',
  '-c',
  '-e',
  '-t',
  '-i',
  '-f',
  '--requirement',
  '--constraint',
  '--editable',
  '--target',
  '--prefix',
  '--root',
  '--index-url',
  '--extra-index-url',
  '--python',
  '--log',
  '--proxy',
  '--find-links',
  '--cache-dir',
  '--timeout',
  '--retries',
];

const pip: Installs = (_, exec, world) => {
  const { options, operands } = sortArguments(exec.args, pipValued);
  const elsewhere = ['-t', '--target', '--prefix', '--root', '--dry-run', '--python'].some((option) =>
    options.has(option),
  );
  if (hasVariable(exec, 'VIRTUAL_ENV', 'PIP_TARGET', 'PIP_PREFIX')) return false;
  return operands[0]?.text === 'install' && !elsewhere && !inEnvironment(exec, world);
};

const pipx = firstIs('install', 'inject', 'upgrade', 'upgrade-all', 'install-all');

const python: Installs = (_, exec, world) => {
  const at = exec.args.findIndex(({ text }) => text === '-m');
  const module = exec.args[at + 1]?.text;
  const inner = { ...exec, args: exec.args.slice(at + 2) };
  if (at < 0) return false;
  return module === 'pip' ? pip([], inner, world) : module === 'pipx' && pipx(texts(inner.args), inner, world);
};

const conda: Installs = ([first], exec) =>
  ['install', 'update', 'upgrade'].includes(first ?? '') && !hasOption(exec, /^(-n|-p|--name|--prefix|--dry-run)/);

/** Without words, and with `-S`, they install; `-Ss` and `-Si` only ask. */
const aurHelper: Installs = (sub, exec) =>
  hasOption(exec, /^(-S[uyw]*|-Syu\w*|-U|--sync|--upgrade)$/) ||
  exec.args.length === 0 ||
  (sub.length > 0 && own(exec).every((word) => !word.startsWith('-')));

/** `sudo make install` writes into the system. */
const asRoot: Installs = (sub, exec) =>
  sub.includes('install') &&
  exec.wrappers.some((one) => one === 'sudo' || one === 'doas') &&
  !own(exec).some((word) => /^(DESTDIR|PREFIX|prefix)=/.test(word));

/** Whether a command installs something for the user or the system, by the command's name. */
export const installers: Readonly<Record<string, Installs>> = {
  'nix-env': (_, exec) => {
    const { options } = sortArguments(exec.args, ['-f', '-p', '-I', '--file', '--profile']);
    const changes = ['-i', '--install', '-u', '--upgrade', '-e', '--uninstall', '--set'];
    return (
      changes.some((option) => options.has(option)) &&
      !options.has('-q') &&
      !options.has('--query') &&
      !options.has('--dry-run')
    );
  },
  nix: ([first, second = '']) => first === 'profile' && ['install', 'add', 'upgrade', 'remove'].includes(second),
  pip,
  python,
  pipx,
  uv: ([first, second = ''], exec) =>
    (first === 'tool' && ['install', 'upgrade'].includes(second)) ||
    (first === 'pip' && second === 'install' && hasOption(exec, /^--(system|break-system-packages)$/)),
  npm: globally,
  pnpm: globally,
  bun: globally,
  yarn: ([first, second = '']) => first === 'global' && ['add', 'upgrade'].includes(second),
  cargo: ([first], exec) =>
    (first === 'install' || first === 'binstall') &&
    !hasOption(exec, /^--(root(=.*)?|list|dry-run)$/) &&
    !hasVariable(exec, 'CARGO_INSTALL_ROOT', 'CARGO_HOME'),
  'cargo-binstall': (_, exec) => !hasOption(exec, /^--(root(=.*)?|install-path(=.*)?|dry-run)$/),
  go: ([first, ...rest], exec) =>
    first === 'install' && rest.some((word) => word.includes('@')) && !hasVariable(exec, 'GOBIN', 'GOPATH'),
  gem: ([first], exec) =>
    (first === 'install' || first === 'update') &&
    !hasOption(exec, /^(-i|--install-dir|--explain)/) &&
    !hasVariable(exec, 'GEM_HOME'),
  luarocks: ([first], exec) => first === 'install' && !hasOption(exec, /^--(tree|local-tree)/),
  cpan: (sub) => sub.length > 0,
  cpanm: (sub, exec) => sub.length > 0 && !hasOption(exec, /^(-l|-L|--local-lib)/),
  easy_install: () => true,
  brew: systemPackages,
  apt: systemPackages,
  'apt-get': systemPackages,
  aptitude: systemPackages,
  dnf: systemPackages,
  yum: systemPackages,
  zypper: systemPackages,
  apk: systemPackages,
  snap: systemPackages,
  pacman: (_, exec) => hasOption(exec, /^(-S[uyw]*|-U|--sync|--upgrade)$/),
  dpkg: (_, exec) => hasOption(exec, /^(-i|--install)$/),
  yay: aurHelper,
  paru: aurHelper,
  flatpak: firstIs('install', 'update', 'upgrade', 'uninstall', 'remove'),
  conda,
  mamba: conda,
  micromamba: conda,
  rustup: begins('install', 'update', 'default', 'toolchain install', 'toolchain add', 'component add', 'target add'),
  opam: ([first, ...rest], exec) =>
    ['install', 'upgrade', 'reinstall'].includes(first ?? '') &&
    !rest.some((word) => word.startsWith('.')) &&
    !hasOption(exec, /^--(deps-only|dry-run|show-actions)$/),
  cabal: ([first], exec) =>
    ['install', 'v2-install', 'v1-install'].includes(first ?? '') &&
    !hasOption(exec, /^--(installdir(=.*)?|only-dependencies|dependencies-only|dry-run|lib)$/),
  stack: ([first], exec) =>
    ['install', 'upgrade'].includes(first ?? '') && !hasOption(exec, /^--(local-bin-path(=.*)?|dry-run)$/),
  dotnet: ([first, second = ''], exec) =>
    (first === 'tool' && ['install', 'update'].includes(second) && hasOption(exec, /^(-g|--global)$/)) ||
    (first === 'workload' && ['install', 'update'].includes(second)),
  mise: ([first], exec) =>
    (['use', 'u'].includes(first ?? '') && hasOption(exec, /^(-g|--global)$/)) || first === 'self-update',
  asdf: begins('install', 'plugin add', 'plugin-add', 'global'),
  nvm: firstIs('install'),
  fnm: firstIs('install'),
  volta: firstIs('install'),
  pyenv: firstIs('install'),
  rbenv: firstIs('install'),
  nodenv: firstIs('install'),
  sdk: firstIs('install', 'upgrade'),
  ghcup: firstIs('install', 'upgrade'),
  'nix-channel': (_, exec) => hasOption(exec, /^--(add|remove|update)$/),
  deno: ([first], exec) =>
    (first === 'install' && hasOption(exec, /^(-[a-zA-Z]*g[a-zA-Z]*|--global)$/) && !hasOption(exec, /^--root/)) ||
    first === 'upgrade',
  composer: begins('global require', 'global install', 'global update'),
  gh: begins('extension install', 'ext install'),
  code: (_, exec) => hasOption(exec, /^--install-extension/),
  codium: (_, exec) => hasOption(exec, /^--install-extension/),
  corepack: firstIs('enable', 'prepare', 'install'),
  raco: begins('pkg install'),
  nimble: ([first], exec) => first === 'install' && !hasOption(exec, /^(-d|--depsOnly)$/),
  make: asRoot,
  ninja: asRoot,
};

/** Whether the command runs in a Python environment of the project, where pip may install. */
function inEnvironment(exec: Exec, world: World): boolean {
  const path = exec.name ?? '';
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (folder !== '') return !/^(\/usr|\/bin|\/run\/current-system|\/nix|\/etc\/profiles|\/opt)(\/|$)/.test(folder);
  if (world.env.VIRTUAL_ENV || world.env.CONDA_PREFIX) return true;
  if (exec.wrappers.some((one) => /^(poetry|pipenv|pdm|hatch|uv|conda|mamba|micromamba)$/.test(one))) return true;
  return exec.line.invocations.some(
    ({ name, args }) =>
      (name === 'source' || name === '.') && /(^|\/)activate(\.\w+)?$/.test(args[0]?.text ?? args[0]?.shape ?? ''),
  );
}
