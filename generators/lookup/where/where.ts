import { spellOptionPath, splitOptionPath } from '../../lang/nix/option-path.ts';
import { byText } from '../../order.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { Source } from '../index/source.ts';
import { findOption, type OptionTable } from '../options/find-option.ts';
import { askedOption } from '../options/option-name.ts';
import { parsePlaces } from '../places.ts';

/** A place to edit. */
export interface EditPlace {
  file: string;
  /** The line of the existing declaration; for a new one, the line after which to insert it. */
  line?: number;
  scope: 'system' | 'user' | 'home';
  user?: string;
  /** The configurations that import the file, as far as its flake's paths show. */
  hosts?: string[];
  /**
   * `declared`: NAME is there; `insert`: it belongs after the line; `insert in line`: the list is one line; `beside`:
   * a neighbour begins there.
   */
  kind: 'declared' | 'insert' | 'insert in line' | 'beside';
  /** Why there. */
  reason: string;
}

export interface WhereAnswer {
  name: string;
  places: EditPlace[];
  /** Other lists or files, next best first. */
  alternatives: EditPlace[];
  /** Why there is no place. */
  refused?: string;
}

export interface WhereInput {
  source: Source;
  profiles: readonly ToolProfile[];
  options: OptionTable;
  /** null: where most packages are. */
  wanted: 'system' | 'user' | null;
}

const mostAlternatives = 3;

/** The file and line to edit for a package or an option. */
export function whereOf(input: WhereInput, name: string): WhereAnswer {
  const places = declaredPlaces(input, name);
  if (places.length > 0) return { name, places, alternatives: [] };
  // `services.x`, and not `kdePackages.x`.
  const [start = '', ...rest] = askedOption(name).names;
  const isOption = rest.length > 0 && input.options.placesBelow(`${start}.`).length > 0;
  const [first, ...others] = isOption ? optionPlaces(input, name) : packageLists(input, name);
  if (first === undefined) {
    const refused = isOption
      ? 'no such option, or no file sets one near it'
      : 'no list of packages is written out in a file of this scope';
    return { name, places: [], alternatives: [], refused };
  }
  return { name, places: [first], alternatives: others.slice(0, mostAlternatives) };
}

function declaredPlaces({ source, profiles, options, wanted }: WhereInput, name: string): EditPlace[] {
  const same = name.toLowerCase().replace(/^pkgs\./, '');
  const packages = profiles
    .filter((one) => one.name === same || one.declarations.some(({ attribute }) => attribute === same))
    .flatMap(({ declarations }) => declarations)
    .filter(({ list }) => fits(list, wanted))
    .map(
      ({ file, line, list, by }): EditPlace => ({
        ...place(source, file, line),
        ...ownerOf(list, source.user),
        kind: 'declared',
        reason: by === null ? `in ${list}` : `by ${by}`,
      }),
    );
  if (packages.length > 0) return packages;
  const asked = askedOption(name);
  return options.named(asked.name).flatMap(({ scope, set }) => {
    if ((asked.scope !== null && scope !== asked.scope) || !fits(scope === 'home' ? 'home.' : '', wanted)) return [];
    return parsePlaces(set).map(
      ({ file, line }): EditPlace => ({
        ...place(source, file, line),
        ...scopeOf(scope, source.user),
        kind: 'declared',
        reason: 'sets it',
      }),
    );
  });
}

/** The files that set most of its neighbours: for `services.x.enable`, the options in `services`. */
function optionPlaces({ source, options, wanted }: WhereInput, name: string): EditPlace[] {
  const found = findOption(options, () => [], askedOption(name));
  const [option] = found.options.filter(({ row }) => fits(row.scope === 'home' ? 'home.' : '', wanted));
  if (option === undefined) return [];
  const { scope } = option.row;
  const parts = splitOptionPath(option.row.name);
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const prefix = `${spellOptionPath(parts.slice(0, length))}.`;
    const files = neighbours(options, prefix, scope, (file) => isEditable(source, file));
    if (files.size === 0) continue;
    return [...files]
      .sort(([a, x], [b, y]) => y.size - x.size || byText(a, b))
      .map(([file, lines]) => {
        const [last = ['', 0]] = [...lines].sort(([, a], [, b]) => b - a);
        const count = lines.size === 1 ? '' : ` and ${lines.size - 1} more of ${prefix.slice(0, -1)}`;
        return {
          ...place(source, file, last[1]),
          ...scopeOf(scope, source.user),
          kind: 'beside' as const,
          reason: `sets ${prefix}${last[0]}${count}`,
        };
      });
  }
  return [];
}

