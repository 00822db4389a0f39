import { spellOptionPath } from '../../lang/nix/option-path.ts';
import { nearNames } from '../near-names.ts';
import { findOption } from '../options/find-option.ts';
import { askedOption } from '../options/option-name.ts';
import { placeText } from '../places.ts';
import { typos } from '../typos.ts';
import type { Checkout } from './checkout.ts';
import type { ConfigurationSource } from './configuration-source.ts';
import type { Cause } from './diagnose.ts';
import type { CauseKind } from './kinds.ts';
import type { Index } from './open-index.ts';
import { ownNames } from './option-level.ts';

interface Context {
  cause: Cause;
  index: Index | null;
  source: ConfigurationSource | null;
  checkout: Checkout | null;
}

/** What to do about an error, in sentences; empty where nothing follows from its kind. */
export function advise(context: Context): string[] {
  return advice[context.cause.known.kind]?.(context) ?? [];
}

const shownNames = 3;

const advice: Partial<Record<CauseKind, (context: Context) => string[]>> = {
  syntax: syntaxAdvice,
  'undefined variable': undefinedVariable,
  'unknown option': unknownOption,
  'removed option': removedOption,
  'home-manager option in NixOS': (context) => [
    `home-manager has this option: set it in \`home-manager.users.<name>\` or in a file that home-manager imports`,
    ...neighbours(context, 'home.packages', 'such a file is'),
  ],
  'NixOS option in home-manager': (context) => [
    'NixOS has this option: set it in a file that the host imports, outside of `home-manager.users`',
    ...neighbours(context, 'environment.systemPackages', 'such a file is'),
  ],
  'wrong type': ({ cause: { known, option }, index }) => {
    const row =
      option === undefined || index === null
        ? undefined
        : findOption(index.options, index.renamed, askedOption(option)).options[0]?.row;
    return [
      ...(known.other === undefined ? [] : [`expected: ${known.other}`]),
      ...(row === undefined || row.example === '' ? [] : [`example: ${row.example}`]),
    ];
  },
  'conflicting definitions': ({ cause: { place, others } }) => [
    `remove one of the definitions, or give one priority with \`lib.mkForce\` or \`lib.mkDefault\`${
      others.length === 0 || place === null ? '' : `: ${[place, ...others].map(placeText).join(', ')}`
    }`,
  ],
  'missing definition': ({ cause: { known } }) => [`set \`${known.option}\`: it has no default`],
  'infinite recursion': ({ cause: { error } }) =>
    error?.frames.some(({ text }) => text.startsWith('while evaluating the module argument')) === true
      ? [
          '`imports` must not depend on `config` or `pkgs`: import the file always, and put its content below `lib.mkIf`',
        ]
      : ['the value of an option depends on itself: what this line reads is computed from what it sets'],
  'missing attribute': missingAttribute,
  'missing argument': ({ cause: { known, error } }) =>
    error?.frames.some(({ text }) => text.includes(`the module argument \`${known.name}'`)) === true
      ? [`pass it to the modules: \`specialArgs = { inherit ${known.name}; }\` (home-manager: \`extraSpecialArgs\`)`]
      : [`pass \`${known.name}\`, or give it a default: \`${known.name} ? null\``],
  'unexpected argument': ({ cause: { known } }) => [
    `remove \`${known.name}\`, or accept it: add \`...\` to the function's arguments`,
  ],
  'missing input': ({ cause: { known } }) => [`declare it: \`inputs.${known.name}.url = "…";\` in flake.nix`],
  'missing configuration': missingConfiguration,
  'untracked file': ({ cause: { known }, checkout }) => [`git -C ${checkout?.root ?? '.'} add ${known.name}`],
  'missing file': ({ cause: { known } }) => [
    known.name?.startsWith('/')
      ? 'correct the path'
      : `correct the path, or create the file and run \`git add ${known.name}\``,
  ],
  'impure access': () => [
    'copy the file into the configuration and name it by a relative path; --impure allows the access',
  ],
  'unfree package': (context) =>
    permit(
      context,
      'allowUnfreePredicate',
      `nixpkgs.config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [ "${plainName(context)}" ];`,
    ),
  'insecure package': (context) =>
    permit(
      context,
      'permittedInsecurePackages',
      `nixpkgs.config.permittedInsecurePackages = [ "${context.cause.known.package}" ];`,
    ),
  'broken package': () => [
    '`nixpkgs.config.allowBroken = true;` evaluates it all the same; an older nixpkgs may have a version that builds',
  ],
  'unsupported package': () => [
    'remove it from this host, or guard it with `lib.meta.availableOn pkgs.stdenv.hostPlatform`',
  ],
  'hash mismatch': ({ cause: { known } }) => [`if the new content is expected, replace the hash by ${known.other}`],
  'package collision': () => ['remove one of the two packages, or prefer one with `lib.hiPrio`'],
  'file in the way': fileInTheWay,
  'failed unit': ({ cause: { known } }) => [`systemctl status ${known.name}; journalctl -b -u ${known.name}`],
  'lock file': () => ['nix flake lock'],
  daemon: () => ['systemctl status nix-daemon.socket nix-daemon; `sudo systemctl restart nix-daemon`'],
  disk: () => [
    'df -h / /nix /boot; `sudo nix-collect-garbage --delete-older-than 14d` frees the store, and on the next rebuild /boot',
  ],
  permission: ({ cause: { known } }) =>
    /not owned by current user|dubious ownership/.test(known.message)
      ? [
          'the repository belongs to another user: evaluate as its owner (nixos-rebuild build, then switch with sudo), or add it to git’s safe.directory',
        ]
      : ['run the command as a user that may do this (switch needs root)'],
  network: network,
  'out of memory': () => ['build with fewer jobs: --max-jobs 1 --cores 2'],
};

