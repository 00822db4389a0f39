import { literalText, referencePath, staticName } from './declarations/scope.ts';
import { lineCounter } from './line-counter.ts';
import { childAt, nodeText, type SyntaxNode, type SyntaxTree, tokenStart } from './syntax.ts';

/** An attribute path with a value in a module: possibly the definition of an option. */
export interface Definition {
  /** Names from the module's root, wrappers such as `config` and `home-manager.users.<name>` included. */
  path: readonly string[];
  /** From 1: the line of the attribute path. */
  line: number;
  /** The names of the attributes around that module: `outputs`, `nixosConfigurations`, `laptop`. */
  within: readonly string[];
  /** `set`: an attribute set, whose bindings are definitions of their own; `value`: any other value. */
  kind: 'set' | 'value';
  /** The binding; a name of an `inherit`. */
  node: SyntaxNode;
  /** The attribute of a value that is plainly a package: `postgresql_16` of `pkgs.postgresql_16`. */
  attribute?: string;
}

/** An option that a module declares with `mkOption` or the like; texts as written in the source. */
export interface OptionSource {
  path: readonly string[];
  line: number;
  type: string | null;
  default: string | null;
  example: string | null;
  description: string | null;
  readOnly: boolean;
}

/**
 * A name in any list, or a name inherited from `pkgs`, without a leading `pkgs.`: `ripgrep`, `kdePackages.okular`.
 */
export interface ListElement {
  name: string;
  line: number;
}

/** A list that is written as the value of an attribute, or as a part of it (`a ++ [ b ]`). */
export interface WrittenList {
  /** The path as in `Definition`. */
  path: readonly string[];
  /** From 1: the lines of its brackets, and that of its last element. */
  first: number;
  lastElement: number;
  last: number;
}

/** A path literal. */
export interface PathLiteral {
  /** As written: `./hosts/laptop`, `./hosts/${name}`. */
  path: string;
  /** The names of the attributes and local names around it. */
  within: readonly string[];
}

export interface FileDefinitions {
  definitions: readonly Definition[];
  options: readonly OptionSource[];
  elements: readonly ListElement[];
  lists: readonly WrittenList[];
  paths: readonly PathLiteral[];
}

/** Functions that return the attribute set in their last argument. */
const passing =
  /^(mkIf|mkMerge|mkForce|mkDefault|mkOverride|mkBefore|mkAfter|mkOrder|mkVMOverride|optionalAttrs|recursiveUpdate)$/;
const declaring = /^(mkOption|mkEnableOption|mkPackageOption)$/;

/** Deeper than any configuration. */
const deepest = 400;

/**
 * The option definitions and declarations in a file, wherever it contains a module: as the file itself, in
 * `modules = [ … ]`, as an argument. A computed attribute name is `${…}`.
 */
