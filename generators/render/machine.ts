import { byText } from '../evidence/canonical.ts';
import type { Inline } from '../frame.ts';
import type { Evaluated } from '../schema/evaluated.ts';
import type { Settings } from '../schema/settings.ts';
import type { ContextInput, Reader } from './context.ts';
import type { Block, Line } from './fit.ts';
import { join } from './words.ts';

const fixed = 1000;

/** What this machine is and who works on it. */
export function machineBlock({ evidence: { evaluated }, os: running }: ContextInput): Block {
  const { host, user, platform, nixpkgs } = evaluated;
  const os =
    running ??
    (platform === 'nixos'
      ? `NixOS ${host.release ?? nixpkgs.release}`
      : `Home configuration on nixpkgs ${nixpkgs.release}`);
  const machine: Inline[] = [
    os,
    ...(host.name ? [', host ', { code: host.name }] : []),
    `, ${host.system}`,
    ...(host.kernel ? [`, Linux ${host.kernel}`] : []),
    ...(host.desktop.length > 0 ? [', desktop ', ...join(host.desktop.slice(0, 5))] : []),
    '.',
  ];
  const person: Inline[] = [
    'User ',
    { code: user.name },
    ...(user.shell ? [', login shell ', { code: user.shell }] : []),
    ...(user.groups.length > 0
      ? [
          ', groups ',
          ...join(user.groups.slice(0, 12)),
          ...(user.groups.length > 12 ? [`, ${user.groups.length - 12} more`] : []),
        ]
      : []),
    '.',
  ];
  return block('machine', 0, '', [machine, person]);
}

/** How software gets onto this machine, and how not. */
export function configurationBlock({ evidence: { evaluated }, settings }: ContextInput, _reader: Reader): Block {
  const lines: Inline[][] = [];
  const files = declaringFiles(evaluated);
  if (files.length > 0) {
    const shown = files.slice(0, 6);
    lines.push([
      'Packages are declared in ',
      ...shown.flatMap(([file, count], index): Inline[] => [index === 0 ? '' : ', ', { code: file }, ` (${count})`]),
      ...(files.length > shown.length ? [` and ${files.length - shown.length} more files`] : []),
      '.',
    ]);
  }
  lines.push(rebuildLine(evaluated, settings));
  lines.push(['For a single use, without installing: ', { code: 'nix shell nixpkgs#NAME -c COMMAND' }, '.']);
  lines.push([
    'Never install with ',
    { code: 'nix-env' },
    ', ',
    { code: 'nix profile' },
    ', ',
    { code: 'pip install --user' },
    ' or ',
    { code: 'npm install -g' },
    ': it bypasses the configuration. Files that it generates (links into ',
    { code: '/nix/store' },
    ') are read-only: change the configuration instead.',
  ]);
  return block('configuration', 10, 'How software is installed here', lines);
}

/** File -> how many of the user's packages it declares by name, most first. */
function declaringFiles({ packages }: Evaluated): [string, number][] {
  const counts = new Map<string, number>();
  for (const { declarations } of packages) {
    const files = new Set(declarations.filter(({ by }) => by === null).map(({ file }) => file));
    for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || byText(a, b));
}

function rebuildLine({ flake, host, platform, user }: Evaluated, { rebuildCommand }: Settings): Inline[] {
  const attribute = flake.attribute ?? (platform === 'nixos' ? host.name : user.name);
  const at = `${flake.checkout ?? ''}${attribute ? `#${attribute}` : ''}`;
  const usual = platform === 'nixos' ? `sudo nixos-rebuild switch --flake ${at}` : `home-manager switch --flake ${at}`;
  return [
    'To add or change software edit the file that declares its kind, then rebuild (ask the user first): ',
    { code: rebuildCommand ?? usual },
    flake.checkout || rebuildCommand ? '.' : ' in the folder of the configuration.',
  ];
}

function block(id: string, place: number, title: string, contents: Inline[][]): Block {
  return {
    id,
    place,
    title,
    intro: null,
    lines: contents.map((content, index): Line => ({ content, group: null, value: fixed - place - index })),
    rest: (left) => [`${left} lines left out.`],
  };
}
