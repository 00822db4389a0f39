import { nodeEnd, nodeStart, nodeText } from '../lang/nix/syntax.ts';
import { byText } from '../order.ts';
import {
  type Declared,
  type DeclaredList,
  declaredAs,
  hostsOf,
  isUserList,
  isWithin,
  placeOf,
  writtenLists,
} from './declared-packages.ts';
import { insertIntoList, spellPackage } from './insert-package.ts';
import { type Claim, isRefusal, type Limits, type PackageEffect, type Plan, type Refusal, refuse } from './plan.ts';
import { removeEntry } from './remove-entry.ts';
import type { NixFile, SourceTree } from './source-tree.ts';
import type { FileEdit } from './text-edit.ts';

const mostPlaces = 4;
/** Lists whose packages are installed. */
const installed = /^(?:environment\.systemPackages|home\.packages|users\.users\..+\.packages)$/;

export function addPackage(tree: SourceTree, name: string, limits: Limits, why: string | null): Plan | Refusal {
  const target = bestList(tree, name, limits);
  if (isRefusal(target)) return target;
  const { list, spelled } = target;
  const twice = declaredAs(tree, name).find(
    (one) =>
      one.names.includes(name) &&
      one.set === null &&
      !one.conditional &&
      isUserList(one.list) === isUserList(list.list) &&
      installed.test(one.list) &&
      (one.source === list.source || list.source.hosts.some((host) => one.source.hosts.includes(host))),
  );
  if (twice !== undefined) return refuse(`${name} is already in ${twice.list} at ${placeOf(twice)}`);
  const edit = { file: list.source.file, ...insertIntoList(list.source, list.node, spelled, why) };
  const effect: PackageEffect = {
    change: 'added',
    package: name,
    ...effectPlace(list),
    line: lineOf(list.source, edit),
  };
  return plan([edit], [effect], hostsOf([list.source]), `adds ${name} to ${list.list}`);
}

/** The largest list that is written out, in the wanted scope, of the wanted configuration only. */
function bestList(tree: SourceTree, name: string, limits: Limits): { list: DeclaredList; spelled: string } | Refusal {
  if (limits.file !== null && !tree.files.some(({ file }) => file === limits.file)) return refuse(notHere(limits.file));
  const lists = writtenLists(tree)
    .filter((one) => installed.test(one.list) && isWithin(limits, one))
    .sort(
      (a, b) =>
        Number(b.source.hosts.length > 0) - Number(a.source.hosts.length > 0) ||
        b.size - a.size ||
        byText(a.source.file, b.source.file),
    );
  const reasons: string[] = [];
  const places: string[] = [];
  for (const list of lists) {
    const spelled = spellPackage(list.source, list, name);
    const reason = list.source.generated
      ? 'is generated'
      : (list.blocked ??
        (list.conditional ? 'has a condition' : spelled === null ? 'does not take its names from pkgs' : null));
    if (reason === null && spelled !== null && !isShared(list.source, limits)) return { list, spelled };
    const shared = reason ?? `belongs to ${others(list.source, limits)}, too`;
    reasons.push(`${placeOf(list)} ${shared}`);
    if (reason === null) places.push(`${placeOf(list)} without --host`);
  }
  const what =
    lists.length === 0 ? 'no list of packages is written out there' : reasons.slice(0, mostPlaces).join('; ');
  return refuse(what, ...places.slice(0, 1), ...hostFile(tree, limits));
}

/** The file of a host, where a list of its own can be written. */
function hostFile(tree: SourceTree, { host }: Limits): string[] {
  const own = tree.files.find(({ hosts }) => host !== null && hosts.length === 1 && hosts[0] === host);
  return own === undefined ? [] : [`a list in ${own.file}, which only ${host} imports`];
}

const isShared = ({ hosts }: NixFile, { host }: Limits): boolean =>
  host !== null && (hosts.length === 0 || hosts.some((other) => other !== host));

function others({ hosts }: NixFile, { host }: Limits): string {
  const found = hosts.filter((other) => other !== host);
  return found.length === 0 ? 'configurations that paths do not show' : found.slice(0, mostPlaces).join(', ');
}

const notHere = (file: string): string => `${file} is not a .nix file of this flake`;

