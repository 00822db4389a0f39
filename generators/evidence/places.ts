import { posix } from 'node:path';
import { declarations } from '../lang/nix/declarations/declarations.ts';
import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import { type Definition, definitionsIn, type ListElement } from '../lang/nix/definitions.ts';
import { splitOptionPath } from '../lang/nix/option-path.ts';
import { parse } from '../lang/nix/parse.ts';
import { onlyItem } from '../order.ts';
import type { Place } from './common.ts';
import type { Declaration, Evaluated, EvaluatedPackage, Setting } from './evaluated.ts';
import { nameLikeness, sameFile } from './name-likeness.ts';
import { formerNames, type RenamedOption } from './option-docs.ts';

/** A `.nix` file of the configuration: its path relative to the root, and its text. */
export interface SourceText {
  file: string;
  text: string;
}

interface SourceFile {
  file: string;
  /** Without prefixes such as `config` and `home-manager.users.<name>`. */
  definitions: readonly Definition[];
  packages: readonly (Entry & { list: string })[];
  elements: readonly ListElement[];
  /** Files that this one refers to by path. */
  refersTo: readonly string[];
}

/** Whether the module system knows no file: of a module that is written in flake.nix, or imported as a value. */
const isInline = (file: string): boolean => file === 'inline or imported' || file === 'flake.nix (inline or imported)';

/**
 * Adds lines to the places of an evaluated configuration, and files where the module system knows none. The
 * module system reports the file of a definition but no line; the lines come from the source text. A place that
 * the text does not show stays as it is. `renamed`: an option may be set by a former name.
 */
export function locate(
  evaluated: Evaluated,
  sources: readonly SourceText[],
  renamed: readonly Pick<RenamedOption, 'name' | 'to'>[] = [],
): Evaluated {
  const index = sourceIndex(sources, evaluated);
  const locateOption = (option: string, scope: Scope) => {
    const path = splitOptionPath(option);
    const formerPaths = formerNames(option, renamed).map(splitOptionPath);
    return (place: Place, _: number, places: readonly Place[]): Place => {
      const paths = [path, ...formerPaths];
      const written = paths.find((one) => placesIn(index, knownFile(index, place.file), one).length > 0);
      return optionPlace(index, written ?? path, place, scope, places);
    };
  };
  return {
    ...evaluated,
    packages: evaluated.packages.map((one) => ({
      ...one,
      declarations: one.declarations.map((declaration) => ({
        ...declaration,
        ...(declaration.by === null
          ? packagePlace(index, one, declaration)
          : locateOption(`${declaration.by}.enable`, scopeOf(declaration))({ file: declaration.file }, 0, [])),
      })),
    })),
    options: evaluated.options.map((one) => ({
      ...one,
      places: one.places.map(locateOption(`${one.by ?? one.option}.enable`, one.scope)),
    })),
    ...(evaluated.settings === undefined
      ? {}
      : {
          settings: evaluated.settings.map((one) => {
            const places = one.places.map(locateOption(one.option, one.scope));
            return { ...one, places, ...attributeAt(index, one, places) };
          }),
        }),
  };
}

