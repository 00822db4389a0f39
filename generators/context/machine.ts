import type { Evaluated } from '../evidence/evaluated.ts';
import { code, codes, inline, limited } from '../inline.ts';
import { plainText } from '../text.ts';
import { type Block, linesOf, onlyCounted } from './block.ts';
import type { ContextInput } from './input.ts';

const longestName = 60;
const shownDesktops = 3;
const shownGroups = 10;

/** What this machine is and who works on it: first of all lines. */
export function machineBlock({ evidence: { evaluated }, os }: ContextInput): Block {
  const { host, user } = evaluated;
  const desktops = codes(host.desktop.slice(0, shownDesktops).map(name));
  return {
    id: 'machine',
    place: 0,
    title: null,
    intro: [],
    lines: linesOf(
      [
        [
          os ?? systemOf(evaluated),
          ...(host.name ? inline`, host ${code(name(host.name))}` : []),
          `, ${name(host.system)}`,
          ...(host.kernel ? [`, Linux ${name(host.kernel)}`] : []),
          ...(desktops.length > 0 ? inline`, desktop ${desktops}` : []),
          '.',
        ],
        [
          ...inline`User ${code(name(user.name))}`,
          ...(user.shell ? inline`, login shell ${code(name(user.shell))}` : []),
          ...(user.groups.length > 0 ? inline`, groups ${limited(user.groups.map(name), shownGroups)}` : []),
          '.',
        ],
      ],
      (index) => 1000 - index,
    ),
    leftOut: onlyCounted,
  };
}

function systemOf({ platform, host, nixpkgs }: Evaluated): string {
  return platform === 'nixos'
    ? `NixOS ${name(host.release ?? nixpkgs.release)}`
    : `A home-manager configuration (nixpkgs ${name(nixpkgs.release)})`;
}

function name(text: string): string {
  return plainText(text, longestName);
}
