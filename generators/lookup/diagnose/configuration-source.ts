import { basename, dirname, join } from 'node:path';
import { definitionsIn, type FileDefinitions } from '../../lang/nix/definitions.ts';
import { lineCounter } from '../../lang/nix/line-counter.ts';
import { splitOptionPath } from '../../lang/nix/option-path.ts';
import { parse } from '../../lang/nix/parse.ts';
import { type SyntaxNode, type SyntaxTree, tokenStart } from '../../lang/nix/syntax.ts';
import { TokenKind } from '../../lang/nix/token-kind.ts';
import type { Checkout } from './checkout.ts';
import { reachableFirst } from './reachable-files.ts';

/** A place in the user's configuration. */
export interface OwnPlace {
  file: string;
  line?: number;
  column?: number;
}

/** The definition of an option. */
export interface Defined {
  file: string;
  line: number;
  /** Its names, without what only says where the module is. */
  path: readonly string[];
  how: 'exact' | 'inside' | 'around';
  /** The first and last lines of everything that defines it or a part of it. */
  spans: readonly (readonly [number, number])[];
}

/** What the source text of a configuration says about names; every answer is a place in the user's files. */
export interface ConfigurationSource {
  /** The definition of an option in a file: of itself, else of something in it, else of a set around it. */
  definition(file: string, option: string): Defined | null;
  /** The definitions of an option, or of something in it, in all files. */
  definitions(option: string): OwnPlace[];
  /** The places where a name is written as an identifier or as a whole quoted text. */
  uses(name: string, files?: readonly string[]): OwnPlace[];
  /** The places of a text; `files` first. */
  text(text: string, files?: readonly string[]): OwnPlace[];
  /** The paths that are written in the files and mean this file. */
  references(wanted: string): OwnPlace[];
  /** The line of an element, from 1, of the first list at or after a line. */
  elementLine(file: string, line: number, element: number): number | null;
  tree(file: string): SyntaxTree | null;
}

/** Texts longer than this are not parsed. In UTF-16 units. */
const longest = 1_000_000;

export function configurationSource(checkout: Checkout): ConfigurationSource {
  const trees = new Map<string, SyntaxTree | null>();
  const tree = (file: string): SyntaxTree | null => {
    let found = trees.get(file);
    if (found === undefined) {
      const text = file.endsWith('.nix') ? checkout.read(file) : null;
      found = text === null || text.length > longest ? null : parse(text);
      trees.set(file, found);
    }
    return found;
  };
  const all = new Map<string, FileDefinitions['definitions']>();
  const definitionsOf = (file: string): FileDefinitions['definitions'] => {
    let found = all.get(file);
    if (found === undefined) {
      const parsed = tree(file);
      found = parsed === null ? [] : definitionsIn(parsed).definitions;
      all.set(file, found);
    }
    return found;
  };

  let ordered: readonly string[] | undefined;
  const files = (): readonly string[] => {
    ordered ??= reachableFirst(checkout.nixFiles(), (file) => {
      const parsed = tree(file);
      return parsed === null ? [] : tokensOf(parsed, [TokenKind.Path]).map(({ text }) => text);
    });
    return ordered;
  };

  const source: ConfigurationSource = {
    tree,
    definition(file, option) {
      const wanted = moduleNames(splitOptionPath(option));
      let best: (Omit<Defined, 'spans'> & { score: number }) | null = null;
      const parts: number[] = [];
      for (const { path, line, kind } of definitionsOf(file)) {
        const own = moduleNames(path);
        const common = commonLength(own, wanted);
        if (common === 0 || (common < own.length && common < wanted.length)) continue;
        const how = common < wanted.length ? 'around' : common < own.length ? 'inside' : 'exact';
        if (how !== 'around') parts.push(line);
        // A computed name matches anything, so a written one is preferred.
        const computed = own.filter((name) => name.startsWith('${')).length;
        const score =
          { exact: 3000, inside: 2000, around: 1000 }[how] +
          10 * common -
          computed -
          (how === 'inside' && kind === 'set' ? 1 : 0);
        if (best === null || score > best.score) best = { file, line, path: own, how, score };
      }
      if (best === null) return null;
      const { score: _, ...found } = best;
      return { ...found, spans: spansOf(tree(file), parts.length > 0 ? parts : [found.line]) };
    },
    definitions(option) {
      const last = splitOptionPath(option).at(-1) ?? '';
      return files().flatMap((file) => {
        if (checkout.read(file)?.includes(last) !== true) return [];
        const found = source.definition(file, option);
        return found === null || found.how === 'around' ? [] : [{ file, line: found.line }];
      });
    },
    uses(name, among = files()) {
      return among.flatMap((file) => {
        const text = checkout.read(file);
        const parsed = text?.includes(name) === true ? tree(file) : null;
        return parsed === null ? [] : usesIn(parsed, name).map((offset) => placeAt(file, parsed.text, offset));
      });
    },
    text(text, among = files()) {
      return among.flatMap((file) => {
        const content = checkout.read(file);
        const offset = content?.indexOf(text) ?? -1;
        return content === null || offset < 0 ? [] : [placeAt(file, content, offset)];
      });
    },
    references(wanted) {
      const name = basename(wanted === 'default.nix' ? '.' : wanted.replace(/\/default\.nix$/, ''));
      return files().flatMap((file) => {
        const parsed = checkout.read(file)?.includes(name) === true ? tree(file) : null;
        if (parsed === null) return [];
        return tokensOf(parsed, [TokenKind.Path])
          .filter(({ text }) => isPathOf(join(dirname(file), text), wanted))
          .map(({ offset }) => placeAt(file, parsed.text, offset));
      });
    },
    elementLine(file, line, element) {
      const parsed = tree(file);
      if (parsed === null) return null;
      const lineOf = lineCounter(parsed);
      const find = (node: SyntaxNode): SyntaxNode | null => {
        if (node.kind === 'list' && lineOf(node) >= line) return node;
        for (const child of node.children) {
          const found = find(child);
          if (found !== null) return found;
        }
        return null;
      };
      const found = find(parsed.root)?.children[element - 1];
      return found === undefined ? null : lineOf(found);
    },
  };
  return source;
}