/** Booleans, numbers, null, members of an enumeration and lists: any other value is a package's name and version. */
const noPackage = /^(?:true|false|null|-?\d[\d.e+-]*|".*|\[.*)$/s;

/** The value `pkgs.postgresql_16` for `postgresql-16.4`, where that is plainly what the only definition says. */
function attributeAt(index: SourceIndex, { option, value }: Setting, places: readonly Place[]): { value?: string } {
  const place = onlyItem(places);
  if (value === undefined || noPackage.test(value) || place?.line === undefined) return {};
  const path = splitOptionPath(option).join('\0');
  const definitions = fileOf(index, place.file)?.definitions.filter((one) => one.path.join('\0') === path) ?? [];
  const attribute = onlyItem(definitions)?.attribute;
  return attribute === undefined ? {} : { value: `pkgs.${attribute}` };
}

type Scope = 'system' | 'home';

const scopeOf = ({ list }: Pick<Declaration, 'list'>): Scope => (list.startsWith('home.') ? 'home' : 'system');

interface SourceIndex {
  files: readonly SourceFile[];
  byFile: ReadonlyMap<string, SourceFile>;
  /** Names of the host in the flake, whose modules may be in one file with those of other hosts. */
  host: readonly string[];
  /** The file of the user's home, where the module system does not know it. */
  homeFile: string | null;
  /** Files that the module system reports for one scope only: they contain no inline module of the other. */
  filesOf: Readonly<Record<Scope, ReadonlySet<string>>>;
}

function sourceIndex(
  sources: readonly SourceText[],
  { flake, host, user, packages, settings }: Evaluated,
): SourceIndex {
  const known = new Set(sources.map(({ file }) => file));
  const files = sources.map(({ file, text }): SourceFile => {
    const tree = parse(text);
    const { definitions, elements, paths } = definitionsIn(tree);
    return {
      file,
      definitions: definitions.map((definition) => ({ ...definition, path: optionPath(definition.path) })),
      packages: declarations(tree).declarations.filter(({ kind }) => kind === 'package'),
      elements,
      refersTo: distinct(
        paths.flatMap(({ path }) => {
          const target = posix.normalize(posix.join(posix.dirname(file), path));
          return [target, posix.join(target, 'default.nix')].filter((candidate) => known.has(candidate));
        }),
      ),
    };
  });
  const filesOf = { system: new Set<string>(), home: new Set<string>() };
  for (const { scope, places } of settings ?? []) for (const { file } of places) filesOf[scope].add(file);
  for (const declaration of packages.flatMap((one) => one.declarations))
    filesOf[scopeOf(declaration)].add(declaration.file);
  return {
    files,
    byFile: new Map(files.map((source) => [source.file, source])),
    host: [flake.attribute, host.name].filter((name) => name !== null),
    homeFile: user.homeFile ?? null,
    filesOf,
  };
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

function fileOf(index: SourceIndex, file: string): SourceFile | undefined {
  return index.byFile.get(file) ?? index.files.find((source) => sameFile(source.file, file));
}

/** Whether the module system names definitions after a file. */
const isNamed = ({ filesOf }: SourceIndex, { file }: SourceFile): boolean =>
  filesOf.system.has(file) || filesOf.home.has(file);

function knownFile(index: SourceIndex, file: string): SourceFile[] {
  const source = isInline(file) ? undefined : fileOf(index, file);
  return source === undefined ? [] : [source];
}

/** Files that a file refers to by path: values may be imported from there. */
function referredFiles(index: SourceIndex, source: SourceFile | undefined): SourceFile[] {
  return (source?.refersTo ?? []).flatMap((name) => index.byFile.get(name) ?? []);
}

/**
 * The files that `source` imports as a value and the module system names no definition after, then those that they
 * import, and so on: `home.packages = import ./packages.nix`, `programs = import ./programs.nix // { … }`.
 */
function* importedValues(index: SourceIndex, source: SourceFile | undefined): Generator<SourceFile[]> {
  const seen = new Set<SourceFile>();
  let level = source === undefined ? [] : [source];
  for (;;) {
    level = distinct(level.flatMap((one) => referredFiles(index, one))).filter(
      (one) => !seen.has(one) && !isNamed(index, one),
    );
    if (level.length === 0) return;
    for (const one of level) seen.add(one);
    yield level;
  }
}

/** Where an attribute set that a file imports as the value of `programs`, or the like, sets an option. */
function placeInValue(index: SourceIndex, source: SourceFile | undefined, path: readonly string[]): Place | undefined {
  const around = source === undefined ? [] : [source];
  for (const level of importedValues(index, source)) {
    for (let length = path.length - 1; length > 0; length -= 1) {
      const prefix = path.slice(0, length);
      if (!around.some(({ definitions }) => definitions.some((one) => isValueAt(one, prefix)))) continue;
      const found = placesIn(index, level, path.slice(length));
      if (found.length > 0) return onlyItem(found);
    }
    around.push(...level);
  }
  return undefined;
}

/** Where an option is set: in the known file or one that it imports, else in the only file that sets it. */
function optionPlace(
  index: SourceIndex,
  path: readonly string[],
  place: Place,
  scope: Scope,
  others: readonly Place[],
): Place {
  if (!isInline(place.file)) {
    const source = fileOf(index, place.file);
    if (source === undefined) return place;
    const exact = exactLine(source, path, index.host);
    if (exact !== undefined) return { file: place.file, line: exact };
    const imported = placesIn(index, referredFiles(index, source), path);
    const only = onlyItem(imported);
    const value = only ?? placeInValue(index, source, path);
    if (value !== undefined) return value;
    const line = nearLine(source, path, index.host);
    if (line !== undefined) return { file: place.file, line };
    const inHome = scope === 'home' && index.homeFile !== null ? fileOf(index, index.homeFile) : undefined;
    const homeLine = inHome && exactLine(inHome, path, index.host);
    if (inHome !== undefined && homeLine !== undefined) return { file: inHome.file, line: homeLine };
    // A path of one name is ambiguous.
    const elsewhere =
      path.length > 1 ? onlyInGroup(unnamedFiles(index), (group) => placesIn(index, group, path)) : null;
    return elsewhere ?? place;
  }
  const other = scope === 'system' ? index.filesOf.home : index.filesOf.system;
  const isCandidate = ({ file }: SourceFile): boolean =>
    !others.some((one) => one.file === file) && (file === 'flake.nix' || !other.has(file));
  const flake = index.byFile.get('flake.nix');
  const home = scope === 'home' && index.homeFile !== null ? fileOf(index, index.homeFile) : undefined;
  const known = (source: SourceFile | undefined): SourceFile[] => (source === undefined ? [] : [source]);
  const groups = [known(home), known(flake), referredFiles(index, flake), index.files];
  for (const group of [...groups, ...unnamedFiles(index)]) {
    const found = onlyItem(placesIn(index, group.filter(isCandidate), path));
    if (found !== undefined) return found;
  }
  const value = placeInValue(index, flake, path);
  if (value !== undefined) return value;
  if (home === undefined) return place;
  const line = nearLine(home, path, index.host);
  return line === undefined ? { file: home.file } : { file: home.file, line };
}

/**
 * Files that the module system names no definition after: a module in them is imported as a value
 * (`imports = attrValues modules`), and then reported as the file that imports it, or as none. Files that the flake
 * refers to, directly or not, come first.
 */
function unnamedFiles(index: SourceIndex): SourceFile[][] {
  const unnamed = index.files.filter((one) => !isNamed(index, one));
  const referred = new Set<SourceFile>();
  const visit = (source: SourceFile): void => {
    if (referred.has(source)) return;
    referred.add(source);
    referredFiles(index, source).forEach(visit);
  };
  const flake = index.byFile.get('flake.nix');
  if (flake !== undefined) visit(flake);
  return [unnamed.filter((source) => referred.has(source)), unnamed];
}

/** The first result that is the only one in its group. */
function onlyInGroup<T>(groups: readonly SourceFile[][], find: (group: SourceFile[]) => T[]): T | undefined {
  for (const group of groups) {
    const found = find(group);
    if (found.length > 0) return onlyItem(found);
  }
  return undefined;
}

function placesIn(index: SourceIndex, sources: readonly SourceFile[], path: readonly string[]): Place[] {
  return sources.flatMap((source) => {
    const line = exactLine(source, path, index.host);
    return line === undefined ? [] : [{ file: source.file, line }];
  });
}

function exactLine({ definitions }: SourceFile, path: readonly string[], host: readonly string[]): number | undefined {
  const same = definitions.filter((one) => one.path.length === path.length && startsWith(one.path, path));
  return ofHost(same, host)?.line;
}

/** The line of a definition that sets an option without its full name. */
function nearLine({ definitions }: SourceFile, path: readonly string[], host: readonly string[]): number | undefined {
  // `services.openssh.ports` sets `services.openssh`, and `my.apps.firefox = enabled` sets what is below it.
  const below = definitions.filter((one) => startsWith(one.path, path));
  if (below.length > 0) return ofHost(below, host)?.line;
  for (let length = path.length - 1; length > 0; length -= 1) {
    const prefix = path.slice(0, length);
    const above = definitions.filter((one) => isValueAt(one, prefix));
    if (above.length > 0) return ofHost(above, host)?.line;
  }
  // A module inside the user's own attributes: `flake.aspects.x.nixos.services.openssh.enable`.
  if (path.length < 2) return undefined;
  const nested = definitions.filter((one) => startsWith(one.path.slice(-path.length), path));
  return ofHost(nested, host)?.line;
}

const isValueAt = (one: Definition, path: readonly string[]): boolean =>
  one.kind === 'value' && one.path.length === path.length && startsWith(one.path, path);

/** A computed name matches every name. */
const sameName = (source: string | undefined, name: string): boolean =>
  source === name || source?.startsWith('${') === true;

const startsWith = (path: readonly string[], prefix: readonly string[]): boolean =>
  path.length >= prefix.length && prefix.every((name, index) => sameName(path[index], name));

/**
 * Of several definitions the most literal one; of the modules of several hosts in one file that of this host, else the
 * first of those that name no host.
 */
function ofHost(candidates: readonly Definition[], host: readonly string[]): Definition | undefined {
  const literal = candidates.filter(({ path }) => !path.some((name) => name.startsWith('${')));
  const best = literal.length > 0 ? literal : candidates;
  if (best.length < 2) return best[0];
  const own = best.find(({ within }) => host.some((name) => within.includes(name)));
  return own ?? best.find(({ within }) => !within.includes('nixosConfigurations')) ?? best[0];
}

/** A place in a list, with the attribute as the list names it. */
type PackagePlace = Place & { attribute?: string };

/** Where a list names a package: in the known file, in a file that it refers to, else in the only file that does. */
function packagePlace(index: SourceIndex, one: EvaluatedPackage, { file, list }: Declaration): PackagePlace {
  const source = isInline(file) ? undefined : fileOf(index, file);
  if (source !== undefined) {
    const entry =
      best(one, ofList(source.packages, list)) ?? best(one, source.packages) ?? best(one, source.elements, 0.6);
    if (entry !== undefined) return placed(file, entry);
    const only = onlyItem(placesOfEntry(referredFiles(index, source), one, ({ elements }) => elements));
    const imported = only ?? placeInImportedList(index, source, one);
    if (imported !== undefined) return imported;
    const listPath = splitOptionPath(list);
    const option = exactLine(source, listPath, index.host) ?? nearLine(source, listPath, index.host);
    if (option !== undefined) return { file, line: option };
    return (
      onlyInGroup<PackagePlace>(unnamedFiles(index), (group) => {
        const listed = placesOfEntry(group, one, ({ packages }) => ofList(packages, list));
        if (listed.length > 0) return listed;
        const named = placesOfEntry(group, one, ({ elements }) => elements);
        return named.length > 0 ? named : placesIn(index, group, listPath);
      }) ?? { file }
    );
  }
  if (!isInline(file)) return { file };
  return (
    placeInImportedList(index, index.byFile.get('flake.nix'), one) ??
    onlyItem(placesOfEntry(index.files, one, ({ packages }) => ofList(packages, list))) ?? { file }
  );
}

/** Where a file that `source` imports as a value names a package, in the nearest such file. */
function placeInImportedList(
  index: SourceIndex,
  source: SourceFile | undefined,
  one: EvaluatedPackage,
): PackagePlace | undefined {
  for (const level of importedValues(index, source)) {
    const found = placesOfEntry(level, one, ({ elements }) => elements);
    if (found.length > 0) return onlyItem(found);
  }
  return undefined;
}

interface Entry {
  name: string;
  line: number;
  /** The package set that has it, where that is not `pkgs`: `unstable`. */
  set?: string | null;
}

const placed = (file: string, { name, line, set = null }: Entry): PackagePlace => ({
  file,
  line,
  attribute: set === null ? name : `${set}.${name}`,
});

/** The entries of the same name, one for each file. */
function placesOfEntry(
  sources: readonly SourceFile[],
  one: EvaluatedPackage,
  entries: (source: SourceFile) => readonly Entry[],
): PackagePlace[] {
  return sources.flatMap((source) => {
    const entry = best(one, entries(source), 0.9);
    return entry === undefined ? [] : [placed(source.file, entry)];
  });
}

/** Entries of lists of the same name; `users.users.<name>.packages` whatever the name is computed from. */
function ofList<T extends { list: string }>(entries: readonly T[], list: string): T[] {
  const last = list.split('.').at(-1);
  return entries.filter(
    (entry) => entry.list === list || (/^users\.users\./.test(list) && entry.list.endsWith(`.${last}`)),
  );
}

/** Whether an attribute ends in the version: `nodejs_20` and 20.18.1, `python313` and 3.13.2. */
function namesVersion(attribute: string, { version }: Pick<EvaluatedPackage, 'version'>): boolean {
  const digits = /\d[\d_]*$/.exec(attribute)?.[0].replaceAll('_', '') ?? '';
  return digits !== '' && (version ?? '').replaceAll('.', '').startsWith(digits);
}

/** The entry whose name is most like the package's; of equal ones that which names its version. */
function best(one: EvaluatedPackage, entries: readonly Entry[], atLeast = 0): Entry | undefined {
  let found: Entry | undefined;
  let score = atLeast;
  for (const entry of entries) {
    const likeness = (nameLikeness(entry.name, one)?.score ?? -1) + (namesVersion(entry.name, one) ? 0.01 : 0);
    if (likeness >= score && (found === undefined || likeness > score)) {
      score = likeness;
      found = entry;
    }
  }
  return found;
}
