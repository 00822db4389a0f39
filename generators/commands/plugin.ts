import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { readJson } from '../evidence/read-json.ts';
import { policies as policiesSchema } from '../policy/schema.ts';
import { writePlugin } from '../policy/write-plugin.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'plugin',
  usage: '--policies FILE --out DIR --bash FILE --cat FILE --node FILE',
  description: `
Writes the Claude Code plugin that enforces the policies: the hook, its data, and the plugin's description. Run by
the Nix build. The programs are absolute paths, so that the hook depends on nothing on PATH.
\`managed-settings.json\` beside the plugin has the same rules as settings that users cannot switch off.`,
  options: {
    policies: { type: 'string', value: 'FILE', help: 'compiled policies: intelligence/policies.json of an output' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write; the plugin must stay there' },
    bash: { type: 'string', value: 'FILE', help: 'bash 4.4 or newer' },
    cat: { type: 'string', value: 'FILE', help: 'cat' },
    node: { type: 'string', value: 'FILE', help: 'Node 20 or newer' },
  },
  async run({ values }) {
    const required = (name: keyof typeof values): string => {
      const value = values[name];
      if (value !== undefined) return value;
      throw new UserError('usage', `\`--${name}\` is required`, { hint: 'nixos-intelligence plugin --help' });
    };
    const file = required('policies');
    const folder = resolve(required('out'));
    const programs = {
      bash: resolve(required('bash')),
      cat: resolve(required('cat')),
      node: resolve(required('node')),
    };
    const policies = readJson(file, file, policiesSchema);
    if (policies === undefined) {
      throw new UserError('input', `expected compiled policies, got nothing at \`${visible(file)}\``);
    }
    await writePlugin(folder, policies, programs);
    return 0;
  },
});
