import { expect, test } from 'vitest';
import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import { formerOptions } from '../../generators/evidence/former-names.ts';
import type { RenamedOption } from '../../generators/evidence/option-docs.ts';

const renamed: RenamedOption[] = [
  { name: 'hardware.opengl.enable', scope: 'system', to: 'hardware.graphics.enable', message: null },
  { name: 'a.alias', scope: 'system', to: 'a.other', message: null, form: 'alias' },
  { name: 'a.gone', scope: 'system', to: null, message: 'gone' },
];
const set = (option: string, line: number) => ({
  option,
  scope: 'system' as const,
  priority: 100,
  places: [{ file: 'x.nix', line }],
});
const text = `{
  hardware.opengl.enable = true;
  a.alias = 1;
}
`;

test('an option that a file sets by its former name', () => {
  const evaluated = { options: [], settings: [set('hardware.graphics.enable', 2), set('a.other', 3)] };
  expect(found(evaluated)).toEqual([
    { name: 'hardware.opengl.enable', to: 'hardware.graphics.enable', file: 'x.nix', line: 2 },
  ]);
});

test('not where the evaluation does not set the new name from there: a file of another host', () => {
  expect(found({ options: [], settings: [] })).toEqual([]);
});

function found(part: Pick<Evaluated, 'options' | 'settings'>) {
  return formerOptions(part, [{ file: 'x.nix', text }], renamed);
}
