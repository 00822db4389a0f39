import { UserError } from '../errors.ts';
import { assembleEvidence } from '../evidence/assemble.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'assemble',
  usage: '--attrs FILE --out DIR',
  description: `
Writes the folder that \`generate\` reads. Run by the Nix build, which passes the evaluated configuration and the
reference graph in FILE (its structured attributes); the commands of every package are read from the store.`,
  options: {
    attrs: { type: 'string', value: 'FILE', help: '$NIX_ATTRS_JSON_FILE of the build' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write' },
  },
  async run({ values: { attrs, out } }) {
    if (attrs === undefined || out === undefined) {
      throw new UserError('usage', 'expected --attrs FILE and --out DIR', {
        hint: 'nixos-intelligence assemble --help',
      });
    }
    await assembleEvidence(attrs, out);
    return 0;
  },
});
