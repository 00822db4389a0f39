import type { Contribution, Inline } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { RuleDecision } from '../evidence/policies.ts';
import { codes } from '../inline.ts';
import { heading, list, paragraph, root, toMarkdown } from '../markdown.ts';
import { ruleOf } from './rules/rules.ts';
import type { CompiledRule, Policies } from './schema.ts';

/** The active rules, one line each, so that an agent knows them before a hook stops it. */
export function presentPolicies(output: Policies, { policies }: Pick<Evidence, 'policies'>): Contribution {
  const own = policies?.text ? [ownText] : [];
  if (output.rules.length === 0 && own.length === 0) return {};
  return {
    sections: [
      {
        id: 'policies',
        title: 'Policies',
        place: 15,
        weight: 90,
        intro: ['A hook enforces these; a blocked call returns the reason.'],
        items: [...own, ...output.rules.map(ruleLine)],
        more: 'policies.json',
      },
    ],
  };
}

/** The client reads that file together with this one. */
const ownText: Inline[] = ["The user's own words: ", { importOf: 'CLAUDE-USER-POLICIES.md' }];

const labels: Readonly<Record<RuleDecision, string>> = {
  advise: 'Advised against: ',
  ask: 'The user is asked: ',
  block: 'Blocked: ',
};

/**
 * `CLAUDE-USER-POLICIES.md`: the user's own text unchanged, then the active rules, then the rules that are set and not
 * active.
 */
export function policiesDocument({ rules, inactive }: Policies, { policies }: Pick<Evidence, 'policies'>): string {
  const document = toMarkdown(
    root([
      heading(1, ['Enforced policies']),
      ...(rules.length === 0
        ? [paragraph(['No rule is active.'])]
        : [
            paragraph(['A hook checks every tool call against these rules. No rule grants a permission.']),
            list(rules.map(ruleLine)),
          ]),
      ...(inactive.length === 0 ? [] : [heading(2, ['Not active']), list(inactive.map(inactiveLine))]),
    ]),
  );
  const text = policies?.text?.trim();
  return text ? `${text}\n\n${document}` : document;
}

/** The commands that active rules tell an agent to use. */
export function recommendedCommands(output: Policies | undefined): string[] {
  return (output?.rules ?? []).flatMap((rule) => ruleOf(rule).recommends?.(rule) ?? []);
}

/** One active rule: its decision and its sentence. */
function ruleLine(rule: CompiledRule): Inline[] {
  return [labels[rule.decision], ...ruleOf(rule).sentence(rule)];
}

/** Why a rule that is set is not active. */
function inactiveLine({ rule, missing }: Policies['inactive'][number]): Inline[] {
  const why: Inline[] =
    missing === null
      ? ['the commands of the installed packages are not known']
      : [`the configuration installs ${missing.length === 1 ? 'no ' : 'none of '}`, ...codes(missing)];
  return [{ strong: rule }, ': ', ...why];
}
