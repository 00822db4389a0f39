import type { RenamedOption } from '../../evidence/option-docs.ts';
import { spellOptionPath, splitOptionPath } from '../../lang/nix/option-path.ts';
import type { optionColumns } from '../index/options-table.ts';
import type { Row, Table } from '../index/read-table.ts';
import { nearNames } from '../near-names.ts';
import type { AskedOption, Scope } from './option-name.ts';

export type OptionTable = Table<(typeof optionColumns)[number]>;
export type OptionCells = Row<(typeof optionColumns)[number]>;

/** What an option's name was found to be. */
export interface FoundOption {
  kind: 'option' | 'instance' | 'key';
  /** Of the option itself; for an instance, of `users.users.<name>.shell`; for a key, of its attribute set. */
  row: OptionCells;
  /** For a key: the names after those of its attribute set. */
  key?: string;
}

/** The answer about one name. */
export interface FoundName {
  asked: AskedOption;
  /** In every scope that has the name, that in which it is set first. */
  options: FoundOption[];
  /** Where it is no option but the start of some: their rows. */
  group: OptionCells[];
  renamed: { to: string | null; message: string | null; scope: Scope } | null;
  /** The most similar names, best first; only where nothing was found. */
  near: NearOption[];
}

export interface NearOption {
  name: string;
  scope: Scope | null;
  /** Where the similar name is an old one: its new name. */
  renamedTo?: string;
}

const mostNear = 3;

/**
 * What a name is here: an option, an instance of one (`users.users.ann.shell`), a key of an attribute set
 * (`environment.variables.EDITOR`), the start of several options, or an old name; else the most similar names.
 */
export function findOption(table: OptionTable, renamed: () => readonly RenamedOption[], asked: AskedOption): FoundName {
  const found: FoundName = { asked, options: [], group: [], renamed: null, near: [] };
  const inScope = ({ scope }: OptionCells): boolean => asked.scope === null || scope === asked.scope;

  if (!asked.below) found.options = optionsNamed(table, asked.names).filter(({ row }) => inScope(row));
  if (found.options.length > 0) {
    found.options.sort((a, b) => Number(b.row.set !== '') - Number(a.row.set !== ''));
    return found;
  }
  found.group = below(table, asked.names).filter(inScope);
  if (found.group.length > 0) return found;
  const old = newName(renamed(), asked);
  if (old !== null) {
    found.renamed = old;
    const options = old.to === null ? [] : optionsNamed(table, splitOptionPath(old.to));
    found.options = options.filter(({ row }) => row.scope === old.scope);
    return found;
  }
  found.options = keysOf(table, asked.names).filter(({ row }) => inScope(row));
  if (found.options.length === 0) found.near = similar(table, renamed(), asked);
  return found;
}

function optionsNamed(table: OptionTable, names: readonly string[]): FoundOption[] {
  const name = spellOptionPath(names);
  const exact = table.named(name).map((row): FoundOption => ({ kind: 'option', row }));
  if (exact.length > 0) return exact;
  return templates(table, names).map((row) => ({ kind: 'instance', row }));
}

/** The documentation of an instance: that of `users.users.<name>.shell` for `users.users.ann.shell`. */
function templates(table: OptionTable, names: readonly string[]): OptionCells[] {
  const [first] = names;
  if (first === undefined || names.length < 2) return [];
  const rows: OptionCells[] = [];
  // Every way to put a placeholder for some of the names after the first; options have at most three.
  for (const pattern of patterns(names)) rows.push(...table.named(pattern));
  return rows;
}

const placeholders = ['<name>', '*'];
const deepestPattern = 12;

function patterns(names: readonly string[]): string[] {
  if (names.length > deepestPattern) return [];
  const found: string[] = [];
  const extend = (index: number, parts: readonly string[], replaced: number): void => {
    if (index === names.length) {
      if (replaced > 0) found.push(parts.join('.'));
      return;
    }
    extend(index + 1, [...parts, spellOptionPath(names.slice(index, index + 1))], replaced);
    if (replaced < 3 && index > 0) {
      for (const placeholder of placeholders) extend(index + 1, [...parts, placeholder], replaced + 1);
    }
  };
  extend(0, [], 0);
  return found;
}

/** Types that accept any names below them, at any depth. */
const freeform =
  /\b(?:open submodule|anything|raw value|(?:JSON|TOML|YAML|INI|KDL|XML|Lua|PHP|HOCON|Python|systemd|libconfig|Nix)[^()]{0,30}(?:value|file|section|type|format)|section of|attrs|freeform|DAG of|unspecified)\b/i;

/** How many names may be below an option of this type: 1 for `attribute set of string`. */
function depthOf(type: string): number {
  if (freeform.test(type)) return Number.POSITIVE_INFINITY;
  const sets = /^(?:null or )?((?:\(?(?:lazy )?attribute set of )+)/.exec(type)?.[1] ?? '';
  return sets.split('attribute set of').length - 1;
}

function keysOf(table: OptionTable, names: readonly string[]): FoundOption[] {
  for (let length = names.length - 1; length > 0; length -= 1) {
    const above = optionsNamed(table, names.slice(0, length));
    const found = above.filter(({ row }) => names.length - length <= depthOf(row.type));
    if (found.length > 0) {
      return found.map(({ row }) => ({ kind: 'key', row, key: spellOptionPath(names.slice(length)) }));
    }
    if (above.length > 0) return [];
  }
  return [];
}

/** The options below a name; below `users.users.ann` also those of `users.users.<name>`. */
function below(table: OptionTable, names: readonly string[]): OptionCells[] {
  const own = table.below(`${spellOptionPath(names)}.`);
  if (own.length > 0) return own;
  return patterns(names).flatMap((pattern) => table.below(`${pattern}.`));
}

/** An old name, or one below it. */
function newName(renamed: readonly RenamedOption[], { names, scope }: AskedOption): FoundName['renamed'] {
  const byName = new Map<string, RenamedOption>();
  for (const option of renamed) if (scope === null || option.scope === scope) byName.set(option.name, option);
  for (let length = names.length; length > 0; length -= 1) {
    const option = byName.get(spellOptionPath(names.slice(0, length)));
    if (option === undefined) continue;
    const rest = names.slice(length);
    const to = option.to === null ? null : [option.to, ...(rest.length > 0 ? [spellOptionPath(rest)] : [])].join('.');
    return { to, message: option.message, scope: option.scope };
  }
  return null;
}

/** Similar names of options, groups of options and old options. */
function similar(table: OptionTable, renamed: readonly RenamedOption[], { name, scope }: AskedOption): NearOption[] {
  const candidates: { name: string; at: number | null; to?: string }[] = [];
  for (const { name, to } of renamed) if (to !== null) candidates.push({ name, at: null, to });
  let before = '';
  for (const candidate of table.names()) {
    if (candidate.name !== before) candidates.push(candidate);
    before = candidate.name;
  }
  const near = nearNames(name, candidates, 4 * mostNear);
  return near
    .map(({ name, at, to }): NearOption => {
      if (at === null) return { name, scope: null, ...(to === undefined ? {} : { renamedTo: to }) };
      const rows = table.named(name);
      const row = rows.find((row) => row.scope === scope) ?? rows[0];
      return { name, scope: row?.scope === 'home' ? 'home' : 'system' };
    })
    .filter((one) => scope === null || one.scope === scope || one.scope === null)
    .slice(0, mostNear);
}
