import { lineCounter } from '../line-counter.ts';
import { childAt, nodeText, type SyntaxNode, type SyntaxTree, tokenStart, tokenText } from '../syntax.ts';
import { firstSignificant, TokenKind } from '../token-kind.ts';
import { type OwnComments, placeComments } from './comment-owners.ts';
import { commentedEntries, entryComments } from './comments.ts';
import type { CommentedEntry, Declaration, FileDeclarations } from './declaration.ts';
import { fileName, roughName, wrapperName } from './given-name.ts';
import { optionPath, packageList } from './package-lists.ts';
import { type PackageName, packageName } from './package-name.ts';
import {
  boundName,
  literalText,
  lookUp,
  openedSet,
  referencePath,
  type Scope,
  staticName,
  withBindings,
} from './scope.ts';

/** Deeper than any configuration: what lies below is not read. */
const maxDepth = 250;

/** Functions that hand on their last argument, with a condition in the first where `condition` says so. */
const passing: ReadonlyMap<string, { condition: boolean }> = new Map([
  ['mkIf', { condition: true }],
  ['optionals', { condition: true }],
  ['optional', { condition: true }],
  ['optionalAttrs', { condition: true }],
  ['mkForce', { condition: false }],
  ['mkDefault', { condition: false }],
  ['mkBefore', { condition: false }],
  ['mkAfter', { condition: false }],
  ['mkOverride', { condition: false }],
  ['mkOrder', { condition: false }],
  ['mkVMOverride', { condition: false }],
  ['mkMerge', { condition: false }],
  ['concatLists', { condition: false }],
  ['flatten', { condition: false }],
  ['unique', { condition: false }],
  ['filter', { condition: false }],
  ['map', { condition: false }],
  ['attrValues', { condition: false }],
]);

/** Functions that change a package's priority or output and nothing else. */
const transparent = /^(hiPrio|lowPrio|setPrio|getBin|getLib|getDev|getOutput|dontDistribute|addMetaAttrs)$/;
const overriding =
  /^(override|overrideAttrs|overrideDerivation|overridePythonAttrs|withPlugins|withExtensions|combine)$/;
const libraries = /^(withPackages|buildEnv)$/;

interface Context {
  scope: Scope | null;
  depth: number;
  condition: string | null;
  /** Strings are names of packages here: `attrVals [ "a" ] pkgs`. */
  strings?: boolean;
}

/** What belongs to an entry by where it stands. */
interface Place {
  list: string;
  condition: string | null;
  comment: string | null;
  section: string | null;
}

/**
 * What a file declares: the packages in its lists (`environment.systemPackages`, `home.packages`, …) and the
 * options that it enables, in the order of the text. Read off the syntax: what a name is bound to in the same file
 * is followed, other files are not. See `Declaration`.
 */
