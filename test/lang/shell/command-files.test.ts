import { expect, test } from 'vitest';
import { commandFiles } from '../../../generators/lang/shell/command-files.ts';
import { commandFacts } from '../../../generators/lang/shell/command-table.ts';
import { parseBashLine } from '../../../generators/lang/shell/shell-line.ts';

/** The files of the first command of a line: `<` read, `>` written, `?` mentioned. */
function filesOf(line: string): string {
  const command = parseBashLine(line).invocations[0];
  const facts = commandFacts(command?.name ?? '');
  if (command === undefined || facts === undefined) return 'unknown';
  const { read, written, mentioned } = commandFiles(facts, command.args);
  const raw = (sign: string, words: typeof read) => words.map((word) => sign + word.text);
  return [...raw('<', read), ...raw('>', written), ...raw('?', mentioned)].join(' ');
}

test.each([
  ['cat a b', '<a <b'],
  ['head -n 5 a', '<a'],
  ['head -n5 a', '<a'],
  ['grep -rn x a', '<a'],
  ['grep -e x a b', '<a <b'],
  ['grep -f list a', '<list <a'],
  ['rg -C 3 -- -x a', '<a'],
  ['awk -F : {print} a', '<a'],
  ['awk -f a.awk a', '<a.awk <a'],
  ['sed s/a/b/ a', '<a'],
  ['sed -n -i.bak s/a/b/ a', '>a'],
  ['perl -pi -e s/a/b/ a', '>a'],
  ['sd x y a', '>a'],
  ['tee -a a b', '>a >b'],
  ['cp a b c', '<a <b >c'],
  ['cp -t c a b', '<a <b >c'],
  ['mv a b', '>a >b'],
  ['ln -s a b', '>b ?a'],
  ['dd if=a of=b bs=1M', '<a >b'],
  ['curl -d @a -F x=@b -o c https://d', '<a <b >c'],
  ['curl -T a file:///b', '<a </b'],
  ['wget --post-file=a -O b https://c', '<a >b'],
  ['git -C x show HEAD:a', '<a'],
  ['git commit -m a', ''],
  ['rm -rf a', ''],
  ['gpg -d a', '?a'],
  ['python3.12 a.py', ''],
])('%s', (line, files) => expect(filesOf(line)).toBe(files));
