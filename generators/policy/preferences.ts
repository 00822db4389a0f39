import type { PolicyOptions } from '../evidence/policies.ts';
import { replacements } from './modern/replacements.ts';
import { modernCli } from './rules/modern-cli.ts';
import { ruleOf } from './rules/rules.ts';
import type { Policies } from './schema.ts';

const root = 'programs.nixos-intelligence.policies';

/**
 * Whether a policy advises one command in place of another; else the option that makes it do so.
 *
 * @param compiled the active rules; undefined: policies are not enabled
 * @returns the option to set, or with the value null to enable; `none`: no policy can, or the user switched it off
 */
export function preferencePolicy(
  compiled: Policies | undefined,
  options: PolicyOptions | undefined,
  { preferred, over }: { preferred: string; over: string },
): 'active' | 'none' | { option: string; value: readonly string[] | null } {
  const active = (compiled?.rules ?? []).flatMap((rule) => ruleOf(rule).replaces?.(rule) ?? []);
  if (active.some(({ command, by }) => command === over && by === preferred)) return 'active';
  if (!Object.hasOwn(replacements, over) || replacements[over]?.by !== preferred) return 'none';
  const standard = modernCli.settings?.replaced?.default ?? [];
  if (options === undefined) return standard.includes(over) ? { option: root, value: null } : 'none';
  // Switched off on purpose.
  if ((options.decisions[modernCli.name] ?? modernCli.default) === 'off') return 'none';
  const replaced = options.settings.replaced ?? standard;
  return { option: `${root}.replaced`, value: [...new Set([...replaced, over])] };
}
