import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleHook } from '../../generators/policy/bundle-hook.mjs';
import { managedSettings, pluginFiles } from '../../generators/policy/plugin.ts';
import type { Policies } from '../../generators/policy/schema.ts';

const which = (program: string): string =>
  execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();

/** A plugin in a folder of its own, over these policies, with the programs of this machine. */
export async function pluginFolder(policies: Policies): Promise<string> {
  const plugin = join(mkdtempSync(join(tmpdir(), 'policy-plugin-')), 'plugin');
  const places = { plugin, bash: which('bash'), cat: which('cat'), node: process.execPath };
  const files = pluginFiles(policies, places);
  files.set('managed-settings.json', JSON.stringify(managedSettings(policies, plugin)));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(plugin, path)), { recursive: true });
    writeFileSync(join(plugin, path), text);
  }
  chmodSync(join(plugin, 'hooks/pre-tool-use'), 0o755);
  await bundleHook(join(plugin, 'hooks'));
  return plugin;
}
