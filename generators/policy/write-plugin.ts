import { chmod, copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shippedFile } from '../shipped-file.ts';
import { managedSettings as managedSchema } from './managed-settings.ts';
import { managedSettings, type PluginContent, pluginFiles } from './plugin.ts';

/** Writes the plugin into `folder`, with the hook and the skills, and `managed-settings.json` beside them. */
export async function writePlugin(
  folder: string,
  content: PluginContent,
  programs: { bash: string; cat: string; node: string },
): Promise<void> {
  const files = pluginFiles(content, { plugin: folder, ...programs });
  const { policies } = content;
  if (policies !== null) {
    const settings = managedSchema.parse(managedSettings(policies, folder));
    files.set('managed-settings.json', `${JSON.stringify(settings, null, 2)}\n`);
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await chmod(join(folder, 'hooks/session-start'), 0o755);
  if (policies !== null) {
    await chmod(join(folder, 'hooks/pre-tool-use'), 0o755);
    await copyFile(shippedFile('hook.cjs'), join(folder, 'hooks/hook.cjs'));
  }
  await cp(shippedFile('skills'), join(folder, 'skills'), { recursive: true });
}