export function declarations(tree: SyntaxTree): FileDeclarations {
  const found: Declaration[] = [];
  const commented: CommentedEntry[] = [];
  let unknown = 0;
  const lineOf = lineCounter(tree);

  const deeper = (context: Context, change: Partial<Context> = {}): Context => ({
    ...context,
    ...change,
    depth: context.depth + 1,
  });
  const given = (context: Context, condition: SyntaxNode | undefined, negated = false): string | null => {
    if (condition === undefined) return context.condition;
    const own = `${negated ? '!' : ''}${conditionText(tree, condition)}`;
    return context.condition === null ? own : `${context.condition} && ${own}`.slice(0, 160);
  };

  /** Goes through `(…)`, `let`, `with`, `assert` and functions to what they give. */
  const inner = (node: SyntaxNode, context: Context): { node: SyntaxNode; context: Context } | undefined => {
    const { children } = node;
    switch (node.kind) {
      case 'root':
      case 'parenthesis':
      case 'assert':
        return { node: childAt(node, node.kind === 'assert' ? -1 : 0), context: deeper(context) };
      case 'let':
        return {
          node: childAt(node, -1),
          context: deeper(context, { scope: withBindings(tree, context.scope, children.slice(0, -1)) }),
        };
      case 'with': {
        const opened = referencePath(tree, childAt(node, 0)) ?? [];
        const resolved = resolveSet(opened, context);
        return {
          node: childAt(node, -1),
          context: deeper(context, { scope: { outer: context.scope, bound: null, opened: resolved } }),
        };
      }
      case 'lambda': {
        const [parameter] = children;
        const opened = parameter?.kind === 'identifier' ? nodeText(tree, parameter) : null;
        const bound = opened === null || opened === 'pkgs' ? null : new Map<string, null>([[opened, null]]);
        return {
          node: childAt(node, -1),
          context: deeper(context, { scope: { outer: context.scope, bound, opened: null } }),
        };
      }
      default:
        return undefined;
    }
  };

  /** `p: with p; …` opens the package set under another name. */
  const resolveSet = (opened: readonly string[], context: Context): readonly string[] => {
    const [root, ...rest] = opened;
    if (root === undefined) return opened;
    const bound = lookUp(context.scope, root);
    if (bound === undefined) return opened;
    if (bound.value === null) return rest;
    const path = referencePath(tree, bound.value);
    return path === undefined ? opened : [...path, ...rest];
  };

  const add = (node: SyntaxNode, place: Place, name: PackageName, more: Partial<Declaration> = {}): undefined => {
    const form = more.form ?? 'plain';
    found.push({
      name: name.name,
      kind: 'package',
      form,
      shape: form === 'plain' ? 0 : shapeOf(tree, node),
      set: name.set,
      of: null,
      list: place.list,
      line: lineOf(node),
      comment: place.comment,
      section: place.section,
      condition: place.condition,
      ...more,
    });
  };

  /** Everything that a list-valued expression adds to `list`. */
  const collect = (node: SyntaxNode, list: string, context: Context): undefined => {
    if (context.depth > maxDepth) return;
    const step = inner(node, context);
    if (step !== undefined) return collect(step.node, list, step.context);
    const { children } = node;
    switch (node.kind) {
      case 'list':
        return collectElements(node, children, list, context, (child, place) => element(child, place, context));
      case 'binary':
        for (const child of children) collect(child, list, deeper(context));
        return;
      case 'if':
        collect(childAt(node, 1), list, deeper(context, { condition: given(context, children[0]) }));
        collect(childAt(node, 2), list, deeper(context, { condition: given(context, children[0], true) }));
        return;
      case 'attrset':
      case 'rec-attrset':
        return collectValues(node, list, context);
      case 'identifier':
      case 'select': {
        const target = resolve(node, context);
        if (target !== undefined)
          return collect(target.node, list, deeper(context, { scope: target.scope, depth: context.depth + 10 }));
        unknown += 1;
        return;
      }
      case 'apply':
        return collectApplied(node, list, context);
      default:
        return;
    }
  };

  const collectApplied = (node: SyntaxNode, list: string, context: Context): undefined => {
    const head = childAt(node, 0);
    const args = node.children.slice(1);
    const path = referencePath(tree, head);
    const name = path?.at(-1) ?? '';
    const passed = passing.get(name);
    const last = args.at(-1);
    if (last === undefined) return;
    if (passed !== undefined) {
      const condition = passed.condition && args.length > 1 ? given(context, args[0]) : context.condition;
      const next = deeper(context, name === 'map' ? { condition, strings: true } : { condition });
      const isElement = name === 'optional';
      if (name === 'mkMerge' || name === 'concatLists') return collectNested(last, list, next);
      if (isElement) return element(last, { list, condition, comment: null, section: null }, next);
      return collect(last, list, next);
    }
    if (name === 'attrVals') {
      const names = args[0]?.kind === 'list' ? args[0] : undefined;
      if (names !== undefined)
        return collectElements(names, names.children, list, context, (child, place) =>
          element(child, place, { ...context, strings: true }),
        );
    }
    const target = resolve(head, context);
    if (target !== undefined)
      return collect(target.node, list, deeper(context, { scope: target.scope, depth: context.depth + 10 }));
    const listArguments = args.filter((argument) => isListLike(argument));
    if (listArguments.length === 0) unknown += 1;
    for (const argument of listArguments) collect(argument, list, deeper(context));
  };

  /** A list of lists. */
  const collectNested = (node: SyntaxNode, list: string, context: Context): undefined => {
    const step = inner(node, context);
    if (step !== undefined) return collectNested(step.node, list, step.context);
    if (node.kind === 'list') for (const child of node.children) collect(child, list, deeper(context));
    else collect(node, list, context);
  };

  /** `attrValues { inherit (pkgs) a b; c = pkgs.d; }` */
  const collectValues = (node: SyntaxNode, list: string, context: Context): undefined => {
    collectElements(node, node.children, list, context, (child, place) => {
      if (child.kind === 'binding' && child.children[1] !== undefined)
        return element(child.children[1], place, context);
      if (child.kind !== 'inherit') return;
      const [source, ...rest] = child.children;
      const from = source?.kind === 'inherit-from' ? source.children[0] : undefined;
      const path = from === undefined ? [] : (referencePath(tree, from) ?? []);
      const children = from === undefined ? child.children : rest;
      collectElements(child, children, list, context, (name, own) => {
        const reference = packageName([...resolveSet(path, context), staticName(tree, name)]);
        if (reference !== undefined)
          add(
            name,
            children.length === 1
              ? { ...own, comment: own.comment ?? place.comment, section: own.section ?? place.section }
              : { ...own, section: own.section ?? place.comment ?? place.section },
            reference,
          );
      });
    });
  };

  /** Gives each entry its comments, and notes the entries that are commented out. */
  const collectElements = (
    node: SyntaxNode,
    children: readonly SyntaxNode[],
    list: string,
    context: Context,
    visit: (child: SyntaxNode, place: Place) => void,
  ): undefined => {
    const comments = entryComments(tree, children, node.first + 1, node.last);
    const places = placeComments(
      children.map((child) => roughName(tree, child)),
      comments,
    );
    for (const [index, child] of children.entries()) {
      visit(child, { list, condition: context.condition, ...(places[index] ?? noComments) });
    }
    for (const { reference, comment, token } of commentedEntries(tree, children, node)) {
      const name = packageName(reference, openedSet(context.scope))?.name;
      if (name === undefined) continue;
      commented.push({ name, list, line: lineOf.atOffset(tokenStart(tree, token)), comment });
    }
  };

  /** One element of a list: a package, however it is written. */
  const element = (node: SyntaxNode, place: Place, context: Context): undefined => {
    if (context.depth > maxDepth) return;
    if (node.kind !== 'lambda') {
      const step = inner(node, context);
      if (step !== undefined) return element(step.node, place, step.context);
    }
    switch (node.kind) {
      case 'identifier':
      case 'select': {
        const target = resolve(node, context);
        if (target !== undefined) return elementOf(node, target, place, context);
        const reference = referenceOf(node, context);
        // `cfg.package` is an option's own package: the option is what was chosen.
        if (reference === undefined) unknown += /^(?:cfg|config)$/.test(referencePath(tree, node)?.[0] ?? '') ? 0 : 1;
        else add(node, place, reference);
        return;
      }
      case 'apply':
        return applied(node, place, context);
      case 'list':
        return collect(node, place.list, context);
      case 'if': {
        const condition = childAt(node, 0);
        element(childAt(node, 1), { ...place, condition: given(context, condition) }, deeper(context));
        element(childAt(node, 2), { ...place, condition: given(context, condition, true) }, deeper(context));
        return;
      }
      case 'attrset': {
        const plugin = node.children.find(
          (child) => child.kind === 'binding' && nodeText(tree, childAt(child, 0)) === 'plugin',
        );
        if (plugin?.children[1] !== undefined) element(plugin.children[1], place, deeper(context));
        return;
      }
      case 'string': {
        const text = literalText(tree, node);
        if (context.strings === true && text !== undefined && /^[A-Za-z_][\w.+-]*$/.test(text))
          add(node, place, { name: text, set: null });
        return;
      }
      default:
        unknown += 1;
    }
  };

  const referenceOf = (node: SyntaxNode, context: Context): PackageName | undefined => {
    const path = referencePath(tree, node);
    if (path === undefined) return undefined;
    if (path.length === 1) return packageName(path, openedSet(context.scope));
    const [root = '', ...rest] = path;
    const bound = lookUp(context.scope, root);
    if (bound === undefined) {
      const opened = openedSet(context.scope);
      const isInSet = opened.length > 0 && !/^(pkgs|inputs|self|config|lib|nixpkgs)/.test(root);
      return packageName(path, isInSet && opened.length === 1 && opened[0] === 'pkgs' ? opened : []);
    }
    if (bound.value === null)
      return packageName(/^p$|^ps$|pkgs|^super$|^prev$|^final$|^self$/i.test(root) ? ['pkgs', ...rest] : path);
    const value = referencePath(tree, bound.value);
    // `unstable = import inputs.unstable { … }`: the name stands for a package set.
    return value === undefined ? { name: rest.join('.'), set: root } : packageName([...value, ...rest]);
  };

  /** A name bound in this file: what it is bound to says what it is, the name itself if that says nothing. */
  const elementOf = (
    node: SyntaxNode,
    target: { node: SyntaxNode; scope: Scope },
    place: Place,
    context: Context,
  ): undefined => {
    if (context.depth > 60) return;
    const before = found.length;
    const unknownBefore = unknown;
    const here = { ...context, scope: target.scope, depth: context.depth + 10 };
    element(target.node, place, here);
    const own = referencePath(tree, node)?.at(-1) ?? '';
    if (found.length === before) {
      unknown = unknownBefore;
      add(node, place, { name: own, set: null }, { form: 'call-package', shape: shapeOf(tree, target.node) });
      return;
    }
    for (const declaration of found.slice(before)) {
      if (declaration.kind !== 'package') continue;
      declaration.line = lineOf(node);
      if (declaration.form === 'call-package') declaration.name = own;
    }
  };

  const applied = (node: SyntaxNode, place: Place, context: Context): undefined => {
    const head = childAt(node, 0);
    const args = node.children.slice(1);
    const path = referencePath(tree, head) ?? [];
    const last = path.at(-1) ?? '';
    const final = childAt(node, -1);
    if (passing.has(last) && !/^(map|filter|attrValues)$/.test(last)) return collectApplied(node, place.list, context);
    if (transparent.test(last)) return element(final, place, deeper(context));
    const isMethod = head.kind === 'select' && path.length > 1;
    if (isMethod && libraries.test(last) && final.kind !== 'attrset')
      return environment(node, head, final, place, context);
    if (isMethod && overriding.test(last)) return overridden(node, receiver(head), place, context);
    if (head.kind === 'select' && overriding.test(methodName(tree, head))) {
      // `(pkgs.x.override { }).overrideAttrs (…)`
      return overridden(node, receiver(head), place, context);
    }
    if (last === 'callPackage' || last === 'callPackages' || path.join('.') === 'import') {
      const named = args[0] === undefined ? undefined : fileName(tree, args[0]);
      if (named !== undefined) add(node, place, { name: named, set: null }, { form: 'call-package' });
      else unknown += 1;
      return;
    }
    const wrapperGiven = wrapperName(tree, args);
    if (wrapperGiven !== undefined) return add(node, place, { name: wrapperGiven, set: null }, { form: 'wrapper' });
    const target = head.kind === 'identifier' ? resolve(head, context) : undefined;
    if (target !== undefined && target.node.kind !== 'apply') {
      const body = lambdaBody(target.node);
      if (body.kind === 'apply') {
        const bodyName = wrapperName(tree, body.children.slice(1));
        if (bodyName !== undefined) return add(node, place, { name: bodyName, set: null }, { form: 'wrapper' });
      }
    }
    // A function of unknown meaning around a package: `wrap pkgs.x`.
    for (const argument of args) {
      const around = referencePath(tree, argument);
      const reference = around !== undefined && around.length > 1 ? referenceOf(argument, context) : undefined;
      if (reference !== undefined && around?.[0] !== 'config') return add(node, place, reference, { form: 'override' });
    }
    const reference = path.length > 0 && target === undefined ? referenceOf(head, context) : undefined;
    // What makes a package is none: `writeShellApplication { name = …; }` with a computed name.
    const makes = /^(?:write|mk|make|build|run|wrap|symlink|concat|fetch|to|from|call|import)(?:[A-Z]|$)/.test(last);
    const isCall = path.length > 1 || /^(?:lambda|attrset|list|parenthesis)$/.test(final.kind);
    if (reference !== undefined && !path.includes('lib') && !makes && isCall)
      return add(node, place, reference, { form: 'override' });
    unknown += 1;
  };

  const overridden = (node: SyntaxNode, base: SyntaxNode | string[], place: Place, context: Context): undefined => {
    const before = found.length;
    if (Array.isArray(base)) {
      const reference = pathReference(base, context);
      if (reference !== undefined) add(node, place, reference, { form: 'override' });
      else unknown += 1;
    } else {
      element(base, place, deeper(context));
    }
    for (const declaration of found.slice(before)) {
      if (declaration.kind === 'package') {
        declaration.form = declaration.form === 'plain' ? 'override' : declaration.form;
        declaration.shape = shapeOf(tree, node);
      }
    }
  };

  const pathReference = (path: readonly string[], context: Context): PackageName | undefined => {
    const [root = '', ...rest] = path;
    const bound = lookUp(context.scope, root);
    if (bound === undefined) return packageName(path, path.length === 1 ? openedSet(context.scope) : []);
    if (bound.value === null) return packageName(['pkgs', ...rest]);
    const value = referencePath(tree, bound.value);
    if (value === undefined) return rest.length === 0 ? { name: root, set: null } : { name: rest.join('.'), set: root };
    return packageName([...value, ...rest]);
  };

  /** What a method is called on: the path before its last name, or the expression. */
  const receiver = (head: SyntaxNode): SyntaxNode | string[] => {
    const path = referencePath(tree, head);
    if (path !== undefined && path.length > 1) return path.slice(0, -1);
    return childAt(head, 0);
  };

  /** `python3.withPackages (ps: [ ps.rich ])`: the interpreter, and each library. */
  const environment = (
    node: SyntaxNode,
    head: SyntaxNode,
    final: SyntaxNode,
    place: Place,
    context: Context,
  ): undefined => {
    const base = receiver(head);
    const reference = Array.isArray(base) ? pathReference(base, context) : undefined;
    if (reference === undefined) {
      unknown += 1;
      return;
    }
    add(node, place, reference, { form: 'environment', shape: 0 });
    const before = found.length;
    collect(final, place.list, deeper(context, { scope: { outer: context.scope, bound: null, opened: [] } }));
    for (const declaration of found.slice(before)) {
      declaration.kind = 'library';
      declaration.of = reference.name;
      declaration.name = declaration.name.replace(/^(ps|p|pp|py|python-?packages)\./i, '');
    }
  };

  /** The value that a name of this file stands for, and where that is read. */
  const resolve = (node: SyntaxNode, context: Context): { node: SyntaxNode; scope: Scope } | undefined => {
    const path = referencePath(tree, node);
    if (path === undefined) return undefined;
    const bound = lookUp(context.scope, path[0] ?? '');
    if (bound === undefined || bound.value === null) return undefined;
    let value: SyntaxNode | undefined = bound.value;
    for (const name of path.slice(1)) {
      if (value?.kind !== 'attrset' && value?.kind !== 'rec-attrset') return undefined;
      value = value.children.find((child) => child.kind === 'binding' && boundName(tree, child) === name)?.children[1];
    }
    if (value === undefined) return undefined;
    return { node: value, scope: bound.scope };
  };

  /** Everything that a module, or an expression holding modules, sets. */
  const walk = (node: SyntaxNode, path: readonly string[], context: Context, above: Above): undefined => {
    if (context.depth > maxDepth || !holdsDeclaration(node)) return;
    const step = inner(node, context);
    if (step !== undefined) {
      if (node.kind === 'let') {
        for (const binding of node.children.slice(0, -1)) {
          const value = binding.children[1];
          if (
            binding.kind === 'binding' &&
            value !== undefined &&
            /^(attrset|lambda|apply|let|with)$/.test(value.kind)
          ) {
            walk(value, [], step.context, noComment);
          }
        }
      }
      const isFileList = path.length === 0 && above.root && isListLike(step.node);
      if (isFileList && hasPackageSet(tree, node, step.context.scope))
        return collect(step.node, '<list>', step.context);
      return walk(step.node, path, step.context, above);
    }
    const { children } = node;
    switch (node.kind) {
      case 'attrset':
      case 'rec-attrset':
      case 'legacy-let': {
        const scoped =
          node.kind === 'attrset' ? context : deeper(context, { scope: withBindings(tree, context.scope, children) });
        const paths = children.map((child) =>
          child.kind === 'binding' ? (child.children[0]?.children ?? []).map((name) => staticName(tree, name)) : [],
        );
        const comments = placeComments(
          paths.map((names) => names.join('.')),
          entryComments(tree, children, node.first + 1, node.last),
          isOtherOption,
        );
        for (const [index, child] of children.entries()) {
          if (child.kind !== 'binding' || child.children[1] === undefined) continue;
          const own = comments[index] ?? noComments;
          bind([...path, ...(paths[index] ?? [])], child, scoped, { ...above, own, outer: above.own });
        }
        return;
      }
      case 'apply': {
        const head = referencePath(tree, childAt(node, 0))?.at(-1) ?? '';
        const passed = passing.get(head);
        const condition = passed?.condition === true ? given(context, children[1]) : context.condition;
        const keeps = passed !== undefined || /^(recursiveUpdate|mkMerge|mergeAttrs)$/.test(head);
        for (const child of children.slice(1)) {
          if (head === 'mkMerge' && child.kind === 'list') {
            for (const part of child.children) walk(part, path, deeper(context), { ...above, root: false });
          } else {
            walk(child, keeps ? path : [], deeper(context, { condition }), keeps ? above : noComment);
          }
        }
        return;
      }
      case 'binary':
        for (const child of children) walk(child, path, deeper(context), above);
        return;
      case 'if':
        walk(childAt(node, 1), path, deeper(context, { condition: given(context, children[0]) }), above);
        walk(childAt(node, 2), path, deeper(context, { condition: given(context, children[0], true) }), above);
        return;
      case 'list':
        for (const child of children) walk(child, [], deeper(context), noComment);
        return;
      default:
        return;
    }
  };

  const interesting = wordOffsets(tree.text);
  /** Whether a node's text has a word that a declaration needs: most of a file has none and is not walked. */
  const holdsDeclaration = (node: SyntaxNode): boolean => {
    const start = tokenStart(tree, node.first);
    let low = 0;
    let high = interesting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((interesting[middle] ?? Number.POSITIVE_INFINITY) < start) low = middle + 1;
      else high = middle;
    }
    return (interesting[low] ?? Number.POSITIVE_INFINITY) < tokenStart(tree, node.last);
  };

  const bind = (path: readonly string[], binding: SyntaxNode, context: Context, above: Above): undefined => {
    const value = childAt(binding, 1);
    if (path[0] === 'options') return;
    const list = packageList(path);
    if (list !== undefined) return collect(value, list, deeper(context));
    const last = path.at(-1);
    if (last === 'enable' || isEnabledWord(tree, value)) {
      const option = optionPath(last === 'enable' ? path.slice(0, -1) : path);
      if (option.length > 0 && !option.includes('settings') && !option.some((name) => name.includes('${'))) {
        enabled(option.join('.'), binding, value, context, above);
      }
      return;
    }
    walk(value, path, deeper(context), { own: above.own, outer: noComments, root: false });
  };

  const enabled = (name: string, binding: SyntaxNode, value: SyntaxNode, context: Context, above: Above): undefined => {
    const truth = truthOf(tree, value);
    if (truth === undefined) return;
    const condition = truth === true ? context.condition : given(context, truth);
    // `programs.git = { enable = true; }`: what stands over the set is said of git as well.
    const isInside = binding.children[0]?.children.length === 1;
    const { own, outer } = above;
    found.push({
      name,
      kind: 'option',
      form: 'plain',
      shape: 0,
      set: null,
      of: null,
      list: name,
      line: lineOf(binding),
      comment: own.comment ?? (isInside ? outer.comment : null),
      section: own.section ?? (isInside ? outer.section : null),
      condition,
    });
  };

  walk(tree.root, [], { scope: null, depth: 0, condition: null }, { ...noComment, root: true });
  return { declarations: found, commented, unknown, sound: tree.problems.length === 0 };
}

