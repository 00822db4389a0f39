import { createHash } from 'node:crypto';
import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import { referencePath, staticName } from '../lang/nix/declarations/scope.ts';
import type { Definition } from '../lang/nix/definitions.ts';
import { spellOptionPath, splitOptionPath } from '../lang/nix/option-path.ts';
import { parse } from '../lang/nix/parse.ts';
import { childAt, nodeEnd, nodeStart, nodeText, type SyntaxNode } from '../lang/nix/syntax.ts';
import { hostsOf } from './declared-packages.ts';
import { insertAfter } from './insert-after.ts';
import { scopeOfDefinition, scopeOfOption } from './option-scope.ts';
import { type Limits, type Plan, type Refusal, refuse } from './plan.ts';
import type { NixFile, SourceTree } from './source-tree.ts';
import type { FileEdit } from './text-edit.ts';

interface Defined extends Definition {
  source: NixFile;
  /** The names of the option, without prefixes such as `config`. */
  names: readonly string[];
}

/**
 * Sets an option: changes its definition, or adds one beside its neighbours.
 *
 * @param value an expression in Nix notation
 */
export function setOption(tree: SourceTree, option: string, value: string, limits: Limits): Plan | Refusal {
  const names = splitOptionPath(option);
  const all = definitionsOf(tree);
  const scope = limits.scope ?? scopeOfOption(names);
  const isWanted = (one: Defined): boolean =>
    (limits.file === null || one.source.file === limits.file) &&
    (limits.host === null || one.source.hosts.length === 0 || one.source.hosts.includes(limits.host)) &&
    (scope === null || (scopeOfDefinition(tree, one.source, one) ?? scope) === scope);
  const same = all.filter((one) => isSame(one.names, names) && isWanted(one));
  if (same.length > 1) {
    const places = same.map(placeOf);
    return refuse(`${option} is set ${same.length} times`, ...places.map((place) => `--file for ${place}`));
  }
  const [definition] = same;
  if (definition !== undefined) return changeValue(definition, option, value, limits);
  // `programs = …` in another file says little about one program.
  const whole = all.find(
    (one) => one.kind === 'value' && one.names.length > 1 && isWanted(one) && isPrefix(one.names, names),
  );
  if (whole !== undefined) return refuse(`${spellOptionPath(whole.names)} is set as a whole at ${placeOf(whole)}`);
  return addDefinition(all.filter(isWanted), names, value, limits);
}

function definitionsOf(tree: SourceTree): Defined[] {
  return tree.files.flatMap((source) =>
    source.definitions.definitions.map((one) => ({ ...one, source, names: optionPath(one.path) })),
  );
}

const placeOf = ({ source, line }: Pick<Defined, 'source' | 'line'>): string => `${source.file}:${line}`;

const isPrefix = (short: readonly string[], long: readonly string[]): boolean =>
  short.length < long.length && short.every((name, index) => name === long[index]);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

function changeValue(definition: Defined, option: string, value: string, limits: Limits): Plan | Refusal {
  const { source, node } = definition;
  const refusal = notEditable(definition, limits);
  if (refusal !== null) return refusal;
  const [, whole] = node.children;
  if (node.kind !== 'binding' || whole === undefined) return refuse(`${placeOf(definition)} inherits it`);
  const inner = innerValue(source, whole);
  if (inner === null)
    return refuse(`its value at ${placeOf(definition)} is computed`, `edit ${placeOf(definition)} by hand`);
  const text = nodeText(source.tree, inner);
  if (text === value) return refuse(`${option} is already ${value} at ${placeOf(definition)}`);
  const needsParentheses = inner !== whole && !isSimple(value);
  const edit: FileEdit = {
    file: source.file,
    start: nodeStart(source.tree, inner),
    end: nodeEnd(source.tree, inner),
    text: needsParentheses ? `(${value})` : value,
  };
  return planOf(edit, source, option, value, definition.line);
}

function notEditable({ source, line }: Defined, { host }: Limits): Refusal | null {
  if (source.generated) return refuse(`${source.file} is generated`);
  const others = source.hosts.filter((other) => other !== host);
  if (host === null || (others.length === 0 && source.hosts.length > 0)) return null;
  const owners = others.length === 0 ? 'configurations that paths do not show' : others.join(', ');
  return refuse(
    `${source.file}:${line} belongs to ${owners}, too`,
    'a definition with lib.mkForce in a file of the host',
  );
}

const property = /^mk(?:Default|Force|If|Override|VMOverride)$/;

/** The literal of a value, inside `mkDefault` and the like; null where it is computed. */
function innerValue(source: NixFile, node: SyntaxNode): SyntaxNode | null {
  const { tree } = source;
  switch (node.kind) {
    case 'parenthesis':
      return innerValue(source, childAt(node, 0));
    case 'apply': {
      const name = referencePath(tree, childAt(node, 0))?.at(-1) ?? '';
      return property.test(name) ? innerValue(source, childAt(node, -1)) : null;
    }
    case 'identifier':
      return /^(?:true|false|null)$/.test(nodeText(tree, node)) ? node : null;
    case 'select':
      return referencePath(tree, node)?.[0] === 'pkgs' ? node : null;
    case 'string':
    case 'indented-string':
      return node.children.length === 0 ? node : null;
    case 'integer':
    case 'float':
    case 'path':
    case 'list':
      return node;
    default:
      return null;
  }
}

