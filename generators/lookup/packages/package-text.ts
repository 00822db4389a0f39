import { plainText } from '../../text.ts';
import { placeText } from '../places.ts';
import { availableText } from './available-packages.ts';
import type { InstalledPackage, PackageAnswer } from './find-package.ts';
import { provenanceText } from './provenance-text.ts';

const shownCommands = 8;
const shownPackages = 6;

/** Lines for a terminal, below a kilobyte unless everything is asked for. */
export function packageText(answer: PackageAnswer, all: boolean): string {
  return `${lines(answer, all).join('\n')}\n`;
}

function lines({ name, installed, available, dependency, near }: PackageAnswer, all: boolean): string[] {
  const shown = all ? installed : installed.slice(0, shownPackages);
  if (shown.length > 0) {
    return [
      ...shown.flatMap((one, index) => entry(one, index === 0, all)),
      ...(installed.length > shown.length ? [`${installed.length - shown.length} more: --all`] : []),
    ];
  }
  const shownName = plainText(name, 200);
  if (dependency !== undefined) {
    const by = dependency.requiredBy.length > 0 ? `, needed by ${dependency.requiredBy.join(', ')}` : '';
    return [
      `${shownName} is not installed; only as a dependency, not on PATH: ${dependency.name}${by} ` +
        `(nixos-intelligence why ${dependency.name})`,
    ];
  }
  if (available !== undefined) {
    if (available.length === 0) {
      const similar = near.length > 0 ? `; similar names: ${near.join(', ')}` : '';
      return [`${shownName} is not installed, and nixpkgs has no package of this name${similar}`];
    }
    const rest = available.length - shownPackages;
    return [
      `${shownName} is not installed; nixpkgs has`,
      ...available.slice(0, all ? undefined : shownPackages).map(availableText),
      ...(!all && rest > 0 ? [`${rest} more: --all`] : []),
    ];
  }
  return [
    `${shownName} is not installed${near.length > 0 ? `; similar names that are: ${near.join(', ')}` : ''}`,
    `  whether nixpkgs has it: nix eval --raw nixpkgs#${/^[\w.+-]+$/.test(name) ? name : 'NAME'}.version`,
  ];
}

function entry(one: InstalledPackage, described: boolean, all: boolean): string[] {
  const { name, version, attribute, scope, user, declaredIn, base, commands = [], description, notes = [] } = one;
  const whom = scope === 'system' ? 'for all users' : `for ${user}`;
  const shown = all ? commands : commands.slice(0, shownCommands);
  const rest = commands.length - shown.length;
  return [
    `${name}${version === undefined ? '' : ` ${version}`}, installed ${whom}${base ? ' by the distribution' : ''}` +
      (attribute === undefined || attribute === name ? '' : `, as ${attribute}`),
    ...declaredIn.map((place) => `  ${placeText(place)}${place.by === undefined ? '' : ` (by ${place.by})`}`),
    ...provenanceText(one, version).map((text) => `  ${text}`),
    ...(shown.length > 0 ? [`  commands: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`] : []),
    ...(described && description !== undefined ? [`  ${plainText(description, all ? 1000 : 160)}`] : []),
    ...(described ? notes.slice(0, all ? undefined : 3).map((text) => `  ${plainText(text, 200)}`) : []),
  ];
}
