import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBashLine } from '../../../generators/lang/shell/shell-line.ts';
import { bashRows } from './bash-rows.ts';
import { notation } from './notation.ts';

describe('what a line of bash runs', () => {
  test.each(bashRows)('%s', (source, expected) => {
    expect(notation(parseBashLine(source))).toBe(expected);
  });

  test('returns arguments, assignments, redirections and the place in the pipeline', () => {
    const { invocations, pipelines } = parseBashLine(
      'A=1 cat "$HOME/x" *.c 2>/dev/null | sudo tee -a \'y z\' >> log &',
    );
    expect(pipelines).toMatchInlineSnapshot(`
      [
        {
          "background": true,
          "connector": null,
          "negated": false,
          "nested": false,
          "place": "line",
          "stages": [
            0,
            1,
          ],
        },
      ]
    `);
    expect(invocations).toMatchInlineSnapshot(`
      [
        {
          "aliasable": true,
          "args": [
            {
              "pattern": false,
              "quoted": true,
              "raw": ""$HOME/x"",
              "text": null,
            },
            {
              "pattern": true,
              "quoted": false,
              "raw": "*.c",
              "text": "*.c",
            },
          ],
          "assignments": [
            "A",
          ],
          "behind": 0,
          "name": "cat",
          "opaque": null,
          "parent": null,
          "pipeline": 0,
          "place": "line",
          "redirections": [
            {
              "descriptor": 2,
              "operator": ">",
              "target": {
                "pattern": false,
                "quoted": false,
                "raw": "/dev/null",
                "text": "/dev/null",
              },
            },
          ],
          "remote": false,
          "shell": null,
          "stage": 0,
          "stdin": "inherited",
          "stdout": "pipe",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "cat",
            "text": "cat",
          },
          "wrappers": [],
        },
        {
          "aliasable": true,
          "args": [
            {
              "pattern": false,
              "quoted": false,
              "raw": "tee",
              "text": "tee",
            },
            {
              "pattern": false,
              "quoted": false,
              "raw": "-a",
              "text": "-a",
            },
            {
              "pattern": false,
              "quoted": true,
              "raw": "'y z'",
              "text": "y z",
            },
          ],
          "assignments": [],
          "behind": 0,
          "name": "sudo",
          "opaque": null,
          "parent": null,
          "pipeline": 0,
          "place": "line",
          "redirections": [
            {
              "descriptor": null,
              "operator": ">>",
              "target": {
                "pattern": false,
                "quoted": false,
                "raw": "log",
                "text": "log",
              },
            },
          ],
          "remote": false,
          "shell": null,
          "stage": 1,
          "stdin": "pipe",
          "stdout": "redirect",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "sudo",
            "text": "sudo",
          },
          "wrappers": [],
        },
        {
          "aliasable": false,
          "args": [
            {
              "pattern": false,
              "quoted": false,
              "raw": "-a",
              "text": "-a",
            },
            {
              "pattern": false,
              "quoted": true,
              "raw": "'y z'",
              "text": "y z",
            },
          ],
          "assignments": [],
          "behind": 0,
          "name": "tee",
          "opaque": null,
          "parent": 1,
          "pipeline": 0,
          "place": "line",
          "redirections": [],
          "remote": false,
          "shell": null,
          "stage": 1,
          "stdin": "pipe",
          "stdout": "redirect",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "tee",
            "text": "tee",
          },
          "wrappers": [
            "sudo",
          ],
        },
      ]
    `);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), shellish), (source) => {
        parseBashLine(source);
      }),
      { numRuns: 2000 },
    );
  });

  test('too deep nesting is not understood', () => {
    for (const open of ['$(', '(', '{ ', '"$(', 'if ', 'sudo ']) {
      const line = parseBashLine(`${open.repeat(20_000)}ls`);
      expect(line.understood, open).toBe(false);
    }
  });
});

const shellish = fc
  .array(
    fc.constantFrom(
      ...['$(', ')', '`', '"', "'", '{', '}', '|', '&&', ';', '<(', '<<E', '\n', 'E', ' ', 'if', 'then', 'fi', 'do'],
      ...['done', 'for', 'in', 'case', 'esac', 'sudo', 'bash -c', 'xargs', 'find -exec', ';;', '>', '((', '))', '[['],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(' '));
