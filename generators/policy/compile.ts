import type { Commands } from '../evidence/commands.ts';
import type { Evaluated, EvaluatedPackage } from '../evidence/evaluated.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PolicyOptions } from '../evidence/policies.ts';
import { byText } from '../order.ts';
import { ownRules } from './rules/own.ts';
import type { Facts, Provider } from './rules/rule.ts';
import { readyMadeRules } from './rules/rules.ts';
import type { Policies } from './schema.ts';

/**
 * The active rules with the facts that their checks need: which installed command replaces which, where it is
 * declared, how this host is rebuilt. A rule that recommends a command is active only where the configuration installs
 * it.
 */
export function compilePolicies(
  options: PolicyOptions,
  { evaluated, commands }: Pick<Evidence, 'evaluated' | 'commands'>,
): Policies {
  const rules: Policies['rules'] = [];
  const inactive: Policies['inactive'] = [];
  const facts: Facts = {
    evaluated,
    options,
    provider: providers(evaluated, commands),
    notInstalled: (names) => ({ missing: commands === undefined ? null : [...new Set(names)] }),
  };

  for (const rule of readyMadeRules) {
    const decision = options.decisions[rule.name] ?? rule.default;
    if (decision === 'off') continue;
    const compiled = rule.compile(facts);
    if ('rule' in compiled) rules.push({ rule: rule.name, decision, ...compiled.rule });
    else inactive.push({ rule: rule.name, ...compiled });
  }
  for (const [name, own] of Object.entries(options.rules).sort(([a], [b]) => byText(a, b))) {
    const compiled = { rule: ownRules.name, name, ...own };
    const tool = compiled.instead?.trim().split(/\s+/)[0];
    if (tool === undefined || facts.provider(tool) !== undefined) rules.push(compiled);
    else inactive.push({ rule: name, ...facts.notInstalled([tool]) });
  }
  return { schemaVersion: 1, unclear: options.unclear, count: options.count, rules, inactive };
}

/** By command the package that provides it; one of the user's own before one that belongs to the system. */
function providers({ packages }: Evaluated, commands: Commands | undefined): (command: string) => Provider | undefined {
  const rank = ({ base, declarations }: EvaluatedPackage): number =>
    base ? 2 : declarations.some(({ by }) => by === null) ? 0 : 1;
  const sorted = [...packages].sort((a, b) => rank(a) - rank(b) || byText(a.id, b.id));
  const byCommand = new Map<string, Provider>();
  for (const one of sorted) {
    for (const command of commands?.packages[one.id] ?? []) {
      if (!byCommand.has(command))
        byCommand.set(command, { package: one.name, file: one.declarations[0]?.file ?? null });
    }
  }
  return (command) => byCommand.get(command);
}