interface Above {
  /** Of the binding whose value is read. */
  own: OwnComments;
  /** Of the binding around that one. */
  outer: OwnComments;
  /** Still at the file's own value. */
  root: boolean;
}

const noComments: OwnComments = { comment: null, section: null };
const noComment: Above = { own: noComments, outer: noComments, root: false };

/** `virtualisation.docker.enable` and `programs.git.enable`: a comment over the first is not about the second. */
function isOtherOption(name: string, next: string): boolean {
  return name.includes('.') && name.split('.')[0] !== next.split('.')[0];
}

/** `true`, `mkDefault true`, `mkIf c true`: true or the condition; undefined for everything else. */
function truthOf(tree: SyntaxTree, value: SyntaxNode): true | SyntaxNode | undefined {
  if (value.kind === 'parenthesis') return truthOf(tree, childAt(value, 0));
  if (value.kind === 'identifier') return /^(true|enabled)$/.test(nodeText(tree, value)) ? true : undefined;
  if (value.kind !== 'apply') return undefined;
  const head = referencePath(tree, childAt(value, 0))?.at(-1) ?? '';
  const inner = truthOf(tree, childAt(value, -1));
  if (inner === undefined || !/^mk(Default|Force|If|Override)$/.test(head)) return undefined;
  return head === 'mkIf' ? childAt(value, 1) : inner;
}

