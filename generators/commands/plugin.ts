import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { readJson } from '../evidence/read-json.ts';
import { managedSettings as managedSchema } from '../policy/managed-settings.ts';
import { managedSettings, pluginFiles } from '../policy/plugin.ts';
import { policies as policiesSchema } from '../policy/schema.ts';
import { shippedFile } from '../shipped-file.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'plugin',
  usage: '--policies FILE --out DIR --bash FILE --cat FILE --node FILE',
  description: `
Writes the Claude Code plugin that enforces the policies: the hook, what it reads, and the plugin's
description. Run by the Nix build. The programs are absolute paths, so that the hook depends on
nothing that is on PATH. \`managed-settings.json\` beside it is the same as settings that users
cannot switch off.`,
  options: {
    policies: { type: 'string', value: 'FILE', help: 'compiled policies: intelligence/policies.json of an output' },
    out: { type: 'string', value: 'DIR', help: 'folder to write; the plugin must stay there' },
    bash: { type: 'string', value: 'FILE', help: 'bash 4.4 or newer' },
    cat: { type: 'string', value: 'FILE', help: 'cat' },
    node: { type: 'string', value: 'FILE', help: 'Node 20 or newer' },
  },
  async run({ values }) {
    const text = (name: string): string => {
      const value = values[name];
      if (typeof value !== 'string')
        throw new UserError('usage', `\`--${name}\` is needed`, { hint: 'nixos-intelligence plugin --help' });
      return name === 'policies' ? value : resolve(value);
    };
    const file = text('policies');
    const found = readJson(file, file, policiesSchema);
    if (found === undefined) throw new UserError('input', `expected compiled policies, got nothing at \`${file}\``);
    const out = text('out');
    const places = { plugin: out, bash: text('bash'), cat: text('cat'), node: text('node') };
    const files = pluginFiles(found, places);
    files.set(
      'managed-settings.json',
      `${JSON.stringify(managedSchema.parse(managedSettings(found, out)), null, 2)}\n`,
    );
    for (const [path, content] of files) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), content);
    }
    await chmod(join(out, 'hooks/pre-tool-use'), 0o755);
    await copyFile(shippedFile('hook.cjs'), join(out, 'hooks/hook.cjs'));
    return 0;
  },
};