/** Whether an expression needs no parentheses as an argument. */
function isSimple(value: string): boolean {
  const [node] = parse(value).root.children;
  return node !== undefined && !/^(?:apply|binary|unary|lambda|let|with|if|assert|has-attribute)$/.test(node.kind);
}

/** Adds a definition behind the one with which the option shares most of its first names. */
function addDefinition(
  candidates: readonly Defined[],
  names: readonly string[],
  value: string,
  limits: Limits,
): Plan | Refusal {
  const places = candidates.flatMap((one) => {
    const found =
      notEditable(one, limits) === null && !isConditional(one.source, one.node) ? setAround(one, names) : null;
    const common = one.names.findIndex((name, index) => name !== names[index]);
    const shared = common < 0 ? one.names.length : common;
    return found === null || shared === 0 ? [] : [{ one, shared, ...found }];
  });
  const most = Math.max(0, ...places.map(({ shared }) => shared));
  const near = places.filter(({ shared }) => shared === most);
  const deepest = Math.max(0, ...near.map(({ depth }) => depth));
  const best = near.filter(({ depth }) => depth === deepest);
  const counts = new Map<NixFile, number>();
  for (const { one } of best) counts.set(one.source, (counts.get(one.source) ?? 0) + 1);
  const target = best.toSorted((a, b) => (counts.get(b.one.source) ?? 0) - (counts.get(a.one.source) ?? 0))[0];
  if (target === undefined) return refuse(`no file sets an option near ${spellOptionPath(names)}`, '--file FILE');
  const { one, set, relative } = target;
  const { source } = one;
  const clash = set.children.find((binding) => {
    const own = ownNames(source, binding);
    return own.length > 0 && isPrefix(own, relative) && !/^(?:rec-)?attrset$/.test(binding.children[1]?.kind ?? '');
  });
  if (clash !== undefined)
    return refuse(`${spellOptionPath(ownNames(source, clash))} is set as a whole in ${source.file}`);
  const siblings = best.filter((other) => other.set === set).map((other) => other.one.node);
  const before = siblingBefore(source, siblings, relative) ?? one.node;
  const edit = {
    file: source.file,
    ...insertAfter(source.tree, set, before, `${spellOptionPath(relative)} = ${value};`, null),
  };
  const line = source.tree.text.slice(0, edit.start).split('\n').length + (edit.text.includes('\n') ? 1 : 0);
  return planOf(edit, source, spellOptionPath(names), value, line);
}

/** The set in which a neighbour is defined, if the option can be defined there, and its names in that set. */
function setAround(
  { source, node, path, names: own }: Defined,
  names: readonly string[],
): { set: SyntaxNode; relative: readonly string[]; depth: number } | null {
  const set = source.parentOf(node);
  if (set === undefined || node.kind !== 'binding' || !/^(?:rec-)?attrset$/.test(set.kind)) return null;
  const inSet = path.length - ownNames(source, node).length;
  const wrapper = path.length - own.length;
  if (inSet < wrapper) return { set, relative: [...path.slice(inSet, wrapper), ...names], depth: 0 };
  const depth = inSet - wrapper;
  if (depth >= names.length || own.slice(0, depth).some((name, index) => name !== names[index])) return null;
  return { set, relative: names.slice(depth), depth };
}

function ownNames({ tree }: NixFile, binding: SyntaxNode): string[] {
  return binding.kind === 'binding' ? childAt(binding, 0).children.map((name) => staticName(tree, name)) : [];
}

/** Of sorted siblings the last one that comes before the new one; else the last. */
function siblingBefore(
  source: NixFile,
  siblings: readonly SyntaxNode[],
  names: readonly string[],
): SyntaxNode | undefined {
  const keys = siblings.map((node) => spellOptionPath(ownNames(source, node)));
  const isSorted = keys.length > 2 && keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= key);
  const index = isSorted ? keys.findLastIndex((key) => key <= spellOptionPath(names)) : -1;
  return siblings[index < 0 ? siblings.length - 1 : index];
}

/** Whether a condition decides about a definition. */
function isConditional({ tree, parentOf }: NixFile, node: SyntaxNode): boolean {
  for (let at = parentOf(node); at !== undefined; at = parentOf(at)) {
    if (at.kind === 'if') return true;
    if (at.kind === 'apply' && /^(?:mkIf|optionalAttrs)$/.test(referencePath(tree, childAt(at, 0))?.at(-1) ?? ''))
      return true;
  }
  return false;
}

function planOf(edit: FileEdit, source: NixFile, option: string, value: string, line: number): Plan {
  const effect = { option, value, hash: hashOf(value), file: edit.file, line };
  const claim = { kind: 'effects' as const, text: `sets ${option} to ${value}`, packages: [], options: [effect] };
  return { edits: [edit], claim: { ...claim, hosts: hostsOf([source]) } };
}

/** The hash of a boolean or an integer in `facts.nix`; other values may be merged or converted by their type. */
function hashOf(value: string): string | null {
  if (!/^(?:true|false|\d{1,15})$/.test(value)) return null;
  return createHash('sha256').update(value).digest('hex').slice(0, 16);
}
