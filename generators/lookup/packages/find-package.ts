import type { Provenance } from '../../evidence/evaluated.ts';
import { provenanceOf } from '../../evidence/provenance.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import { nearNames } from '../near-names.ts';
import type { LocatedPlace } from '../places.ts';
import type { NixpkgsPackages } from '../read-output.ts';
import { type AvailablePackage, availablePackages } from './available-packages.ts';
import type { HiddenCommands } from './hidden-commands.ts';

/** A package that is installed here, and how it differs from that of the plain nixpkgs. */
export interface InstalledPackage extends Provenance {
  name: string;
  version?: string;
  /** As written in a file: `kdePackages.okular`, `unstable.firefox`. */
  attribute?: string;
  /** Installed for the whole system, a user, or a home-manager home. */
  scope: 'system' | 'user' | 'home';
  user?: string;
  /** `by`: the enabled option whose module adds it. */
  declaredIn: (LocatedPlace & { by?: string })[];
  /** No file of the configuration declares it. */
  base?: true;
  commands?: string[];
  description?: string;
  /** Other evidence: when and why it was added, how much it is used. */
  notes?: string[];
}

export interface PackageAnswer {
  name: string;
  found: boolean;
  installed: InstalledPackage[];
  /** The packages of nixpkgs with this name, attribute or command; absent where its index is not there. */
  available?: AvailablePackage[];
  /** It is in the system only as a dependency. */
  dependency?: { name: string; commands: string[]; requiredBy: string[] };
  near: string[];
}

const setPrefix = /^(?:pkgs|nixpkgs)[.#]/;

/** The packages with this name, attribute or command: all attributes of one name. */
export function findPackage(
  profiles: readonly ToolProfile[],
  hidden: () => HiddenCommands,
  user: string,
  text: string,
  nixpkgs: () => NixpkgsPackages | null,
): PackageAnswer {
  const wanted = same(text.replace(setPrefix, ''));
  const byName = profiles.filter(
    ({ id, name, declarations }) =>
      same(name) === wanted ||
      same(id) === wanted ||
      declarations.some(({ attribute }) => attribute !== undefined && namesAttribute(attribute, wanted)),
  );
  const found =
    byName.length > 0
      ? byName
      : profiles.filter(({ commands }) => commands?.some((command) => same(command) === wanted) ?? false);
  if (found.length > 0) {
    return { name: text, found: true, installed: found.flatMap((profile) => installed(profile, user)), near: [] };
  }
  const dependency = hidden().find(({ tool, commands }) => same(tool) === wanted || commands.includes(text));
  const all = nixpkgs();
  const available = all === null ? undefined : availablePackages(all, text.replace(setPrefix, ''));
  const candidates = profiles.flatMap(({ name, commands, base }) => [
    { name, of: name, preferred: !base },
    ...(commands ?? []).map((command) => ({ name: command, of: name, preferred: !base })),
  ]);
  if (available?.length === 0) {
    for (const { name } of all?.names() ?? []) candidates.push({ name, of: name, preferred: false });
  }
  return {
    name: text,
    found: false,
    installed: [],
    ...(available === undefined ? {} : { available }),
    ...(dependency === undefined
      ? {}
      : {
          dependency: {
            name: dependency.storeName,
            commands: dependency.commands,
            requiredBy: [...dependency.requiredBy.packages, ...dependency.requiredBy.options],
          },
        }),
    near: [...new Set(nearNames(wanted, candidates, 6).map(({ of }) => of))].slice(0, 3),
  };
}

/** `kdePackages.okular` matches itself and `okular`. */
function namesAttribute(attribute: string, wanted: string): boolean {
  const own = same(attribute);
  return own === wanted || own.endsWith(`.${wanted}`);
}

/** Case, and a hyphen for an underscore, make no difference. */
function same(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** One entry for each attribute and each list that has it. */
function installed(profile: ToolProfile, user: string): InstalledPackage[] {
  const { name, commands, description, notes, declarations } = profile;
  const version = profile.version === null ? {} : { version: profile.version };
  const common = {
    ...(commands === null || commands.length === 0 ? {} : { commands }),
    ...(description === null ? {} : { description }),
    ...provenanceOf(profile),
    ...(notes.length === 0 ? {} : { notes: notes.map(({ text }) => text) }),
  };
  if (declarations.length === 0) {
    return [{ name, ...version, scope: 'system', declaredIn: [], base: true, ...common }];
  }
  const groups = new Map<string, InstalledPackage>();
  for (const { list, file, line, attribute, by } of declarations) {
    const owner = ownerOf(list, user);
    const key = `${attribute ?? ''} ${owner.scope} ${owner.user ?? ''}`;
    const entry = groups.get(key) ?? {
      name,
      ...version,
      ...(attribute === undefined ? {} : { attribute }),
      ...owner,
      declaredIn: [],
      ...common,
    };
    entry.declaredIn.push({ file, ...(line === undefined ? {} : { line }), ...(by === null ? {} : { by }) });
    groups.set(key, entry);
  }
  return [...groups.values()];
}

function ownerOf(list: string, user: string): Pick<InstalledPackage, 'scope' | 'user'> {
  if (list.startsWith('home.')) return { scope: 'home', user };
  const name = /^users\.users\.(.+)\.packages$/.exec(list)?.[1];
  return name === undefined ? { scope: 'system' } : { scope: 'user', user: name };
}
