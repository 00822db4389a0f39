import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { TrackedTool } from '../../evidence/git-history.ts';
import {
  attributeNames,
  type Likeness,
  likenessOf,
  packageNames,
  sameFile,
  scores,
} from '../../evidence/name-likeness.ts';
import { byText } from '../../order.ts';

type MatchedBy = 'option' | 'name' | 'command' | 'similar name';

/** The entry of the source text that declares an evaluated package, and how it was found. */
interface Match<Tool> {
  tool: Tool;
  matchedBy: MatchedBy;
}

/** What is compared of an entry. */
type Entry = Pick<TrackedTool, 'name' | 'kind' | 'present' | 'places'>;

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
