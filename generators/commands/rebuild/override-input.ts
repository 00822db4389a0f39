import path from 'node:path';

const option = '--override-input';

/**
 * The command with `--override-input NAME path:FOLDER`, where its program takes options for Nix; before one
 * of the user's own, as nixos-rebuild keeps only the last since it is written in Python.
 */
export function overrideInput(command: readonly string[], input: string, folder: string): string[] {
  // A reference is a URL.
  const reference = `path:${path.resolve(folder).split('/').map(encodeURIComponent).join('/')}`;
  // nh hands on what stands behind `--`.
  const behind = path.basename(command[0] ?? '') === 'nh' && !command.includes('--') ? ['--'] : [];
  const own = command.indexOf(option);
  const at = own < 0 ? command.length : own;
  return [...command.slice(0, at), ...behind, option, input, reference, ...command.slice(at)];
}

/** Whether the program may take the user's own in place of ours. */
export function mayBeDropped(command: readonly string[]): boolean {
  return command.includes(option) && command.some((word) => path.basename(word) === 'nixos-rebuild');
}