const isPathOf = (path: string, wanted: string): boolean => path === wanted || `${path}/default.nix` === wanted;

/** The lines of the bindings that begin on these lines. */
function spansOf(tree: SyntaxTree | null, lines: readonly number[]): (readonly [number, number])[] {
  if (tree === null) return [];
  const lineOf = lineCounter(tree);
  const ends = new Map(lines.map((line) => [line, line]));
  const visit = (node: SyntaxNode): void => {
    const first = lineOf(node);
    const end = ends.get(first);
    if (node.kind === 'binding' && end !== undefined) {
      ends.set(first, Math.max(end, lineOf.atOffset(tokenStart(tree, node.last - 1))));
    }
    for (const child of node.children) visit(child);
  };
  visit(tree.root);
  return [...ends];
}

export function placeAt(file: string, text: string, offset: number): Required<OwnPlace> {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { file, line: before.split('\n').length, column: offset - start + 1 };
}

/** An option's names without what only says where a module is: `config`, `home-manager.users.<name>`. */
function moduleNames(path: readonly string[]): readonly string[] {
  const names = path[0] === 'config' ? path.slice(1) : path;
  if (names[0] === 'home-manager' && names[1] === 'users' && names.length > 3) return names.slice(3);
  return names;
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && sameName(a[length] ?? '', b[length] ?? '')) length += 1;
  return length;
}

const sameName = (a: string, b: string): boolean => a === b || a.startsWith('${');

/** Where a name is an identifier or the whole text of a string, as offsets. */
function usesIn(tree: SyntaxTree, name: string): number[] {
  return tokensOf(tree, [TokenKind.Identifier, TokenKind.StringText])
    .filter(({ text }) => text === name)
    .map(({ offset }) => offset);
}

function tokensOf({ text, tokens }: SyntaxTree, wanted: readonly TokenKind[]): { text: string; offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  for (const [index, kind] of tokens.kinds.entries()) {
    const offset = tokens.ends[index - 1] ?? 0;
    if (wanted.includes(kind)) found.push({ text: text.slice(offset, tokens.ends[index]), offset });
  }
  return found;
}