/** `enabled`, `mkIf c enabled`: a name that configurations bind to `{ enable = true; }`. */
function isEnabledWord(tree: SyntaxTree, value: SyntaxNode): boolean {
  if (truthOf(tree, value) === undefined) return false;
  const last = value.kind === 'identifier' ? value : value.children.at(-1);
  if (last === undefined) return false;
  return last.kind === 'identifier' ? nodeText(tree, last) === 'enabled' : isEnabledWord(tree, last);
}

function methodName(tree: SyntaxTree, head: SyntaxNode): string {
  const name = head.children[1]?.children.at(-1);
  return name === undefined ? '' : staticName(tree, name);
}

function lambdaBody(node: SyntaxNode): SyntaxNode {
  let body = node;
  while (body.kind === 'lambda' || body.kind === 'let' || body.kind === 'parenthesis' || body.kind === 'with') {
    body = childAt(body, -1);
  }
  return body;
}

function isListLike(node: SyntaxNode): boolean {
  const body = node.kind === 'with' || node.kind === 'let' || node.kind === 'parenthesis' ? lambdaBody(node) : node;
  if (body.kind === 'list') return true;
  return body.kind === 'binary' && body.children.some((child) => isListLike(child));
}

/** Whether a list that is a file's whole value is one of packages: a function of `pkgs`, or `with pkgs`. */
function hasPackageSet(tree: SyntaxTree, node: SyntaxNode, scope: Scope | null): boolean {
  if (openedSet(scope)[0] === 'pkgs') return true;
  const parameter = node.kind === 'lambda' ? node.children[0] : undefined;
  return parameter !== undefined && /\bpkgs\b/.test(nodeText(tree, parameter));
}