export function removePackage(tree: SourceTree, name: string, limits: Limits): Plan | Refusal {
  const found = editable(tree, name, limits);
  if (isRefusal(found)) return found;
  const removed = removals(found, name);
  if (isRefusal(removed)) return removed;
  const lists = [...new Set(found.map(({ list }) => list))].join(' and ');
  return plan(
    removed.edits,
    removed.effects,
    hostsOf(found.map(({ source }) => source)),
    `removes ${name} from ${lists}`,
  );
}

/** The elements that declare a package within the limits, each of which can be edited. */
function editable(tree: SourceTree, name: string, limits: Limits): Declared[] | Refusal {
  if (limits.file !== null && !tree.files.some(({ file }) => file === limits.file)) return refuse(notHere(limits.file));
  const everywhere = declaredAs(tree, name);
  const found = everywhere.filter((one) => isWithin(limits, one));
  if (found.length === 0) return undeclared(tree, name, everywhere);
  for (const one of found) {
    const reason = one.source.generated
      ? `${one.source.file} is generated`
      : one.blocked !== null
        ? `${placeOf(one)} ${one.blocked}`
        : one.names.length > 1
          ? `${placeOf(one)} adds ${one.names.length} packages: ${one.names.slice(0, mostPlaces).join(', ')}`
          : one.list === '<list>'
            ? `no path shows which option the list in ${one.source.file} belongs to`
            : null;
    if (reason !== null) return refuse(reason, `edit ${placeOf(one)} by hand`);
    if (isShared(one.source, limits)) {
      const next = `without --host it changes ${[limits.host, others(one.source, limits)].join(', ')}`;
      return refuse(`${placeOf(one)} belongs to ${others(one.source, limits)}, too`, next);
    }
  }
  return found;
}

function undeclared(tree: SourceTree, name: string, elsewhere: readonly Declared[]): Refusal {
  if (elsewhere.length > 0) {
    return refuse(
      `${name} is not declared there`,
      ...elsewhere.slice(0, mostPlaces).map((one) => `it is at ${placeOf(one)}`),
    );
  }
  for (const source of tree.files) {
    const library = source.packages.entries.find(({ libraries }) => libraries.includes(name));
    if (library !== undefined)
      return refuse(`${name} is a library of ${library.names[0]} at ${source.file}:${library.line}`);
    for (const { path, line } of source.definitions.definitions) {
      const [group = '', own, last] = path.slice(-3);
      if (last !== 'enable' || own !== name || !/^(programs|services)$/.test(group)) continue;
      return refuse(
        `no list has ${name}; ${group}.${own}.enable is set at ${source.file}:${line}`,
        `change disable ${group}.${own}.enable`,
      );
    }
  }
  return refuse(
    `no list of packages in this flake has ${name}`,
    'modules and options may add it: nixos-intelligence where',
  );
}

function removals(found: readonly Declared[], name: string): { edits: FileEdit[]; effects: PackageEffect[] } | Refusal {
  const edits: FileEdit[] = [];
  for (const one of found) {
    const edit = removeEntry(one.source, one.node);
    if (edit === null)
      return refuse(`the expression around ${placeOf(one)} is not a list`, `edit ${placeOf(one)} by hand`);
    edits.push({ file: one.source.file, ...edit });
  }
  const effects = found.map((one): PackageEffect => ({ change: 'removed', package: name, ...effectPlace(one) }));
  return { edits, effects };
}

/** Removes declarations of a package that another declaration makes superfluous. */
export function dedupePackage(tree: SourceTree, name: string, limits: Limits): Plan | Refusal {
  const found = editable(tree, name, { ...limits, host: null });
  if (isRefusal(found)) return found;
  if (found.length < 2) return refuse(`${name} is declared once, at ${found.map(placeOf).join()}`);
  const superfluous = found.filter((one, index) => {
    const keepers = found.filter(
      (other, at) => other !== one && covers(other, one) && (!covers(one, other) || at < index),
    );
    return keepers.length > 0;
  });
  if (superfluous.length === 0) {
    return refuse(`no declaration of ${name} covers another`, ...found.map((one) => `${placeOf(one)} in ${one.list}`));
  }
  const removed = removals(superfluous, name);
  if (isRefusal(removed)) return removed;
  const kept = found.filter((one) => !superfluous.includes(one)).map(placeOf);
  const hosts = hostsOf(superfluous.map(({ source }) => source));
  return plan(
    removed.edits,
    removed.effects,
    hosts,
    `removes ${name} where ${kept.join(' and ')} declares it, too`,
    'dedupe',
  );
}