/** File -> the names after `prefix` that it sets, each with its first line. */
function neighbours(
  options: OptionTable,
  prefix: string,
  scope: string,
  isWanted: (file: string) => boolean,
): Map<string, Map<string, number>> {
  const depth = splitOptionPath(prefix).length;
  const files = new Map<string, Map<string, number>>();
  for (const at of options.placesBelow(prefix)) {
    // Only a few of thousands of options are set.
    if (options.lineAt(at).split('\t', 5)[4] === '') continue;
    const row = options.rowAt(at);
    if (row.scope !== scope) continue;
    const name = splitOptionPath(row.name)[depth] ?? '';
    for (const { file, line } of parsePlaces(row.set)) {
      if (line === undefined || !isWanted(file)) continue;
      const lines = files.get(file) ?? new Map<string, number>();
      lines.set(name, Math.min(line, lines.get(name) ?? line));
      files.set(file, lines);
    }
  }
  return files;
}

/** The literal lists of packages in files of this configuration, largest first. */
function packageLists({ source, profiles, wanted }: WhereInput, name: string): EditPlace[] {
  const isFont = /(?:^|[-_.])(?:fonts?|nerd-fonts?|noto)(?:[-_.]|$)/.test(name);
  const declared = profiles.flatMap(({ declarations, kind }) =>
    declarations.flatMap(({ file, line, list, by }) =>
      by === null && line !== undefined ? [{ file, line, list, kind }] : [],
    ),
  );
  const lists = source.files.flatMap(({ file, generated, hosts, lists }) =>
    generated ? [] : lists.map((list) => ({ file, hosts, ...list })),
  );
  return lists
    .map((list) => {
      const inside = declared.filter(({ file, line }) => file === list.file && line >= list.first && line <= list.last);
      return { ...list, count: inside.length, owner: inside[0]?.list ?? list.option };
    })
    .filter(
      // A list without an installed package may belong to another host.
      ({ count, owner, hosts }) =>
        (count > 0 || hosts.includes(source.flake.attribute ?? '')) &&
        /^(?:environment\.systemPackages|home\.packages|users\.users\..*\.packages|fonts\.packages)$/.test(owner) &&
        (owner === 'fonts.packages') === isFont &&
        !owner.includes('${') &&
        fits(owner, wanted),
    )
    .sort((a, b) => b.count - a.count || byText(a.file, b.file))
    .map(({ file, first, lastElement, last, count, owner }) => ({
      ...place(source, file, first === last ? first : lastElement),
      ...ownerOf(owner, source.user),
      kind: first === last ? ('insert in line' as const) : ('insert' as const),
      reason: `${owner}, ${count} packages, lines ${first} to ${last}`,
    }));
}

function fits(list: string, wanted: WhereInput['wanted']): boolean {
  if (wanted === null) return true;
  return (wanted === 'user') === (list.startsWith('home.') || list.startsWith('users.users.'));
}

function isEditable(source: Source, file: string): boolean {
  return source.files.some((one) => one.file === file && !one.generated);
}

function place(source: Source, file: string, line: number | undefined): Pick<EditPlace, 'file' | 'line' | 'hosts'> {
  const hosts = source.files.find((one) => one.file === file)?.hosts ?? [];
  return { file, ...(line === undefined ? {} : { line }), ...(hosts.length === 0 ? {} : { hosts }) };
}

function scopeOf(scope: string, user: string): Pick<EditPlace, 'scope' | 'user'> {
  return scope === 'home' ? { scope: 'home', user } : { scope: 'system' };
}

function ownerOf(list: string, user: string): Pick<EditPlace, 'scope' | 'user'> {
  if (list.startsWith('home.')) return { scope: 'home', user };
  const name = /^users\.users\.(.+)\.packages$/.exec(list)?.[1];
  return name === undefined ? { scope: 'system' } : { scope: 'user', user: name };
}
