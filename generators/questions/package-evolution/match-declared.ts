import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { TrackedTool } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';

/** What in the source text declares an evaluated package, and how that was told. */
export interface Match {
  tool: TrackedTool;
  matchedBy: 'option' | 'name' | 'command' | 'similar name';
}

/**
 * Joins evaluated packages (`ripgrep`, pname-based, with the files that declare them) with the entries of the source text
 * (`pkgs.ripgrep`, attribute names, with theirs). A package that an option brings is that option's. For the
 * others the name must agree, and a file where both sides know one: a name alone does when it is exact.
 */
export function matchDeclared(
  packages: readonly EvaluatedPackage[],
  tools: readonly TrackedTool[],
): ReadonlyMap<string, Match> {
  const present = tools.filter((tool) => tool.present && tool.kind !== 'library');
  const options = new Map(present.filter(({ kind }) => kind === 'option').map((tool) => [tool.name, tool]));
  const named = present
    .filter(({ kind }) => kind === 'package')
    .map((tool) => ({ tool, attribute: attributeOf(tool.name) }));
  const byFile = new Map<string, ReadonlySet<TrackedTool>>();
  const toolsIn = (evaluated: string): ReadonlySet<TrackedTool> => {
    const known = byFile.get(evaluated);
    if (known !== undefined) return known;
    const tools = named.flatMap(({ tool }) => (tool.places.some(({ file }) => sameFile(file, evaluated)) ? tool : []));
    const found = new Set(tools);
    byFile.set(evaluated, found);
    return found;
  };
  const matches = new Map<string, Match>();
  const scored: { id: string; tool: TrackedTool; score: number; matchedBy: Match['matchedBy'] }[] = [];
  for (const one of packages) {
    if (one.base) continue;
    const files = one.declarations.filter(({ by }) => by === null).map(({ file }) => file);
    if (files.length === 0) {
      const by = one.declarations.flatMap(({ by }) => options.get(by ?? '') ?? [])[0];
      if (by !== undefined) matches.set(one.id, { tool: by, matchedBy: 'option' });
      continue;
    }
    const own = ownNames(one);
    const beside = files.map(toolsIn);
    for (const { tool, attribute } of named) {
      const isSameFile = beside.some((tools) => tools.has(tool));
      if (!isSameFile && !attribute.names.includes(own.name)) continue;
      const likeness = likenessOf(attribute, own);
      if (likeness === undefined) continue;
      scored.push({ id: one.id, tool, score: likeness.score + (isSameFile ? 1 : 0), matchedBy: likeness.matchedBy });
    }
  }
  // The best pairs first; an entry is one package, but for two versions or outputs of the very same name.
  scored.sort((a, b) => b.score - a.score || byText(a.id, b.id) || byText(a.tool.name, b.tool.name));
  const taken = new Set<TrackedTool>();
  for (const { id, tool, score, matchedBy } of scored) {
    if (matches.has(id) || (taken.has(tool) && score < 1.95)) continue;
    matches.set(id, { tool, matchedBy });
    taken.add(tool);
  }
  return matches;
}

/** How much an attribute name is like an evaluated package's name; undefined: not at all. */
export function nameLikeness(
  attribute: string,
  one: Pick<EvaluatedPackage, 'name' | 'mainProgram'>,
): Likeness | undefined {
  return likenessOf(attributeOf(attribute), ownNames(one));
}

interface Likeness {
  score: number;
  matchedBy: Match['matchedBy'];
}

/** Every package is compared with every attribute, so what is needed of either is worked out once. */
function attributeOf(attribute: string) {
  const path = attribute.split('.');
  const last = path.at(-1) as string;
  // An input is called by itself, its attribute by that.
  const names = path[0] === 'inputs' ? path.slice(1) : [last, path.slice(-2).join('-'), path.join('-')];
  return {
    names: names.map(normal),
    stems: names.map(stemOf),
    last: normal(last),
    lastStem: stemOf(last),
    isOfSet: path.length > 1 && path[0] !== 'inputs' && last.length > 0,
  };
}

function ownNames({ name, mainProgram }: Pick<EvaluatedPackage, 'name' | 'mainProgram'>) {
  return { name: normal(name), stem: stemOf(name), program: mainProgram === null ? null : normal(mainProgram) };
}

function likenessOf(
  { names, stems, last, lastStem, isOfSet }: ReturnType<typeof attributeOf>,
  { name, stem, program }: ReturnType<typeof ownNames>,
): Likeness | undefined {
  if (names.includes(name)) return { score: 1, matchedBy: 'name' };
  if (stems.includes(stem)) return { score: 0.9, matchedBy: 'name' };
  if (program !== null && names.includes(program)) return { score: 0.8, matchedBy: 'command' };
  // `gnomeExtensions.appindicator` is gnome-shell-extension-appindicator, `fishPlugins.z` is fishplugin-z.
  if (isOfSet && (name.endsWith(`-${last}`) || name.startsWith(`${last}.`)))
    return { score: 0.7, matchedBy: 'similar name' };
  const [short, long] = lastStem.length <= name.length ? [lastStem, name] : [name, lastStem];
  const isPart = short.length > 3 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
  return isPart ? { score: 0.6, matchedBy: 'similar name' } : undefined;
}

/** Whether the text's file and the evaluated one are one: a folder stands for its default.nix. */
export function sameFile(file: string, evaluated: string): boolean {
  return (
    file === evaluated || file === `${evaluated.replace(/\/$/, '')}/default.nix` || `${file}/default.nix` === evaluated
  );
}

function normal(name: string): string {
  return name.toLowerCase().replace(/_/g, '-');
}

/** Without the version in the name, and how it was packaged. */
function stemOf(name: string): string {
  return normal(name)
    .replace(/[-.]?\d+(?:[.-]\d+)*$/, '')
    .replace(/-(?:bin|wrapped|wrapper|unwrapped|fhs|env|with-plugins|nix|flake)$/, '')
    .replace(/^python\d+(?:\.\d+)?-/, '');
}
