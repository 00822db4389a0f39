import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFishLine } from '../../../generators/lang/shell/shell-line.ts';
import { fishRows } from './fish-rows.ts';
import { fishSession } from './fish-session.ts';
import { notation } from './notation.ts';

describe('what a line of fish runs', () => {
  test.each([...fishRows, ...fishSession])('%s', (source, expected) => {
    expect(notation(parseFishLine(source))).toBe(expected);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), shellish), (source) => {
        parseFishLine(source);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a start-up file of a megabyte', () => {
    for (const much of ['>a ', 'a;', 'x '])
      expect(parseFishLine(`sudo ls ${much.repeat(350_000)}`).aliases).toEqual([]);
  });

  test('too deep nesting is not understood', () => {
    for (const open of ['(', 'begin; ', 'if ', '"$(', '{ ', 'sudo ']) {
      expect(parseFishLine(`${open.repeat(20_000)}ls`).understood, open).toBe(false);
    }
  });
});

const shellish = fc
  .array(
    fc.constantFrom(
      ...['$(', '(', ')', '"', "'", '{', '}', '|', '&&', ';', '\n', ' ', 'if', 'else', 'end', 'begin', 'for', 'in'],
      ...['switch', 'case', 'function', 'while', 'sudo', 'bash -c', 'xargs', '>', '2>', '&|', 'and', 'not', '\\', '#'],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(' '));
