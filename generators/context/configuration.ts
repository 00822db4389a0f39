import type { Inline } from '../content.ts';
import type { Evaluated } from '../evidence/evaluated.ts';
import { namesItsFolder, usualRebuildCommand } from '../evidence/rebuild-command.ts';
import type { Settings } from '../evidence/settings.ts';
import { code, codes, inline, joined } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { type Block, linesOf, onlyCounted } from './block.ts';
import type { ContextInput } from './input.ts';

const longestPath = 120;
const longestCommand = 300;
const shownPackageFiles = 6;
const shownOptionFiles = 4;

/** How software is installed on this machine, and how it is not: an agent that misses this does harm. */
export function configurationBlock({ evidence: { evaluated }, settings }: ContextInput): Block {
  return {
    id: 'configuration',
    place: 10,
    title: 'How software is installed here',
    intro: [],
    lines: linesOf(
      evaluated.platform === 'unknown'
        ? [['Not known: only the running machine was read, no configuration was evaluated.']]
        : sentences(evaluated, settings),
      (index) => 990 - index,
    ),
    leftOut: onlyCounted,
  };
}

function sentences(evaluated: Evaluated, settings: Settings): Inline[][] {
  const { packages, options, user, platform } = evaluated;
  const packageFiles = packages.map(({ declarations }) =>
    declarations.filter(({ by }) => by === null).map(({ file }) => file),
  );
  const optionFiles = options.map(({ places }) => places.map(({ file }) => file));
  const links = platform === 'home-manager' || user.homeManager ? ', dotfiles that home-manager writes' : '';
  return [
    ...countedFiles('Packages are declared in ', packageFiles, shownPackageFiles),
    ...countedFiles('Programs and services are enabled in ', optionFiles, shownOptionFiles),
    rebuildSentence(evaluated, settings),
    inline`For a single use, without installing: ${code('nix shell nixpkgs#NAME -c COMMAND')}.`,
    inline`Never install with ${codes(['nix-env', 'nix profile', 'pip install --user', 'npm install -g'])}: that bypasses the configuration. Files that are links into ${code('/nix/store')} (most of /etc${links}) are read-only: change the configuration instead.`,
    ...(options.some(({ option }) => option === 'programs.nix-ld')
      ? [inline`${code('programs.nix-ld')} is enabled: Linux binaries that were not built for Nix run.`]
      : []),
  ];
}

/** The files with the most entries, each with its count; nothing where there is no file. */
function countedFiles(start: string, filesOfEntries: readonly (readonly string[])[], limit: number): Inline[][] {
  const counts = new Map<string, number>();
  for (const file of filesOfEntries.flatMap((files) => [...new Set(files)])) {
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const shown = [...counts]
    .sort(([a, x], [b, y]) => y - x || byText(a, b))
    .slice(0, limit)
    .map(([file, count]) => [code(plainText(file, longestPath)), ` (${count})`]);
  const rest = counts.size - shown.length;
  return [[start, ...joined(shown), rest > 0 ? ` and ${rest} more files.` : '.']];
}

function rebuildSentence(evaluated: Evaluated, { rebuildCommand }: Settings): Inline[] {
  const command = plainText(rebuildCommand ?? usualRebuildCommand(evaluated), longestCommand);
  const isComplete = rebuildCommand || namesItsFolder(evaluated);
  return inline`To add or change software, edit the file that declares its kind, then rebuild (ask the user first): ${code(command)}${isComplete ? '.' : ", in the configuration's folder."}`;
}
