import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Evaluated } from '../../evidence/evaluated.ts';
import { type Shell, shells } from '../../lang/shell/shells.ts';

/** The commands of aliases. In memory only. */
export interface Aliases {
  textOf: (shell: Shell, name: string) => string | undefined;
}

export const noAliases: Aliases = { textOf: () => undefined };

/**
 * Reads the aliases of the user's start-up files and of the configuration. The name of an alias is never written:
 * the command that it runs is counted.
 */
export function readAliases(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  evaluated: Evaluated | null,
): Aliases {
  const texts = new Map<string, string>();
  const key = (shell: Shell, name: string): string => `${shell} ${name}`;
  const config = environment.XDG_CONFIG_HOME || path.join(home, '.config');
  const zdotdir = environment.ZDOTDIR || home;
  const files: Record<'fish' | 'bash' | 'zsh', string[]> = {
    fish: [
      '/etc/fish/config.fish',
      path.join(config, 'fish/config.fish'),
      ...inFolder(path.join(config, 'fish/conf.d')),
    ],
    bash: ['/etc/bashrc', '/etc/bash.bashrc', path.join(home, '.bashrc'), path.join(home, '.bash_aliases')],
    zsh: ['/etc/zshrc', path.join(zdotdir, '.zshrc'), path.join(config, 'zsh/.zshrc')],
  };
  for (const shell of ['fish', 'bash', 'zsh'] as const) {
    for (const file of files[shell]) {
      const text = readSmall(file);
      if (text === null) continue;
      const { aliases } = shells[shell].parse(text);
      for (const { name, text: target } of aliases) if (target !== null) texts.set(key(shell, name), target);
    }
  }
  for (const { name, shell, kind, commands } of evaluated?.aliases ?? []) {
    if (kind !== 'alias' || commands.length === 0) continue;
    for (const target of shell === 'all' ? (['fish', 'bash', 'zsh'] as const) : [shell]) {
      // The definition in a start-up file is more precise: it has the subcommand.
      if (!texts.has(key(target, name))) texts.set(key(target, name), commands.join('; '));
    }
  }
  return { textOf: (shell, name) => texts.get(key(shell, name)) };
}

function inFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.fish'))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function readSmall(file: string): string | null {
  try {
    // Reading a pipe or a device might never end.
    const found = statSync(file);
    return found.isFile() && found.size <= 1 << 20 ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
