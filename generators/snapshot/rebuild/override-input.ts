import path from 'node:path';

const option = '--override-input';

/**
 * The command with `--override-input NAME path:FOLDER` added where its program expects options for Nix. The option
 * is placed before the user's own, because the Python nixos-rebuild uses only the last one.
 */
export function overrideInput(command: readonly string[], input: string, folder: string): string[] {
  const reference = `path:${path.resolve(folder).split('/').map(encodeURIComponent).join('/')}`;
  // nh passes on what follows `--`.
  const separator = path.basename(command[0] ?? '') === 'nh' && !command.includes('--') ? ['--'] : [];
  const users = command.indexOf(option);
  const index = users < 0 ? command.length : users;
  return [...command.slice(0, index), ...separator, option, input, reference, ...command.slice(index)];
}

/** Whether the program may drop our option, because the user's command has one too. */
export function mayDropOverride(command: readonly string[]): boolean {
  return command.includes(option) && command.some((word) => path.basename(word) === 'nixos-rebuild');
}
