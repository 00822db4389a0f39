import { notShown } from '../index/options-table.ts';
import { type LocatedPlace, parsePlaces } from '../places.ts';
import type { FoundName, FoundOption, NearOption, OptionCells } from './find-option.ts';
import type { Scope } from './option-name.ts';

/** The answer about one option in one scope; keys are absent where nothing is known. */
export interface OptionAnswer {
  name: string;
  found: boolean;
  scope?: Scope;
  type?: string;
  description?: string;
  default?: string;
  example?: string;
  /** Whether a file of the configuration sets it. */
  set?: boolean;
  /** In Nix notation. */
  value?: string;
  /** It is set, and its type could hold private text: `--live` prints it. */
  withheld?: true;
  /** The value was evaluated now, by `--live`. */
  live?: true;
  definedIn?: LocatedPlace[];
  priority?: number;
  declaredIn?: LocatedPlace[];
  readOnly?: true;
  /** The option that documents it: `users.users.<name>.shell`, or the attribute set of which it is a key. */
  documentedAs?: string;
  renamedTo?: string;
  /** The module's message about a removed option. */
  removed?: string;
  /** What is below it, where it is no option. */
  below?: { name: string; scope: Scope; set: boolean }[];
  near?: NearOption[];
}

/** One answer for each scope that has the option, that in which it is set first. */
export function optionAnswers(found: FoundName): OptionAnswer[] {
  const { asked, renamed, group } = found;
  const base = { name: asked.name, found: found.options.length > 0 || group.length > 0 };
  const old = renamed === null ? {} : renameOf(renamed);
  if (group.length > 0) {
    const below = group.map((row) => ({ name: row.name, scope: scopeOf(row), set: row.set !== '' }));
    return [{ ...base, below }];
  }
  if (found.options.length === 0) return [{ ...base, ...old, near: found.near }];
  return found.options.map((option) => ({ ...base, ...old, ...described(option, asked.name, renamed?.to ?? null) }));
}

function renameOf({ to, message }: NonNullable<FoundName['renamed']>): Pick<OptionAnswer, 'renamedTo' | 'removed'> {
  return to === null ? { removed: message ?? '' } : { renamedTo: to };
}

function described({ kind, row, key }: FoundOption, name: string, newName: string | null): Partial<OptionAnswer> {
  const readOnly = row.type.endsWith(readOnlyMark);
  const type = readOnly ? row.type.slice(0, -readOnlyMark.length) : row.type;
  const same = kind === 'option' || (newName !== null && kind !== 'key');
  // The cells of a template or an attribute set say nothing about this instance's value.
  const isSet = kind === 'option' && row.set !== '';
  return {
    scope: scopeOf(row),
    ...(kind === 'key' ? {} : optional('type', type)),
    ...(kind === 'key' ? {} : optional('description', row.description)),
    ...(kind === 'key' ? {} : optional('default', row.default)),
    ...(kind === 'key' ? {} : optional('example', row.example)),
    set: isSet,
    ...(isSet && row.value === notShown ? { withheld: true as const } : {}),
    ...(row.value !== notShown && kind === 'option' ? optional('value', row.value) : {}),
    ...(isSet ? { definedIn: parsePlaces(row.set) } : {}),
    ...(kind === 'option' && row.priority !== '' ? { priority: Number(row.priority) } : {}),
    ...(row.declared === '' ? {} : { declaredIn: parsePlaces(row.declared) }),
    ...(readOnly ? { readOnly: true as const } : {}),
    ...(same && row.name === (newName ?? name) ? {} : { documentedAs: row.name }),
    ...(key === undefined ? {} : { documentedAs: row.name, type: `a key of ${row.name} (${type})` }),
  };
}

const readOnlyMark = ' (read only)';

const scopeOf = ({ scope }: OptionCells): Scope => (scope === 'home' ? 'home' : 'system');

function optional<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  const found: { [K in Key]?: string } = {};
  if (value !== '') found[key] = value;
  return found;
}
