import { sortArguments, texts } from '../lang/shell/arguments.ts';
import type { Exec } from './call.ts';
import type { World } from './world.ts';

/** @param sub the words after the command without options */
type Installs = (sub: readonly string[], exec: Exec, world: World) => boolean;

const firstIs =
  (...names: string[]): Installs =>
  ([first = '']) =>
    names.includes(first);

const hasOption = (exec: Exec, pattern: RegExp): boolean => texts(exec.args).some((text) => pattern.test(text));

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
  sub.some((word) => ['install', 'i', 'in', 'ins', 'add', 'update', 'up', 'upgrade', 'link', 'ln'].includes(word));

const pipValued = [
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
    (first === 'install' || first === 'binstall') && !hasOption(exec, /^--(root(=.*)?|list|dry-run|help)$|^-h$/),
  go: ([first, ...rest]) => first === 'install' && rest.some((word) => word.includes('@')),
  gem: ([first], exec) => first === 'install' && !hasOption(exec, /^(-i|--install-dir|--explain)/),
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
};

/** Their options that take a value and may precede the subcommand. */
export const valuedBefore: Readonly<Record<string, readonly string[]>> = {
  nix: ['-I', '--extra-experimental-features', '--experimental-features', '--store', '--log-format', '--profile'],
  npm: ['--prefix', '-C', '--registry', '--loglevel', '-w', '--workspace'],
  pnpm: ['-C', '--dir', '--filter'],
  cargo: ['--config', '-Z', '--color'],
  go: ['-C'],
  pip: pipValued,
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
