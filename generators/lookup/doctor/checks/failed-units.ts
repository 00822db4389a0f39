import { type Check, finding, notApplicable, ok } from '../check.ts';
import { counted, destination, type Machine } from '../machine.ts';
import { run } from '../run.ts';

export const failedUnits: Check = {
  id: 'failed-units',
  severity: 'error',
  reads: 'systemctl --failed of the system and of the user: units that the configuration declares',
  async run(machine) {
    if (machine.root !== '') return notApplicable('the units of another root are not running');
    const [system, user] = await Promise.all([failed(machine, []), failed(machine, ['--user'])]);
    if (system === undefined && user === undefined) return notApplicable('no systemd runs here');
    const units = [...(system ?? []), ...(user ?? [])];
    if (units.length === 0) return ok('no declared unit has failed');
    const [first] = units;
    return finding(
      `${counted(units.length, 'declared unit')} failed`,
      units.map(({ unit, description, scope }) => `${unit} (${scope}): ${description}`),
      `journalctl ${first?.scope === 'user' ? '--user ' : ''}--boot --lines 50 ${units
        .filter(({ scope }) => scope === first?.scope)
        .map(({ unit }) => `--unit ${unit}`)
        .join(' ')}`,
    );
  },
};

interface Unit {
  unit: string;
  description: string;
  scope: 'system' | 'user';
}

/** undefined where no such manager runs. */
async function failed(machine: Machine, options: readonly string[]): Promise<Unit[] | undefined> {
  const list = await run(machine, 'systemctl', [
    ...options,
    ...['list-units', '--state=failed', '--plain', '--no-legend', '--no-pager', '--full', '--all'],
  ]);
  if (list === undefined) return undefined;
  const scope = options.includes('--user') ? 'user' : 'system';
  return list.split('\n').flatMap((line): Unit[] => {
    const [, unit, description = ''] = /^\s*(\S+)\s+\S+\s+\S+\s+\S+\s*(.*)$/.exec(line) ?? [];
    return unit === undefined || !isDeclared(machine, unit, scope) ? [] : [{ unit, description, scope }];
  });
}

/** NixOS and home-manager link the units that they declare into the store. */
function isDeclared(machine: Machine, unit: string, scope: Unit['scope']): boolean {
  const template = unit.replace(/@[^.]*(?=\.)/, '@');
  const folders =
    scope === 'system' ? ['/etc/systemd/system'] : ['/etc/systemd/user', `${machine.home}/.config/systemd/user`];
  return folders.some((folder) =>
    [unit, template].some((name) => destination(machine, `${folder}/${name}`)?.startsWith('/nix/store/')),
  );
}
