import type { Commands } from '../evidence/commands.ts';
import type { Evaluated, EvaluatedPackage } from '../evidence/evaluated.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PolicyOptions, RuleDecision } from '../evidence/policies.ts';
import { byText } from '../order.ts';
import { replacements } from './modern/replacements.ts';
import { nativeClis } from './rules/native-cli.ts';
import type { CompiledRule, Policies } from './schema.ts';

/**
 * The active rules with what they need to say: which installed command replaces which, where it is
 * declared, how this host is rebuilt. A rule that recommends a tool is active only where the
 * configuration has that tool; what is set and yet not active is listed with the reason.
 */
export function compilePolicies(
  options: PolicyOptions,
  { evaluated, commands }: Pick<Evidence, 'evaluated' | 'commands'>,
): Policies {
  const inactive: Policies['inactive'] = [];
  const provider = providers(evaluated, commands);
  const rules: CompiledRule[] = [];
  const ready = (setting: string): setting is RuleDecision => setting !== 'off';

  if (ready(options.modernCli)) {
    const found = Object.entries(replacements).flatMap(([command, { by }]) => {
      const from = options.keep.includes(command) ? undefined : provider(by);
      return from === undefined ? [] : [{ command, by, ...from }];
    });
    if (found.length > 0) rules.push({ rule: 'modern-cli', decision: options.modernCli, replacements: found });
    else
      inactive.push({
        rule: 'modern-cli',
        why: why(commands, [...new Set(Object.values(replacements).map(({ by }) => by))]),
      });
  }
  if (ready(options.nativeCli)) {
    const found = Object.entries(nativeClis).flatMap(([command, servers]) => {
      const from = provider(command);
      return from === undefined ? [] : [{ command, servers: [...servers], ...from }];
    });
    if (found.length > 0) rules.push({ rule: 'native-cli', decision: options.nativeCli, clis: found });
    else inactive.push({ rule: 'native-cli', why: why(commands, Object.keys(nativeClis)) });
  }
  if (ready(options.declarativeInstalls)) {
    rules.push({
      rule: 'declarative-installs',
      decision: options.declarativeInstalls,
      declareIn: declareIn(evaluated),
      rebuild: options.rebuildCommand ?? rebuildCommand(evaluated),
    });
  }
  if (ready(options.generatedFiles)) {
    rules.push({
      rule: 'generated-files',
      decision: options.generatedFiles,
      checkout: evaluated.flake.checkout,
      targets: [...options.generated].sort((a, b) => byText(a.target, b.target)),
    });
  }
  if (ready(options.destructive)) rules.push({ rule: 'destructive', decision: options.destructive });
  if (ready(options.secrets)) rules.push({ rule: 'secrets', decision: options.secrets });
  for (const [name, rule] of Object.entries(options.rules).sort(([a], [b]) => byText(a, b))) {
    const tool = rule.instead?.trim().split(/\s+/)[0];
    if (tool !== undefined && provider(tool) === undefined) inactive.push({ rule: name, why: why(commands, [tool]) });
    else rules.push({ rule: 'own', name, ...rule });
  }
  return { schemaVersion: 1, unclear: options.unclear, count: options.count, rules, inactive };
}

function why(commands: Commands | undefined, tools: readonly string[]): string {
  if (commands === undefined) return 'the commands of the installed packages are not known';
  const names = tools.map((tool) => `\`${tool}\``);
  return names.length === 1
    ? `${names[0]} is not installed by the configuration`
    : `none of ${names.join(', ')} is installed by the configuration`;
}

/** By command the package that has it; one of the user's own before one that the system brings along. */
function providers(
  { packages }: Evaluated,
  commands: Commands | undefined,
): (command: string) => { package: string; file: string | null } | undefined {
  const rank = ({ base, declarations }: EvaluatedPackage): number =>
    base ? 2 : declarations.some(({ by }) => by === null) ? 0 : 1;
  const sorted = [...packages].sort((a, b) => rank(a) - rank(b) || byText(a.id, b.id));
  const byCommand = new Map<string, { package: string; file: string | null }>();
  for (const one of sorted) {
    for (const command of commands?.packages[one.id] ?? []) {
      if (!byCommand.has(command))
        byCommand.set(command, { package: one.name, file: one.declarations[0]?.file ?? null });
    }
  }
  return (command) => byCommand.get(command);
}

/** The list and file that declare most packages by name. */
function declareIn({ packages }: Evaluated): string | null {
  const counts = new Map<string, number>();
  for (const { declarations } of packages) {
    for (const { list, file, by } of declarations) {
      const place = `\`${list}\` in \`${file}\``;
      if (by === null) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || byText(a, b))[0]?.[0] ?? null;
}

function rebuildCommand({ flake, platform }: Evaluated): string {
  const at = flake.used ? ` --flake ${flake.checkout ?? '.'}${flake.attribute ? `#${flake.attribute}` : ''}` : '';
  return `${platform === 'nixos' ? 'sudo nixos-rebuild' : 'home-manager'} switch${at}`;
}
