import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseBashLine,
  parseFishLine,
  parseWholeBash,
  parseWholeFish,
} from '../../../generators/lang/shell/shell-line.ts';

const word = fc.constantFrom(
  ...[
    'ls',
    'git',
    'sudo',
    'echo',
    'xargs',
    'bash',
    '-c',
    "'ls -l | wc'",
    '"a b"',
    'a=b',
    '--x=1',
    '-n',
    '2',
    './x',
    'if',
  ],
  ...[
    'time',
    'and',
    'not',
    'a"b"c',
    "x'y'",
    '%1',
    '^a',
    'a,b',
    'x@y:z',
    'sh',
    'env',
    'A=1',
    'end',
    'export',
    '+x',
    '[',
    '~',
  ],
);
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' | ',
  '|',
  ' && ',
  '; ',
  ' || ',
  ' > ',
  ' 2>/dev/null ',
  ' 1>x ',
  ' 2>&1 ',
  ' >> ',
  '>',
  ' & ',
  ';;',
  '|&',
);
const line = fc
  .tuple(word, fc.array(fc.tuple(joint, word), { maxLength: 8 }))
  .map(([first, rest]) => first + rest.map((pair) => pair.join('')).join(''));

test('the short way finds what the whole parsers find', () => {
  fc.assert(
    fc.property(line, (source) => {
      const bash = parseWholeBash(source);
      if (bash.understood) expect(parseBashLine(source), 'bash').toEqual(bash);
      const fish = parseWholeFish(source);
      if (fish.understood) expect(parseFishLine(source), 'fish').toEqual(fish);
    }),
    { numRuns: 6000 },
  );
});
