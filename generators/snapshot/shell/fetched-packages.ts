import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, Word } from '../../lang/shell/line.ts';

/** Packages that a command names to `nix-shell -p`, `nix shell`, `nix run` or comma. */
export interface FetchedPackages {
  how: 'nixShell' | 'nixRun';
  /** The last attribute of each: `ripgrep` of `nixpkgs#ripgrep`. */
  attributes: string[];
}

/** The packages that a command fetches by name; null if it is not a command that does. */
export function fetchedPackages({ name, args }: Invocation): FetchedPackages | null {
  if (name === null) return null;
  const command = baseName(name);
  if (command === ',' || command === 'comma') {
    // The command itself, whose package comma finds.
    const [wanted] = args.filter(({ text }) => text === null || !text.startsWith('-'));
    return { how: 'nixRun', attributes: wanted?.text ? [wanted.text] : [] };
  }
  if (command === 'nix-shell') {
    const start = args.findIndex(({ text }) => text === '-p' || text === '--packages');
    if (start < 0) return null;
    const rest = args.slice(start + 1);
    const end = rest.findIndex(({ text }) => text === null || text.startsWith('-'));
    return { how: 'nixShell', attributes: attributesOf(end < 0 ? rest : rest.slice(0, end)) };
  }
  if (command !== 'nix' && command !== 'nom') return null;
  const [subcommand, ...operands] = args.filter(({ text }) => text !== null && !text.startsWith('-'));
  if (subcommand?.text === 'run') {
    return { how: 'nixRun', attributes: attributesOf(operands.slice(0, 1).filter(isFromNixpkgs)) };
  }
  if (subcommand?.text === 'shell') {
    return { how: 'nixShell', attributes: attributesOf(operands.filter(isFromNixpkgs)) };
  }
  return null;
}

function isFromNixpkgs({ text }: Word): boolean {
  return (
    text !== null && /^(nixpkgs|n|pkgs|nixpkgs-unstable|unstable|flake:nixpkgs|github:NixOS\/nixpkgs[^#]*)#/i.test(text)
  );
}

function attributesOf(words: readonly Word[]): string[] {
  return words.flatMap(({ text }) => {
    const attribute = text
      ?.slice(text.indexOf('#') + 1)
      .split('.')
      .at(-1);
    return attribute ? [attribute] : [];
  });
}
