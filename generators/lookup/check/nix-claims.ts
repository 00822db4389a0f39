import { declarations } from '../../lang/nix/declarations/declarations.ts';
import { optionPath } from '../../lang/nix/declarations/package-lists.ts';
import { referencePath } from '../../lang/nix/declarations/scope.ts';
import { definitionsIn } from '../../lang/nix/definitions.ts';
import { lineCounter } from '../../lang/nix/line-counter.ts';
import { parse } from '../../lang/nix/parse.ts';
import type { SyntaxNode, SyntaxTree } from '../../lang/nix/syntax.ts';

/** What a piece of Nix text says to exist. */
export interface NixClaims {
  options: Claimed[];
  /** Attribute paths below `pkgs`. */
  packages: Claimed[];
  /** Relative paths, as written: `./modules/desktop.nix`. */
  paths: Claimed[];
}

interface Claimed {
  names: readonly string[];
  /** From 1, in the text. */
  line: number;
}

/** The options, packages and files that a snippet of Nix names: a module, its bindings alone, or an expression. */
export function nixClaims(text: string): NixClaims {
  const tree = snippet(text);
  const { definitions, paths } = definitionsIn(tree);
  const lineOf = lineCounter(tree);
  const packages: Claimed[] = [];
  const visit = (node: SyntaxNode): void => {
    const [set, ...names] = node.kind === 'select' ? (referencePath(tree, node) ?? []) : [];
    if (set === 'pkgs') packages.push({ names, line: lineOf(node) });
    else for (const child of node.children) visit(child);
  };
  visit(tree.root);
  for (const { kind, name, set, line } of declarations(tree).declarations) {
    if (kind === 'package' && set === null) packages.push({ names: name.split('.'), line });
  }
  return {
    options: definitions.map(({ path, line }) => ({ names: optionPath(path), line })),
    packages,
    paths: paths.map(({ path }) => ({ names: [path], line: lineOfText(text, path) })),
  };
}

/** The tree of a snippet; bindings without braces are read as an attribute set. */
function snippet(text: string): SyntaxTree {
  const whole = text.replace(/^\s*(?:\.\.\.|…)\s*;?\s*$/gm, '');
  const tree = parse(whole);
  if (tree.problems.length === 0) return tree;
  const wrapped = parse(`{${whole}\n}`);
  return wrapped.problems.length < tree.problems.length ? wrapped : tree;
}

function lineOfText(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length;
}
