import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt, maxExcerpt } from '../../../generators/snapshot/git/excerpt.ts';
import { historyOf, packages, repository } from './repositories.ts';

const nobody: ReadonlySet<string> = new Set();

test.each([
  ['add rclone for backup, token=abcd1234', 'add rclone for backup'],
  ['rotate password: hunter2 for restic', 'rotate for restic'],
  ['use ghp_abcdefghijklmnopqrstuvwxyz0123456789 for gh', 'use for gh'],
  ['mail ann@example.org about it', 'mail about it'],
  ['see https://user:pw@host/x?token=1 for fd', 'see for fd'],
  ['sync with 192.168.1.20:8080 and fe80:0:0:0:1::1', 'sync with and'],
  ['key 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b here', 'key here'],
  ['key aGVsbG8gd29ybGQxMjM0NTY3ODkwYWJjZGVm here', 'key here'],
  ['in /home/ann/secret/x.nix and ~/private/y', 'in and'],
  ['thanks @guyfawkes for fd', 'thanks for fd'],
  ['needed for .pre-commit-config.yaml', 'needed for .pre-commit-config.yaml'],
  ['bump nodejs_20 -> nodejs_22 (Node 20 EOL/insecure)', 'bump nodejs_20 -> nodejs_22 (Node 20 EOL/insecure)'],
  ['AMD Ryzen 9 7950X, kernel 6.12.54, UTF-8', 'AMD Ryzen 9 7950X, kernel 6.12.54, UTF-8'],
])('%s', (text, expected) => {
  expect(excerpt(text, nobody)).toBe(expected);
});

test('never longer than allowed, never more than one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const kept = excerpt(text, nobody);
      expect(
        kept === null || (kept.length <= maxExcerpt && !/[\n\r\u202E]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(kept)),
      ).toBe(true);
    }),
  );
});

const secretive = [
  {
    message:
      'add fd for Guyfawkes, mail guyfawkes@example.org\n\nfd needs API_KEY=sk-live-1234567890abcdef.\n\nReported-by: Ann Onymous <ann@onymous.org>\nCo-authored-by: Bob Builder <bob@builder.org>',
    files: { 'p.nix': packages('fd # for Onymous, password: hunter2', 'bat # see https://internal.example.org/x') },
  },
];

test('no name, address or secret is in a snapshot', async () => {
  const text = JSON.stringify(await historyOf(repository(secretive)));
  for (const word of [
    'uyfawkes',
    'urname',
    'example.org',
    'nymous',
    'uilder',
    'hunter2',
    'sk-live',
    '1234567890',
    'internal',
  ]) {
    expect(text).not.toContain(word);
  }
  expect(text).toContain('add fd for');
});

test('reasons can be left out: then no word of a message or comment is there', async () => {
  const history = await historyOf(repository(secretive), { reasons: false });
  expect(history.reasons).toBe('left out');
  expect(JSON.stringify(history)).not.toMatch(/add fd|needs|see|for /);
  expect(history.tools.map(({ name }) => name)).toEqual(['bat', 'fd']);
});