/** Whether every configuration and user that gets the package from `other` has it from `one` anyway. */
function covers(one: Declared, other: Declared): boolean {
  if (one.conditional || one.set !== other.set || one.names[0] !== other.names[0]) return false;
  if (!isPlain(one) || !isPlain(other) || !installed.test(one.list) || !installed.test(other.list)) return false;
  const reaches = one.source === other.source || other.source.hosts.every((host) => one.source.hosts.includes(host));
  const isKnown = one.source === other.source || other.source.hosts.length > 0;
  return isKnown && reaches && (one.list === other.list || one.list === 'environment.systemPackages');
}

/** Whether an element is the name of its package, and not a call. */
function isPlain({ node }: Declared): boolean {
  return node.kind === 'identifier' || node.kind === 'select' || node.kind === 'string';
}

export function movePackage(tree: SourceTree, name: string, to: 'user' | 'system', limits: Limits): Plan | Refusal {
  const from = editable(tree, name, { ...limits, scope: to === 'user' ? 'system' : 'user', file: null });
  if (isRefusal(from)) return from;
  const [one, ...more] = from;
  if (one === undefined || more.length > 0) {
    return refuse(`${name} is declared ${from.length} times`, `change dedupe ${name}`, ...from.map(placeOf));
  }
  if (!isPlain(one) || one.set !== null) return refuse(`${placeOf(one)} is not a plain name of pkgs`);
  if (one.conditional) return refuse(`a condition decides about ${placeOf(one)}`);
  const hosts = hostsOf([one.source]);
  const same = tree.files.filter((source) => hosts === null || sameHosts(source.hosts, one.source.hosts));
  const added = addPackage({ ...tree, files: same }, name, { ...limits, scope: to }, null);
  if (isRefusal(added)) return refuse(`no list for ${to} of the same configurations: ${added.refused}`, ...added.next);
  const removed = removals(from, name);
  if (isRefusal(removed)) return removed;
  const effects = [...removed.effects, ...added.claim.packages];
  const [target] = added.claim.packages;
  const text = `moves ${name} from ${one.list} to ${target?.option}`;
  return plan([...removed.edits, ...added.edits], effects, added.claim.hosts === null ? null : hosts, text, 'replace');
}

const sameHosts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((host) => b.includes(host));

export function replacePackage(tree: SourceTree, old: string, next: string, limits: Limits): Plan | Refusal {
  const found = editable(tree, old, limits);
  if (isRefusal(found)) return found;
  const edits: FileEdit[] = [];
  for (const one of found) {
    const { tree: source } = one.source;
    const text = nodeText(source, one.node);
    const attribute = one.names[0] ?? old;
    const list = one.source.packages.lists.find(({ node }) => node === one.source.parentOf(one.node));
    const spelled = list === undefined ? null : spellPackage(one.source, list, next);
    const isSpelled = list !== undefined && text.replaceAll('"', '').replace(/^pkgs\./, '') === attribute;
    if (!isPlain(one) || one.set !== null || spelled === null || !isSpelled) {
      return refuse(`${placeOf(one)} is not a plain name of pkgs`, `edit ${placeOf(one)} by hand`);
    }
    const own = text.startsWith('pkgs.') && !spelled.startsWith('pkgs.') ? `pkgs.${spelled}` : spelled;
    edits.push({
      file: one.source.file,
      start: nodeStart(source, one.node),
      end: nodeEnd(source, one.node),
      text: own,
    });
  }
  const effects = found.flatMap((one): PackageEffect[] => [
    { change: 'removed', package: old, ...effectPlace(one) },
    { change: 'added', package: next, ...effectPlace(one) },
  ]);
  return plan(edits, effects, hostsOf(found.map(({ source }) => source)), `replaces ${old} by ${next}`, 'replace');
}

function effectPlace(one: Declared | DeclaredList): Omit<PackageEffect, 'change' | 'package'> {
  return { option: one.list, file: one.source.file, line: one.line, conditional: one.conditional };
}

/** The line of the text that an edit inserts. */
function lineOf({ tree }: NixFile, { start, text }: FileEdit): number {
  return tree.text.slice(0, start).split('\n').length + (/^\r?\n/.test(text) ? 1 : 0);
}

function plan(
  edits: readonly FileEdit[],
  packages: readonly PackageEffect[],
  hosts: readonly string[] | null,
  text: string,
  kind: Claim['kind'] = 'effects',
): Plan {
  return { edits, claim: { kind, text, packages, options: [], hosts } };
}
