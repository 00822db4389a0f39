import type { Inline } from '../content.ts';
import type { Evaluated } from '../evidence/evaluated.ts';
import { usualRebuildCommand } from '../evidence/rebuild-command.ts';
import type { Settings } from '../evidence/settings.ts';
import { codes, limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import type { Block, Line } from './fit.ts';
import type { ContextInput } from './input.ts';

/** Above whatever else there is: an agent that misses these does harm. */
const first = 1000;
const filesShown = 6;
const optionFilesShown = 4;

/** What this machine is and who works on it. */
export function machineBlock({ evidence: { evaluated }, os }: ContextInput): Block {
  const { host, user } = evaluated;
  const machine: Inline[] = [
    os ?? systemOf(evaluated),
    ...(host.name ? [', host ', { code: clip(host.name) }] : []),
    `, ${clip(host.system)}`,
    ...(host.kernel ? [`, Linux ${clip(host.kernel)}`] : []),
    ...(host.desktop.length > 0 ? [', desktop ', ...codes(host.desktop.slice(0, 3).map(clip))] : []),
    '.',
  ];
  const person: Inline[] = [
    'User ',
    { code: clip(user.name) },
    ...(user.shell ? [', login shell ', { code: clip(user.shell) }] : []),
    ...(user.groups.length > 0 ? [', groups ', ...limited(user.groups.map(clip), 10)] : []),
    '.',
  ];
  return block('machine', 0, '', [machine, person]);
}

/** How software gets onto this machine, and how not. */
export function configurationBlock({ evidence: { evaluated }, settings }: ContextInput): Block {
  if (evaluated.platform === 'unknown') {
    return block('configuration', 10, 'How software is installed here', [
      ['Not known: the running machine was looked at, no configuration was evaluated.'],
    ]);
  }
  const { options, user, platform } = evaluated;
  const lines: Inline[][] = [
    ...declared('Packages are declared in ', declaringFiles(evaluated), filesShown),
    ...declared('Programs and services are switched on in ', settingFiles(evaluated), optionFilesShown),
    rebuildLine(evaluated, settings),
    ['For a single use, without installing: ', { code: 'nix shell nixpkgs#NAME -c COMMAND' }, '.'],
    [
      'Never install with ',
      ...codes(['nix-env', 'nix profile', 'pip install --user', 'npm install -g']),
      ': that bypasses the configuration. Files that are links into ',
      { code: '/nix/store' },
      platform === 'home-manager' || user.homeManager
        ? ' (most of /etc, dotfiles that home-manager writes) are read-only: change the configuration instead.'
        : ' (most of /etc) are read-only: change the configuration instead.',
    ],
    ...(options.some(({ option }) => option === 'programs.nix-ld')
      ? [[{ code: 'programs.nix-ld' }, ' is enabled: Linux binaries that were not built for Nix run.']]
      : []),
  ];
  return block('configuration', 10, 'How software is installed here', lines);
}

function systemOf({ platform, host, nixpkgs }: Evaluated): string {
  return platform === 'nixos'
    ? `NixOS ${clip(host.release ?? nixpkgs.release)}`
    : `A home configuration of home-manager's (nixpkgs ${clip(nixpkgs.release)})`;
}

function declared(begin: string, files: readonly [string, number][], most: number): Inline[][] {
  if (files.length === 0) return [];
  const shown = files.slice(0, most);
  const left = files.length - shown.length;
  return [
    [
      begin,
      ...shown.flatMap(([file, count], index): Inline[] => [
        index === 0 ? '' : ', ',
        { code: plainText(file, 120) },
        ` (${count})`,
      ]),
      left > 0 ? ` and ${left} more files.` : '.',
    ],
  ];
}

/** File -> how many of the user's packages it declares by name, most first. */
function declaringFiles({ packages }: Evaluated): [string, number][] {
  return counted(
    packages.map(({ declarations }) => declarations.filter(({ by }) => by === null).map(({ file }) => file)),
  );
}

/** File -> how many options it switches on, most first. */
function settingFiles({ options }: Evaluated): [string, number][] {
  return counted(options.map(({ files }) => files));
}

function counted(lists: readonly string[][]): [string, number][] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const file of new Set(list)) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || byText(a, b));
}

function rebuildLine(evaluated: Evaluated, { rebuildCommand }: Settings): Inline[] {
  const { flake } = evaluated;
  return [
    'To add or change software, edit the file that declares its kind, then rebuild (ask the user first): ',
    { code: plainText(rebuildCommand ?? usualRebuildCommand(evaluated), 300) },
    rebuildCommand || flake.checkout || !flake.used ? '.' : ", in the configuration's folder.",
  ];
}

function clip(text: string): string {
  return plainText(text, 60);
}

function block(id: string, place: number, title: string, contents: Inline[][]): Block {
  return {
    id,
    place,
    title,
    intro: null,
    lines: contents.map((content, index): Line => ({ content, group: null, value: first - place - index })),
    rest: () => [],
  };
}