/** A condition as one line, with `…` for what is in strings and for paths, links and long numbers. */
function conditionText(tree: SyntaxTree, node: SyntaxNode): string {
  let text = '';
  let nested = 0;
  for (let token = node.first; token < node.last && text.length < 120; token += 1) {
    const kind = tree.tokens.kinds[token];
    if (kind === TokenKind.StringOpen || kind === TokenKind.IndentedOpen) nested += 1;
    if (nested === 0) text += publicTokenText(tree, token);
    if (kind === TokenKind.StringClose || kind === TokenKind.IndentedClose) {
      nested -= 1;
      if (nested === 0) text += '"…"';
    }
  }
  return text.replace(/\s+/g, ' ').trim().slice(0, 120);
}

function publicTokenText(tree: SyntaxTree, token: number): string {
  const text = tokenText(tree, token);
  switch (tree.tokens.kinds[token]) {
    case TokenKind.LineComment:
    case TokenKind.BlockComment:
      return ' ';
    case TokenKind.Path:
    case TokenKind.PathText:
    case TokenKind.Uri:
      return '…';
    case TokenKind.Integer:
    case TokenKind.Float:
      return text.length > 3 ? '…' : text;
    default:
      return text;
  }
}

/** FNV-1a over the significant tokens. */
function shapeOf(tree: SyntaxTree, node: SyntaxNode): number {
  let hash = 0x811c9dc5;
  for (let token = node.first; token < node.last; token += 1) {
    if ((tree.tokens.kinds[token] ?? TokenKind.End) < firstSignificant) continue;
    const end = tokenStart(tree, token + 1);
    for (let at = tokenStart(tree, token); at < end; at += 1)
      hash = Math.imul(hash ^ tree.text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 10, 0x01000193);
  }
  return hash >>> 0 || 1;
}

function wordOffsets(text: string): number[] {
  return Array.from(
    text.matchAll(/[pP]ackages|fonts|enabled?\b|with\s+pkgs|pkgs[^[;]{0,200}:\s*(?:with|\[|let)/g),
    ({ index }) => index,
  );
}
