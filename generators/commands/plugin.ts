import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { readJson } from '../evidence/read-json.ts';
import { hookChoices } from '../policy/plugin.ts';
import { policies as policiesSchema } from '../policy/schema.ts';
import { writePlugin } from '../policy/write-plugin.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'plugin',
  usage: '--in DIR --out DIR --bash FILE --cat FILE --node FILE [--hooks WHICH]',
  description: `
Writes the plugin for the coding agents: the skills, the hook that enforces the policies with its data, and the files
that bring the hook and the context to single agents. Run by the Nix build. The programs are absolute paths, so that
the hook depends on nothing on PATH. \`managed-settings.json\` beside the plugin has the same rules as settings of
Claude Code that users cannot switch off.`,
  options: {
    in: { type: 'string', value: 'DIR', help: 'an output, as `generate` writes it' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write; the plugin must stay there' },
    bash: { type: 'string', value: 'FILE', help: 'bash 4.4 or newer' },
    cat: { type: 'string', value: 'FILE', help: 'cat' },
    node: { type: 'string', value: 'FILE', help: 'Node 20 or newer' },
    hooks: {
      type: 'string',
      value: 'WHICH',
      help: '`all` (default), `others` (not that of Claude Code) or `none`',
    },
  },
  async run({ values }) {
    const required = (name: keyof typeof values): string => {
      const value = values[name];
      if (value !== undefined) return value;
      throw new UserError('usage', `\`--${name}\` is required`, { hint: 'nixos-intelligence plugin --help' });
    };
    const output = required('in');
    const hooks = hookChoices.find((choice) => choice === (values.hooks ?? 'all'));
    if (hooks === undefined) {
      throw new UserError('usage', `expected --hooks ${hookChoices.join(', ')}, got \`${values.hooks}\``);
    }
    const programs = {
      bash: resolve(required('bash')),
      cat: resolve(required('cat')),
      node: resolve(required('node')),
    };
    const policies = join(output, 'intelligence/policies.json');
    const content = {
      policies: readJson(policies, policies, policiesSchema) ?? null,
      contexts: { claude: readText(join(output, 'CLAUDE.md')), any: readText(join(output, 'AGENTS.md')) },
      hooks,
    };
    await writePlugin(resolve(required('out')), content, programs);
    return 0;
  },
});

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('input', `expected a context, got nothing at \`${visible(file)}\``, { cause });
  }
}
