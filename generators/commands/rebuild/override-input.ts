import path from 'node:path';

/** The command with `--override-input NAME path:FOLDER`, where its program takes options for Nix. */
export function overrideInput(command: readonly string[], input: string, folder: string): string[] {
  // A reference is a URL.
  const reference = `path:${path.resolve(folder).split('/').map(encodeURIComponent).join('/')}`;
  // nh hands on what stands behind `--`.
  const behind = path.basename(command[0] ?? '') === 'nh' && !command.includes('--') ? ['--'] : [];
  return [...command, ...behind, '--override-input', input, reference];
}
