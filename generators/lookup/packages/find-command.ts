import type { ToolProfile } from '../../tools/schema.ts';
import type { Source } from '../index/source.ts';
import { nearNames } from '../near-names.ts';
import type { HiddenCommands } from './hidden-commands.ts';

/** The command that runs when a name is typed. */
export interface CommandAnswer {
  name: string;
  found: boolean;
  kind?: 'alias' | 'abbreviation' | 'command';
  /** The package whose command it is. */
  package?: string;
  version?: string;
  scope?: 'system' | 'user' | 'home';
  /** The shell and the commands at command positions of an alias's text. */
  alias?: { shell: string; commands: string[]; files: string[] };
  /** Other packages with a command of this name. */
  alsoIn?: string[];
  /** A dependency that has it and is not on PATH. */
  hiddenIn?: { package: string; requiredBy: string[] };
  /** Attributes of nixpkgs that would provide it, where nix-locate was asked. */
  provided?: string[];
  near: string[];
}

export function findCommand(
  profiles: readonly ToolProfile[],
  aliases: Source['aliases'],
  hiddenCommands: () => HiddenCommands,
  name: string,
): CommandAnswer {
  const alias = aliases.find((one) => one.name === name);
  const packages = profiles.filter(({ commands }) => commands?.includes(name)).sort(declaredFirst);
  const [first, ...others] = packages;
  const answer: CommandAnswer = { name, found: alias !== undefined || first !== undefined, near: [] };
  if (alias !== undefined) {
    answer.kind = alias.kind;
    answer.alias = { shell: alias.shell, commands: alias.commands, files: alias.files };
  }
  if (first !== undefined) {
    answer.kind ??= 'command';
    answer.package = first.name;
    if (first.version !== null) answer.version = first.version;
    answer.scope = scopeOf(first);
    if (others.length > 0) answer.alsoIn = others.map(({ id }) => id);
  }
  if (answer.found) return answer;
  const hidden = hiddenCommands().find(({ commands }) => commands.includes(name));
  if (hidden !== undefined) {
    const { packages, options } = hidden.requiredBy;
    answer.hiddenIn = { package: hidden.storeName, requiredBy: [...packages, ...options] };
  }
  const names = new Set([...profiles.flatMap(({ commands }) => commands ?? []), ...aliases.map((one) => one.name)]);
  answer.near = nearNames(
    name,
    [...names].map((name) => ({ name })),
    3,
  ).map((candidate) => candidate.name);
  return answer;
}

const declaredFirst = (a: ToolProfile, b: ToolProfile): number => Number(a.base) - Number(b.base);

function scopeOf({ declarations }: ToolProfile): NonNullable<CommandAnswer['scope']> {
  const [first] = declarations;
  if (first === undefined) return 'system';
  return first.list.startsWith('home.') ? 'home' : first.list.startsWith('users.') ? 'user' : 'system';
}
