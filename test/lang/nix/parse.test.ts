import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../generators/lang/nix/parse.ts';
import { print } from '../../../generators/lang/nix/print.ts';
import { nodeText, type SyntaxNode, type SyntaxTree } from '../../../generators/lang/nix/syntax.ts';
import { requiresClone, requiresUsableNix } from '../../requires.ts';
import { nixFiles, read } from './corpus.ts';
import { mutants } from './mutate.ts';
import { nixVerdicts } from './verdicts.ts';

/** `(binary (identifier a) (identifier b))`, leaves with their text. */
function outline(tree: SyntaxTree, node: SyntaxNode = tree.root): string {
  if (node.children.length === 0) return `(${node.kind} ${nodeText(tree, node)})`;
  return `(${node.kind} ${node.children.map((child) => outline(tree, child)).join(' ')})`;
}

test.each([
  ['a + b * c', '(root (binary (identifier a) (binary (identifier b) (binary'],
  ['a: b: c', '(root (lambda (identifier a) (lambda (identifier b) (identifier c))))'],
  ['f x.y z', '(root (apply (identifier f) (select (identifier x) (attrpath (identifier y))) (identifier z)))'],
  ['[ a or b ]', '(root (list (apply (identifier a) (identifier or)) (identifier b)))'],
  [
    '{ a ? 1, ... }@b: a',
    '(root (lambda (bound-formals (formals (formal (identifier a) (integer 1))) (identifier b)) (identifier a)))',
  ],
  ['{ }', '(root (attrset { }))'],
  ['{ }: 1', '(root (lambda (formals { }) (integer 1)))'],
  ['"a${b}c"', '(root (string (interpolation (identifier b))))'],
  ['./a/${b}/c.nix', '(root (path (interpolation (identifier b))))'],
  [
    'a ? b ? c',
    '(root (has-attribute (has-attribute (identifier a) (attrpath (identifier b))) (attrpath (identifier c))))',
  ],
  ['!a ? b', '(root (unary (has-attribute (identifier a) (attrpath (identifier b)))))'],
  ['a.b or c d', '(root (apply (select (identifier a) (attrpath (identifier b)) (identifier c)) (identifier d)))'],
  ["''a ''${b} ${c} '''d''", '(root (indented-string (interpolation (identifier c))))'],
  ['with a; [ b ]', '(root (with (identifier a) (list (identifier b))))'],
])('%s', (text, expected) => {
  const tree = parse(text);
  expect(tree.problems).toEqual([]);
  expect(outline(tree).startsWith(expected.replace(/ \(binary$/, ''))).toBe(true);
});

describe('broken text', () => {
  test.each([
    ['{ a = 1; b = [ x y ; c = 2; }', 'a b c', 'expected a list element or `]`'],
    ['{ a = [ x ]\n b = 1; }', 'a b', 'expected `;`'],
    ['{ a = f x\n b.c = 1; d = 2; }', 'a b.c d', 'expected `;`'],
    ['{ a = ; b = 1; }', 'a b', 'expected an expression'],
    ['{ a 1; b = 2; }', 'a b', 'expected `=`'],
    ['{ a = 1; ) b = 2; }', 'a b', 'expected an attribute or `}`'],
    ['{ a = 1; b = 2;', 'a b', 'expected `}`'],
    ['<<<<<<< HEAD\n{ a = 1; }', '', 'expected an expression'],
  ])('%s', (text, names, message) => {
    const tree = parse(text);
    expect(tree.problems[0]?.message).toBe(message);
    const set = tree.root.children[0] as SyntaxNode;
    const bound = set.children.filter(({ kind }) => kind === 'binding');
    expect(bound.map((binding) => nodeText(tree, binding.children[0] as SyntaxNode)).join(' ')).toBe(names);
    expect(print(tree)).toBe(text);
  });

  test('any text has a tree that gives it back', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => print(parse(text)) === text));
    fc.assert(fc.property(fc.nat(), (seed) => mutants([], 9, seed).every((text) => print(parse(text)) === text)));
  });

  test.each([
    '(',
    '[',
    '{a=',
    'x: ',
    '-',
    '!',
    '"${',
    'a ++ ',
    'a + ',
    'a <| ',
    'with a; ',
    'a.b or ',
    "''${",
    './a/${',
  ])('100,000 times %s', (piece) => {
    const text = piece.repeat(100_000);
    expect(print(parse(text))).toBe(text);
  });
});

test('an edit touches nothing else', () => {
  const text = '{\n  a = [ x # why\n    y ];\n}\n';
  const edited = print(parse(text), (node) => (node.kind === 'integer' || node.kind === 'list' ? '[ ]' : undefined));
  expect(edited).toBe('{\n  a = [ ];\n}\n');
});

const nix = requiresUsableNix();

describe.each(['nixos-tree', 'home-manager', 'nixpkgs-lib'])('%s', (name) => {
  const clone = requiresClone(name);

  test.skipIf(clone.missing)(`every file is accepted and printed back${clone.why}`, () => {
    const files = nixFiles(clone.path);
    expect(files.length).toBeGreaterThan(100);
    const wrong = files.filter((file) => {
      const text = read(file);
      const tree = parse(text);
      return tree.problems.length > 0 || print(tree) !== text;
    });
    expect(wrong).toEqual([]);
  });

  test.skipIf(clone.missing ?? nix.missing)(`Nix accepts them as well${clone.why || nix.why}`, () => {
    const { status, stderr } = spawnSync('xargs', ['-n', '500', 'nix-instantiate', '--parse'], {
      input: nixFiles(clone.path).join('\n'),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    expect({ status, error: stderr.toString() }).toEqual({ status: 0, error: '' });
  });

  // FUZZ=6000 FUZZ_SEED=77 for a long run.
  test.skipIf(clone.missing ?? nix.missing)(
    `same verdict as Nix on damaged files${clone.why || nix.why}`,
    () => {
      const sources = nixFiles(clone.path)
        .map(read)
        .filter((text) => text.length < 20_000);
      const texts = mutants(sources, Number(process.env.FUZZ ?? 150), Number(process.env.FUZZ_SEED ?? 1));
      const nixs = nixVerdicts(texts);
      const differing = texts.filter((text, index) => (parse(text).problems.length === 0) !== nixs[index]);
      expect(differing).toEqual([]);
      expect(nixs).toContain(true);
      expect(nixs).toContain(false);
    },
    600_000,
  );
});

test.each([
  ['parentheses', '(', ')', '1'],
  ['sets', '{ a = ', '; }', '1'],
  ['lists', '[ ', ' ]', ''],
  ['mkIf', 'lib.mkIf c (', ')', '{ }'],
  ['let', 'let b = 1; in ', '', 'b'],
  ['else if', 'if c then 1 else ', '', '2'],
  ['functions', 'b: ', '', 'b'],
  ['++', '[ ] ++ ', '', '[ ]'],
])('nesting of 600 %s, which Nix accepts, hides nothing after it', (_, open, close, inner) => {
  const nested = open.repeat(600) + inner + close.repeat(600);
  const { problems, root } = parse(`{ deep = ${nested}; after = 1; }`);
  expect(problems).toEqual([]);
  expect(root.children[0]?.children).toHaveLength(2);
});