function syntaxAdvice({ cause: { place, error }, source }: Context): string[] {
  const problem = place === null ? undefined : source?.tree(place.file)?.problems[0];
  const reported = error?.position;
  return [
    ...(problem === undefined ? [] : [problem.message]),
    ...(place?.line === undefined || !reported || reported.line === place.line
      ? []
      : [`Nix stopped at line ${reported.line}`]),
  ];
}

function unknownOption({ cause: { known, option = '', error }, index }: Context): string[] {
  const suggested = /Did you mean ([^\n]+)\?/
    .exec(error?.message ?? '')?.[1]
    ?.replaceAll('`', '')
    .replaceAll("'", '');
  const fallback = suggested === undefined ? [] : [`similar: ${suggested}`];
  if (index === null) return fallback;
  for (const name of new Set([option, known.option ?? ''])) {
    const found = findOption(index.options, index.renamed, askedOption(name));
    if (found.renamed !== null) {
      const { to, message } = found.renamed;
      return [to === null ? `removed: ${message ?? 'without a replacement'}` : `renamed: use \`${to}\``];
    }
    const [existing] = found.options;
    if (existing !== undefined) {
      const [level, other] = existing.row.scope === 'home' ? ['home-manager', 'NixOS'] : ['NixOS', 'home-manager'];
      return [
        `${level} had this option at the last rebuild: an input has removed it since, or ${other} imports this file`,
      ];
    }
    const near = found.near.map(({ name, renamedTo }) => renamedTo ?? name);
    if (near.length > 0) return [`similar: ${[...new Set(near)].slice(0, shownNames).join(', ')}`];
  }
  return fallback;
}

function removedOption({ cause: { known, option = '' }, index }: Context): string[] {
  const renamed =
    index === null ? null : findOption(index.options, index.renamed, askedOption(known.option ?? option)).renamed;
  return renamed?.to == null ? ['remove this definition'] : [`use \`${renamed.to}\``];
}

/** A file that sets an option of the level to which the definition belongs. */
function neighbours({ source, cause: { place } }: Context, option: string, words: string): string[] {
  const found = source?.definitions(option).find(({ file }) => file !== place?.file);
  return found === undefined ? [] : [`${words} ${placeText(found)}`];
}

/** Arguments that the module system passes to every module. */
const moduleArguments = /^(?:lib|pkgs|config|options|modulesPath)$/;