export function definitionsIn(tree: SyntaxTree): FileDefinitions {
  const definitions: Definition[] = [];
  const options: OptionSource[] = [];
  const elements: ListElement[] = [];
  const lists: WrittenList[] = [];
  const paths: PathLiteral[] = [];
  const lineOf = lineCounter(tree);

  /** @param path null: not the value of an attribute, so that an attribute set there may be a module */
  const walk = (node: SyntaxNode, path: readonly string[] | null, within: readonly string[], depth: number): void => {
    if (depth > deepest) return;
    const { children } = node;
    const last = children.at(-1);
    switch (node.kind) {
      case 'root':
      case 'parenthesis':
      case 'lambda':
      case 'with':
      case 'assert':
        if (node.kind === 'with' || node.kind === 'assert')
          walk(childAt(node, 0), null, outside(path, within), depth + 1);
        if (last !== undefined) walk(last, path, within, depth + 1);
        return;
      case 'let':
        for (const binding of children.slice(0, -1)) walkBinding(binding, null, [...within, localName(binding)], depth);
        if (last !== undefined) walk(last, path, within, depth + 1);
        return;
      case 'if':
        for (const [index, child] of children.entries()) walk(child, index === 0 ? null : path, within, depth + 1);
        return;
      case 'binary':
        for (const child of children) walk(child, path, within, depth + 1);
        return;
      case 'attrset':
      case 'rec-attrset':
        for (const child of children) walkBinding(child, path ?? [], within, depth);
        return;
      case 'list':
        if (path !== null && path.length > 0) lists.push(writtenList(node, path));
        for (const child of children) {
          const name = referencePath(tree, child);
          if (name !== undefined)
            elements.push({ name: (name[0] === 'pkgs' ? name.slice(1) : name).join('.'), line: lineOf(child) });
          else walk(child, null, outside(path, within), depth + 1);
        }
        return;
      case 'apply':
        walkApplied(node, path, within, depth);
        return;
      case 'path':
        paths.push({ path: nodeText(tree, node), within: outside(path, within) });
        return;
      default:
        for (const child of children) walk(child, null, outside(path, within), depth + 1);
    }
  };

  const localName = ({ children: [names] }: SyntaxNode): string => (names === undefined ? '' : nodeText(tree, names));

  const writtenList = (node: SyntaxNode, path: readonly string[]): WrittenList => {
    const first = lineOf(node);
    const last = node.children.at(-1);
    const end = tokenStart(tree, node.last - 1);
    return {
      path,
      first,
      lastElement: last === undefined ? first : lineOf.atOffset(tokenStart(tree, last.last - 1)),
      last: lineOf.atOffset(end),
    };
  };

  const walkApplied = (
    node: SyntaxNode,
    path: readonly string[] | null,
    within: readonly string[],
    depth: number,
  ): void => {
    const head = childAt(node, 0);
    const args = node.children.slice(1);
    const name = referencePath(tree, head)?.at(-1) ?? '';
    if (passing.test(name)) {
      for (const [index, argument] of args.entries()) {
        const handedOn = index === args.length - 1 || name === 'recursiveUpdate';
        // The parts of `mkMerge [ { … } ]` are at the same path.
        const parts = handedOn && argument.kind === 'list' ? argument.children : [argument];
        for (const part of parts)
          walk(part, handedOn ? path : null, handedOn ? within : outside(path, within), depth + 1);
      }
      return;
    }
    const around = outside(path, within);
    walk(head, null, around, depth + 1);
    for (const argument of args) walk(argument, null, around, depth + 1);
  };

  const walkBinding = (
    node: SyntaxNode,
    path: readonly string[] | null,
    within: readonly string[],
    depth: number,
  ): void => {
    if (node.kind === 'inherit') {
      const [first, ...rest] = node.children;
      const from = first?.kind === 'inherit-from' ? first : undefined;
      const names = from === undefined ? node.children : rest;
      // `attrValues { inherit (pkgs) ripgrep fd; }` is a list of packages.
      const set = from?.children[0] && referencePath(tree, from.children[0]);
      if (set?.[0] === 'pkgs') {
        for (const name of names)
          elements.push({ name: [...set.slice(1), staticName(tree, name)].join('.'), line: lineOf(name) });
      }
      if (path === null) return;
      for (const name of names)
        definitions.push({
          path: [...path, staticName(tree, name)],
          line: lineOf(name),
          within,
          kind: 'value',
          node: name,
        });
      return;
    }
    const [names, value] = node.children;
    if (node.kind !== 'binding' || names === undefined || value === undefined) return;
    const own = path === null ? null : [...path, ...names.children.map((name) => staticName(tree, name))];
    if (own !== null) {
      const declared = optionSource(value, own, lineOf(names));
      if (declared !== null) {
        options.push(declared);
        return;
      }
      const attribute = attributeOf(tree, value);
      definitions.push({
        path: own,
        line: lineOf(names),
        within,
        kind: isSet(value) ? 'set' : 'value',
        node,
        ...(attribute === null ? {} : { attribute }),
      });
    }
    walk(value, own, within, depth + 1);
  };

  /** `mkOption { … }`, `lib.mkEnableOption "…" // { default = true; }`. */
  const optionSource = (node: SyntaxNode, path: readonly string[], line: number): OptionSource | null => {
    if (node.kind === 'parenthesis') return optionSource(childAt(node, 0), path, line);
    if (node.kind === 'binary') {
      const left = optionSource(childAt(node, 0), path, line);
      return left === null ? null : { ...left, ...fields(childAt(node, 1)) };
    }
    if (node.kind !== 'apply') return null;
    const head = childAt(node, 0);
    const args = node.children.slice(1);
    const name = referencePath(tree, head)?.at(-1) ?? '';
    if (!declaring.test(name)) return null;
    const found = { path, line, type: null, default: null, example: null, description: null, readOnly: false };
    if (name === 'mkOption') return { ...found, ...(args[0] === undefined ? {} : fields(args[0])) };
    const phrase = args.map((argument) => literalText(tree, argument)).find((text) => text !== undefined) ?? null;
    return name === 'mkEnableOption'
      ? { ...found, type: 'boolean', default: 'false', description: phrase && `Whether to enable ${phrase}.` }
      : { ...found, type: 'package', description: phrase && `The ${phrase} package to use.` };
  };

  const fields = (node: SyntaxNode): Partial<OptionSource> => {
    const found: { -readonly [Key in keyof OptionSource]?: OptionSource[Key] } = {};
    for (const binding of node.children) {
      const [names, value] = binding.children;
      if (binding.kind !== 'binding' || names?.children.length !== 1 || value === undefined) continue;
      const name = nodeText(tree, names);
      if (name === 'description') found.description = literalText(tree, value) ?? indentedText(value);
      else if (name === 'type' || name === 'default' || name === 'example') found[name] = nodeText(tree, value);
      else if (name === 'readOnly') found.readOnly = nodeText(tree, value) === 'true';
      else if (name === 'defaultText') found.default = literalText(tree, value) ?? nodeText(tree, value);
    }
    return found;
  };

  const indentedText = (node: SyntaxNode): string | null =>
    node.kind === 'indented-string' && node.children.length === 0
      ? nodeText(tree, node)
          .slice(2, -2)
          .replace(/''(['$])/g, '$1')
      : null;

  walk(tree.root, null, [], 0);
  return { definitions, options, elements, lists, paths };
}

/** The names around a module that is not the value of an attribute but in a list or an argument. */
function outside(path: readonly string[] | null, within: readonly string[]): readonly string[] {
  return path === null ? within : [...within, ...path];
}

/** `zsh` of `pkgs.zsh`, also inside `mkForce` and the like; null for any other value. */
function attributeOf(tree: SyntaxTree, value: SyntaxNode): string | null {
  const last = value.children.at(-1);
  if (value.kind === 'parenthesis' && last !== undefined) return attributeOf(tree, last);
  if (value.kind === 'apply' && last !== undefined) {
    const name = referencePath(tree, childAt(value, 0))?.at(-1) ?? '';
    return passing.test(name) ? attributeOf(tree, last) : null;
  }
  const [set, ...names] = referencePath(tree, value) ?? [];
  return set === 'pkgs' && names.length > 0 ? names.join('.') : null;
}

/** Whether a value is an attribute set with its bindings in the text, possibly inside functions that return it. */
function isSet(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'attrset':
    case 'rec-attrset':
      return true;
    case 'parenthesis':
    case 'apply':
    case 'lambda':
    case 'with':
    case 'let': {
      const last = node.children.at(-1);
      return last !== undefined && isSet(last);
    }
    default:
      return false;
  }
}
