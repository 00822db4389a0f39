import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleHook } from '../../generators/policy/bundle-hook.mjs';
import { managedSettings, type PluginContent, pluginFiles } from '../../generators/policy/plugin.ts';
import type { Policies } from '../../generators/policy/schema.ts';

const which = (program: string): string =>
  execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();

/** The contexts of the plugin below. */
export const contexts = {
  claude: '# This machine\n- Facts about it, for Claude Code.\n',
  any: '# This machine\n- Facts about it, for any agent.\n',
};

/** A plugin in a folder of its own, over these policies, with the programs of this machine, without skills. */
export async function pluginFolder(policies: Policies, hooks: PluginContent['hooks'] = 'all'): Promise<string> {
  const plugin = join(mkdtempSync(join(tmpdir(), 'policy-plugin-')), 'plugin');
  const places = { plugin, bash: which('bash'), cat: which('cat'), node: process.execPath };
  const files = pluginFiles({ policies, contexts, hooks }, places);
  files.set('managed-settings.json', JSON.stringify(managedSettings(policies, plugin)));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(plugin, path)), { recursive: true });
    writeFileSync(join(plugin, path), text);
  }
  for (const program of ['pre-tool-use', 'session-start']) chmodSync(join(plugin, 'hooks', program), 0o755);
  await bundleHook(join(plugin, 'hooks'));
  return plugin;
}