function undefinedVariable({ cause: { known, place }, index, source }: Context): string[] {
  const name = known.name ?? '';
  if (moduleArguments.test(name))
    return [`add \`${name}\` to the arguments at the top of the file: \`{ ${name}, ... }:\``];
  const near =
    place === null
      ? []
      : boundNames(source, place.file).filter(
          (other) => other !== name && typos(name, other, 2) <= (name.length > 4 ? 2 : 1),
        );
  if (near.length > 0) return [`similar names in this file: ${near.slice(0, shownNames).join(', ')}`];
  return packagesLike(name, index);
}

/** The names that a file binds: in `let`, as arguments, by `inherit`. */
function boundNames(source: ConfigurationSource | null, file: string): string[] {
  const tree = source?.tree(file);
  if (!tree) return [];
  const names = tree.text.matchAll(/(?:^|[\s{,(;])([A-Za-z_][\w'-]*)\s*(?=[=,?:}]|$)/gm);
  return [...new Set([...names].map(([, name = '']) => name))];
}

function packagesLike(name: string, index: Index | null): string[] {
  const nixpkgs = index?.nixpkgs() ?? null;
  if (nixpkgs === null) return [];
  const near = nearNames(name, nixpkgs.names(), shownNames).map(({ name }) => name);
  return near.length === 0 ? [] : [`similar packages: ${near.join(', ')}`];
}

function missingAttribute({ cause: { known, error }, index }: Context): string[] {
  const suggested = /Did you mean (?:one of )?([^\n]+)\?/.exec(error?.message ?? '')?.[1];
  const ofPackages = new RegExp(`\\bpkgs\\.(?:[\\w.-]*\\.)?"?${(known.name ?? '').replace(/[^\w-]/g, '\\$&')}`).test(
    error?.excerpt ?? '',
  );
  const packages = ofPackages ? packagesLike(known.name ?? '', index) : [];
  return packages.length > 0 ? packages : suggested === undefined ? [] : [`similar: ${suggested}`];
}

function missingConfiguration({ cause: { known }, source }: Context): string[] {
  const [set = '', name = ''] = (known.name ?? '').split('.');
  const tree = source?.tree('flake.nix');
  if (!tree || !/Configurations$/.test(set)) return [];
  const names = [...tree.text.matchAll(new RegExp(`${set}(?:\\.|\\s*=\\s*\\{\\s*)"?([\\w@-]+)`, 'g'))].map(
    ([, one = '']) => one,
  );
  return names.length === 0
    ? [`nix flake show lists what the flake has`]
    : [`flake.nix has ${names.map((one) => `${set}.${one}`).join(', ')}, not ${name}`];
}

const plainName = ({ cause }: Context): string => (cause.known.package ?? '').replace(/-\d[^-]*(?:-.*)?$/, '');

function permit({ cause: { known }, source }: Context, key: string, line: string): string[] {
  const [list] = source?.uses(key) ?? [];
  const issues = known.details ?? [];
  return [
    ...(issues.length === 0 ? [] : [`known issues: ${issues.slice(0, shownNames).join(', ')}`]),
    list === undefined ? `to allow it: \`${line}\`` : `to allow it, add it to \`${key}\` at ${placeText(list)}`,
  ];
}

function fileInTheWay({ cause: { known, option } }: Context): string[] {
  if (known.other !== undefined) return [`an earlier backup is in the way: move \`${known.other}\` elsewhere`];
  return [
    `move \`${known.name}\` elsewhere, or set \`home-manager.backupFileExtension = "backup";\` (home-manager switch -b backup)`,
    ...(option?.startsWith('home.file') || option?.startsWith('xdg.')
      ? [`\`${option}.force = true;\` overwrites it`]
      : []),
  ];
}

function network({ cause: { known } }: Context): string[] {
  if (/HTTP error 404|\b404\b/.test(known.message)) return ['there is no such file: correct the URL or the revision'];
  if (/HTTP error (?:403|429)/.test(known.message))
    return ['the server refuses further requests: set `access-tokens` in nix.conf, or wait'];
  return ['check the network; what is in the store builds with --offline'];
}

/** The option as it is set in the user's file. */
export function writtenOption(source: ConfigurationSource | null, { place, option }: Cause): string | undefined {
  if (place === null || option === undefined) return option;
  const names = ownNames(option);
  const found = source?.definition(place.file, spellOptionPath(names));
  return found?.how === 'inside' ? spellOptionPath(found.path) : option;
}
