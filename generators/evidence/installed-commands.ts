import type { Evidence } from './evidence.ts';

/** Which packages of the configuration give which command. */
export interface InstalledCommands {
  /** Every command of every package, base included -> ids of the packages. */
  byCommand: ReadonlyMap<string, readonly string[]>;
  /** Package -> its commands. */
  byPackage: ReadonlyMap<string, readonly string[]>;
}

/** From the packages' own `bin/` where the build read it, else from what each says is its main program. */
export function installedCommands({ evaluated, commands }: Evidence): InstalledCommands {
  const byPackage = new Map<string, readonly string[]>();
  const byCommand = new Map<string, string[]>();
  for (const { id, mainProgram } of evaluated.packages) {
    const own = commands?.packages[id] ?? (mainProgram === null ? [] : [mainProgram]);
    byPackage.set(id, own);
    for (const command of own) byCommand.set(command, [...(byCommand.get(command) ?? []), id]);
  }
  return { byCommand, byPackage };
}
