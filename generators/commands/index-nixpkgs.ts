import { readFileSync, writeFileSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { nixpkgsTable } from '../lookup/index/nixpkgs-table.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'index-nixpkgs',
  usage: '--in FILE --out FILE',
  description: `
Writes the table of all packages of nixpkgs, which \`package\`, \`search\` and \`command\` read. Run by the Nix build,
which passes the answer of nix-env in FILE.`,
  options: {
    in: { type: 'string', value: 'FILE', help: 'what `nix-env -qaP --meta --json` printed' },
    out: { type: 'string', value: 'FILE', help: 'the table to write' },
  },
  async run({ values }) {
    if (values.in === undefined || values.out === undefined) {
      throw new UserError('usage', 'expected --in FILE and --out FILE', {
        hint: 'nixos-intelligence index-nixpkgs --help',
      });
    }
    writeFileSync(values.out, nixpkgsTable(JSON.parse(readFileSync(values.in, 'utf8'))));
    return 0;
  },
});
