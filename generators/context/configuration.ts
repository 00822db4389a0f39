import type { Inline } from '../content.ts';
import type { Evaluated, EvaluatedPackage } from '../evidence/evaluated.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { listKey, packageLists } from '../evidence/package-lists.ts';
import { namesItsFolder, usualRebuildCommand } from '../evidence/rebuild-command.ts';
import type { Settings } from '../evidence/settings.ts';
import { code, codes, inline, joined } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { type Block, fromEvaluated, type Line, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

const longestPath = 120;
const longestCommand = 300;
const longestList = 60;
const shownPackageFiles = 4;
const shownOptionFiles = 4;

/** How to change this machine, and how not: an agent that misses this does harm. */
export function configurationBlock({ evidence, settings }: ContextInput): Block {
  const { evaluated } = evidence;
  return {
    id: 'configuration',
    place: 10,
    title: 'Change the configuration',
    intro: [],
    lines: linesOf(
      evaluated.platform === 'unknown'
        ? [{ content: ['Not known: only the running machine was read, no configuration was evaluated.'], evidence: [] }]
        : sentences(evidence, settings),
      990,
    ),
  };
}

type Sentence = Pick<Line, 'content' | 'evidence'>;

function sentences({ evaluated, optionDocs, policies }: Evidence, settings: Settings): Sentence[] {
  const { options, user, platform } = evaluated;
  const links = platform === 'home-manager' || user.homeManager ? ', dotfiles that home-manager writes' : '';
  // The rule says the same, with the place where to declare it instead.
  const isRule = (policies?.decisions.declarativeInstalls ?? 'off') !== 'off';
  const never = inline` Never install with ${codes(['nix-env', 'nix profile', 'pip install --user', 'npm install -g'])}: that bypasses the configuration.`;
  const nixLd = options.findIndex(({ option }) => option === 'programs.nix-ld');
  return [
    rebuildSentence(evaluated, settings),
    ...listSentence(evaluated),
    ...languageServers(evaluated),
    ...optionFiles(evaluated),
    ...secrets(evaluated),
    {
      content: inline`For a single use, without installing: ${code(
        evaluated.flake.used ? 'nix shell nixpkgs#NAME -c COMMAND' : 'nix-shell -p NAME --run COMMAND',
      )}.${isRule ? [] : never}`,
      evidence: [],
    },
    {
      content: inline`Links into ${code('/nix/store')} (most of /etc${links}) are read-only: change the configuration instead.`,
      evidence: [],
    },
    {
      content:
        optionDocs === undefined
          ? inline`Look up tools that are not listed here (offline): ${codes(['nixos-intelligence explain TEXT', '… why NAME'])}.`
          : inline`Look up options before you write them, and tools that are not listed here (offline): ${codes(['nixos-intelligence option services.openssh', '… package NAME', '… command NAME', '… where NAME', '… search WORD', '… explain TEXT'])}; ${code(`grep -P '^services.nginx\\.' ${plainText(settings.folder, longestPath)}/intelligence/options.tsv`)}.`,
      evidence: [],
    },
    ...(nixLd >= 0
      ? [
          fromEvaluated(
            inline`${code('programs.nix-ld')} is enabled: Linux binaries that were not built for Nix run.`,
            `/options/${nixLd}`,
          ),
        ]
      : []),
  ];
}

function isLanguageServer({ name, description }: EvaluatedPackage): boolean {
  return /language[ -]server|\blsp\b|^pyright$/i.test(`${name} ${description ?? ''}`);
}

/** The list that most packages of the user and of the system are in: `FILE:LINE`, where an agent edits. */
function listSentence(evaluated: Evaluated): Sentence[] {
  // A list of language servers is no place for other tools.
  const servers = new Map(packageLists(evaluated, isLanguageServer).map((list) => [listKey(list), list.count]));
  const lists = packageLists(evaluated).filter((list) => (servers.get(listKey(list)) ?? 0) <= list.count / 2);
  const forUser = lists.find(({ list }) => list !== 'environment.systemPackages');
  const forSystem = lists.find(({ list }) => list === 'environment.systemPackages');
  const shown = [
    ...(forUser === undefined ? [] : [{ scope: 'for this user', ...forUser }]),
    ...(forSystem === undefined ? [] : [{ scope: 'for the system', ...forSystem }]),
  ];
  if (shown.length === 0) return [];
  const others = lists
    .filter((one) => !shown.some(({ pointer }) => pointer === one.pointer))
    .slice(0, shownPackageFiles);
  return [
    fromEvaluated(
      [
        'Add a tool ',
        ...joined(
          shown.map(
            ({ scope, file, line, list }) =>
              inline`${scope}: ${code(placeText(file, line))} (${code(plainText(list, longestList))})`,
          ),
          '; ',
        ),
        ...(others.length === 0
          ? ['.']
          : ['; lists by topic: ', ...joined(others.map(({ file, line }) => code(placeText(file, line)))), '.']),
      ],
      ...shown.map(({ pointer }) => pointer),
    ),
  ];
}

/** The list with most language servers, where it has more than one. */
function languageServers(evaluated: Evaluated): Sentence[] {
  const [list] = packageLists(evaluated, isLanguageServer);
  if (list === undefined || list.count < 2) return [];
  return [fromEvaluated(inline`Language servers: ${code(placeText(list.file, list.line))}.`, list.pointer)];
}

const secretManagers: Readonly<Record<string, RegExp>> = { 'sops-nix': /^sops\./, agenix: /^age\./ };

/** How secrets enter the configuration, where an option of a known manager is set. */
function secrets({ settings = [] }: Evaluated): Sentence[] {
  return Object.entries(secretManagers).flatMap(([manager, pattern]) => {
    const index = settings.findIndex(({ option }) => pattern.test(option));
    const place = settings[index]?.places[0];
    if (place === undefined) return [];
    return [
      fromEvaluated(
        inline`Secrets: ${manager} (${code(placeText(place.file, place.line))}); never write one into a ${code('.nix')} file.`,
        `/settings/${index}`,
      ),
    ];
  });
}

/** The files with the most enabled programs and services, each with its count. */
function optionFiles({ options }: Evaluated): Sentence[] {
  return countedFiles(
    'Programs and services are enabled in ',
    options.map(({ places }) => places.map(({ file }) => file)),
    shownOptionFiles,
  ).map((content) => fromEvaluated(content, '/options'));
}

function placeText(file: string, line: number | undefined): string {
  return `${plainText(file, longestPath)}${line === undefined ? '' : `:${line}`}`;
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

function rebuildSentence(evaluated: Evaluated, { rebuildCommand }: Settings): Sentence {
  const command = plainText(rebuildCommand ?? usualRebuildCommand(evaluated), longestCommand);
  const { checkout } = evaluated.flake;
  const isComplete = rebuildCommand || namesItsFolder(evaluated);
  const where = checkout ? inline`Checkout ${code(plainText(checkout, longestPath))}. ` : [];
  return fromEvaluated(
    [
      ...where,
      ...inline`Edit the configuration, then rebuild (ask the user first): ${code(command)}${isComplete ? '.' : ", in the configuration's folder."}`,
    ],
    '/flake',
  );
}
