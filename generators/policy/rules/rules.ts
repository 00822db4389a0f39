import { declarativeInstalls } from './declarative-installs.ts';
import { destructive } from './destructive.ts';
import { enforcement } from './enforcement.ts';
import { generatedFiles } from './generated-files.ts';
import { infrastructure } from './infrastructure.ts';
import { lostWork } from './lost-work.ts';
import { modernCli } from './modern-cli.ts';
import { nativeCli } from './native-cli.ts';
import { ownRules } from './own.ts';
import type { ReadyMadeRule, Rule } from './rule.ts';
import { secrets } from './secrets.ts';

/** The rules that have an option, in the order in which they are listed for an agent. */
export const readyMadeRules: readonly ReadyMadeRule<object>[] = [
  modernCli,
  nativeCli,
  declarativeInstalls,
  generatedFiles,
  destructive,
  lostWork,
  infrastructure,
  secrets,
  enforcement,
];

const byName = new Map<string, Rule<object>>([ownRules, ...readyMadeRules].map((rule) => [rule.name, rule]));

/** @throws Error for a name that no rule has */
export function ruleOf({ rule: name }: { rule: string }): Rule<object> {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`no rule is called \`${name}\``);
  return rule;
}
