import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import { readJson } from '../evidence/read-json.ts';
import { managedSettings, pluginFiles } from '../policy/plugin.ts';
import { managedSettings as managedSchema } from '../schema/managed-settings.ts';
import { policies as policiesSchema } from '../schema/policies.ts';

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
    await copyFile(await bundledHook(), join(out, 'hooks/hook.cjs'));
    return 0;
  },
};

/** The hook is bundled beside the command line; run from the sources it lies in \`dist\`. */
async function bundledHook(): Promise<string> {
  for (const place of ['./hook.cjs', '../hook.cjs', '../../dist/hook.cjs']) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (
      await readFile(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error('hook.cjs is not beside the command line');
}
