import type { Declaration, Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { byText } from '../../order.ts';

/** The configurations of the flake that import a file, as far as paths show. */
export function hostsOf({ sourceFiles }: Pick<Evidence, 'sourceFiles'>, file: string): readonly string[] {
  return sourceFiles?.files.find((source) => source.file === file)?.hosts ?? [];
}

/** The other ones among some configurations. */
export function otherHosts({ evaluated }: Pick<Evidence, 'evaluated'>, hosts: readonly string[]): string[] {
  const { flake, host, user } = evaluated;
  const own = new Set([flake.attribute, host.name, user.name, `${user.name}@${host.name}`]);
  return [...new Set(hosts)].filter((name) => !own.has(name)).sort(byText);
}

/** Whether a declaration is for every user, and the configuration has another one: their histories are not known. */
export function servesOtherUsers({ settings = [], user }: Evaluated, declarations: readonly Declaration[]): boolean {
  if (!declarations.some(({ list }) => list === 'environment.systemPackages')) return false;
  return settings.some(({ option, value }) => {
    const [, name] = /^users\.users\.("[^"]+"|[^.]+)\.isNormalUser$/.exec(option) ?? [];
    return name !== undefined && value === 'true' && name.replaceAll('"', '') !== user.name;
  });
}
