import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declarations } from '../../../generators/lang/nix/declarations/declarations.ts';
import { parse } from '../../../generators/lang/nix/parse.ts';
import { mutants } from './mutate.ts';

const folder = join(import.meta.dirname, 'fixtures');

/** A new case is a folder with an `input.nix`; `vitest --update` writes what is found in it. */
test.each(readdirSync(folder).sort())('%s', async (name) => {
  const found = declarations(parse(readFileSync(join(folder, name, 'input.nix'), 'utf8')));
  expect(found.sound).toBe(true);
  const lines = [
    ...found.declarations.map(({ line, kind, name: tool, form, set, of, list, comment, section }) =>
      [
        `${line}: ${kind} ${tool}`,
        form === 'plain' ? '' : `(${form})`,
        set === null ? '' : `from ${set}`,
        of === null ? '' : `of ${of}`,
        list === tool ? '' : `in ${list}`,
        comment === null ? '' : `“${comment}”`,
        section === null ? '' : `§ ${section}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...found.commented.map(
      ({ line, name: tool, comment }) => `${line}: perhaps removed: ${tool}${comment === null ? '' : ` “${comment}”`}`,
    ),
    `unknown: ${found.unknown}`,
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, name, 'expected.txt'));
});

test('comments and blanks change no declaration but their comments', () => {
  const text = readFileSync(join(folder, 'spellings', 'input.nix'), 'utf8');
  const withoutComments = (source: string) =>
    declarations(parse(source)).declarations.map(({ comment, section, line, ...rest }) => rest);
  expect(withoutComments(text.replace(/\n/g, ' /* x */ \n\n# y\n'))).toEqual(withoutComments(text));
});

test('the shape of an entry changes with its tokens, and not with blanks and comments', () => {
  const shapeOf = (entry: string) =>
    declarations(parse(`{ environment.systemPackages = [ ${entry} ]; }`)).declarations[0]?.shape;
  expect(shapeOf('pkgs.mpv')).toBe(0);
  const shape = shapeOf('(pkgs.mpv.override { a = 1; })');
  expect(shape).toBeGreaterThan(1);
  expect(shapeOf('(pkgs.mpv.override {\n  # why\n  a   = 1;\n})')).toBe(shape);
  for (const other of ['{ a = 2; }', '{ b = 1; }', '{ a = 1 ; c = 1; }', '{ }'])
    expect(shapeOf(`(pkgs.mpv.override ${other})`)).not.toBe(shape);
});

test('damaged text is read without a failure', () => {
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'input.nix'), 'utf8'));
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      for (const text of mutants(sources, 9, seed)) declarations(parse(text));
    }),
  );
});
