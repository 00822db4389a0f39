import { isUserError } from '../errors.ts';
import { type NameKind, nameKinds, namesBeginningWith } from '../lookup/names-beginning-with.ts';
import { outputReader } from '../lookup/read-output.ts';
import { defineCommand } from './command.ts';

const isNameKind = (text: string | undefined): text is NameKind => nameKinds.some((kind) => kind === text);

export const command = defineCommand({
  name: 'complete',
  usage: `(${nameKinds.join(' | ')}) [TEXT]`,
  description: `
Prints the names in the output of the last rebuild that begin with TEXT, one in each line; of options, the names up to
the next dot. The completion of bash, zsh and fish runs it. Without an output it prints nothing.`,
  options: {},
  async run({ positionals }) {
    const [kind, text = ''] = positionals;
    if (!isNameKind(kind)) return 2;
    try {
      const names = namesBeginningWith(outputReader(undefined), kind, text);
      process.stdout.write(names.map((name) => `${name}\n`).join(''));
    } catch (error) {
      // A message would appear in the middle of the line that the user types.
      if (!isUserError(error)) throw error;
    }
    return 0;
  },
});
