import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { TrackedTool } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';

type MatchedBy = 'option' | 'name' | 'command' | 'similar name';

/** The entry of the source text that declares an evaluated package, and how it was found. */
interface Match<Tool> {
  tool: Tool;
  matchedBy: MatchedBy;
}

/** What is compared of an entry. */
type Entry = Pick<TrackedTool, 'name' | 'kind' | 'present' | 'places'>;

/** How alike two names are, and by what. */
interface Likeness {
  score: number;
  matchedBy: MatchedBy;
}

const scores = { name: 1, stem: 0.9, command: 0.8, member: 0.7, part: 0.6, sameFile: 1 };

/** Several packages may match one entry from this score on: two versions or outputs of the very same name and file. */
const minScoreToShare = scores.stem + scores.sameFile + 0.05;

/**
 * Matches evaluated packages (pname `ripgrep`, and the files that declare them) with the entries of the source text
 * (attribute `pkgs.ripgrep`, and its files). A package that an option adds matches the entry of that option. For all
 * others the names must be alike, and a file the same; an equal name is enough without the file.
 *
 * @returns package id -> match
 */
export function matchDeclared<Tool extends Entry>(
  packages: readonly EvaluatedPackage[],
  tools: readonly Tool[],
): ReadonlyMap<string, Match<Tool>> {
  const present = tools.filter((tool) => tool.present && tool.kind !== 'library');
  const options = new Map(present.filter(({ kind }) => kind === 'option').map((tool) => [tool.name, tool]));
  const entries = present
    .filter(({ kind }) => kind === 'package')
    .map((tool) => ({ tool, attribute: attributeNames(tool.name) }));
  const toolsByFile = new Map<string, ReadonlySet<Tool>>();
  const toolsIn = (file: string): ReadonlySet<Tool> => {
    const found =
      toolsByFile.get(file) ??
      new Set(entries.flatMap(({ tool }) => (tool.places.some((place) => sameFile(place.file, file)) ? [tool] : [])));
    toolsByFile.set(file, found);
    return found;
  };
  const matches = new Map<string, Match<Tool>>();
  const candidates: (Likeness & { id: string; tool: Tool })[] = [];
  for (const entry of packages.filter(({ base }) => !base)) {
    const files = entry.declarations.filter(({ by }) => by === null).map(({ file }) => file);
    if (files.length === 0) {
      const [option] = entry.declarations.flatMap(({ by }) => options.get(by ?? '') ?? []);
      if (option !== undefined) matches.set(entry.id, { tool: option, matchedBy: 'option' });
      continue;
    }
    const names = packageNames(entry);
    const toolsOfFiles = files.map(toolsIn);
    for (const { tool, attribute } of entries) {
      const isSameFile = toolsOfFiles.some((toolsOfFile) => toolsOfFile.has(tool));
      if (!isSameFile && !attribute.names.includes(names.name)) continue;
      const likeness = likenessOf(attribute, names);
      if (likeness === undefined) continue;
      candidates.push({
        id: entry.id,
        tool,
        score: likeness.score + (isSameFile ? scores.sameFile : 0),
        matchedBy: likeness.matchedBy,
      });
    }
  }
  // The best pairs first.
  candidates.sort((a, b) => b.score - a.score || byText(a.id, b.id) || byText(a.tool.name, b.tool.name));
  const matched = new Set<Tool>();
  for (const { id, tool, score, matchedBy } of candidates) {
    if (matches.has(id) || (matched.has(tool) && score < minScoreToShare)) continue;
    matches.set(id, { tool, matchedBy });
    matched.add(tool);
  }
  return matches;
}

/** How alike an attribute and the names of an evaluated package are; undefined: not at all. */
export function nameLikeness(
  attribute: string,
  entry: Pick<EvaluatedPackage, 'name' | 'mainProgram'>,
): Likeness | undefined {
  return likenessOf(attributeNames(attribute), packageNames(entry));
}

/** Computed once for each attribute: every package is compared with every attribute. */
function attributeNames(attribute: string) {
  // `kitty.terminfo` is an output of the package kitty.
  const path = attribute.replace(/(?<=.)\.(?:dev|lib|man|doc|info|debug|terminfo)$/, '').split('.');
  const isInput = path[0] === 'inputs';
  const last = path.slice(-1).join();
  // A package of a flake input is named after the input or its attribute.
  const names = isInput ? path.slice(1) : [last, path.slice(-2).join('-'), path.join('-')];
  return {
    names: names.map(normalized),
    stems: names.map(stemOf),
    last: normalized(last),
    lastStem: stemOf(last),
    isMemberOfSet: path.length > 1 && !isInput && last.length > 0,
  };
}

function packageNames({ name, mainProgram }: Pick<EvaluatedPackage, 'name' | 'mainProgram'>) {
  return {
    name: normalized(name),
    stem: stemOf(name),
    command: mainProgram === null ? null : normalized(mainProgram),
  };
}

function likenessOf(
  { names, stems, last, lastStem, isMemberOfSet }: ReturnType<typeof attributeNames>,
  { name, stem, command }: ReturnType<typeof packageNames>,
): Likeness | undefined {
  if (names.includes(name)) return { score: scores.name, matchedBy: 'name' };
  if (stems.includes(stem)) return { score: scores.stem, matchedBy: 'name' };
  if (command !== null && names.includes(command)) return { score: scores.command, matchedBy: 'command' };
  // `gnomeExtensions.appindicator` is gnome-shell-extension-appindicator, `fishPlugins.z` is fishplugin-z.
  if (isMemberOfSet && (name.endsWith(`-${last}`) || name.startsWith(`${last}.`)))
    return { score: scores.member, matchedBy: 'similar name' };
  const [short, long] = lastStem.length <= name.length ? [lastStem, name] : [name, lastStem];
  const isPart = short.length > 3 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
  return isPart ? { score: scores.part, matchedBy: 'similar name' } : undefined;
}

/** Whether a file of the source text is an evaluated file, which may be named by the folder of its default.nix. */
export function sameFile(file: string, evaluated: string): boolean {
  return (
    file === evaluated || file === `${evaluated.replace(/\/$/, '')}/default.nix` || `${file}/default.nix` === evaluated
  );
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/_/g, '-');
}

/** A name without version and kind of packaging. */
function stemOf(name: string): string {
  return normalized(name)
    .replace(/[-.]?\d+(?:[.-]\d+)*$/, '')
    .replace(/-(?:bin|wrapped|wrapper|unwrapped|fhs|env|with-plugins|nix|flake)$/, '')
    .replace(/^python\d+(?:\.\d+)?-/, '');
}
