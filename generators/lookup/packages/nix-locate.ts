import { spawnSync } from 'node:child_process';
import { UserError } from '../../errors.ts';

/**
 * The attributes of nixpkgs whose package has a command, by nix-index's database.
 *
 * @throws UserError `no-data` where nix-locate or its database is missing
 */
export function nixLocate(command: string): string[] {
  const { stdout, status, error } = spawnSync(
    'nix-locate',
    ['--minimal', '--no-group', '--type', 'x', '--type', 's', '--whole-name', '--at-root', `/bin/${command}`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (error !== undefined || status !== 0) {
    throw new UserError('no-data', 'nix-locate gave no answer', {
      hint: 'it is a command of nix-index, which needs a database: programs.nix-index, or run nix-index once',
    });
  }
  return [
    ...new Set(
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.replace(/\.out$/, '')),
    ),
  ];
}
