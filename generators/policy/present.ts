import type { Contribution, Inline, ToolNote } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../evidence/installed-commands.ts';
import type { RuleDecision } from '../evidence/policies.ts';
import { codes } from '../inline.ts';
import { heading, list, paragraph, root, toMarkdown } from '../markdown.ts';
import { ownRules } from './rules/own.ts';
import { ruleOf } from './rules/rules.ts';
import type { CompiledRule, Policies } from './schema.ts';

/** The active rules, one line each, so that an agent knows them before a hook stops it. */
export function presentPolicies(
  output: Policies,
  evidence: Pick<Evidence, 'policies' | 'commands' | 'evaluated'>,
): Contribution {
  const { policies } = evidence;
  const own = policies?.text ? [ownText] : [];
  if (output.rules.length === 0 && own.length === 0) return {};
  return {
    tools: recommendationNotes(output, installedCommands(evidence)),
    sections: [
      {
        id: 'policies',
        title: 'Rules',
        place: 15,
        weight: 400,
        intro: ['A hook enforces these; a blocked call returns the reason.'],
        items: [
          ...own.map((content) => ({ content, evidence: [] })),
          // The user's own rules first: when space is short, what the hook explains by itself goes.
          ...output.rules
            .map((rule, index) => ({ rule, index }))
            .sort((a, b) => Number(ruleOf(b.rule) === ownRules) - Number(ruleOf(a.rule) === ownRules))
            .map(({ rule, index }) => ({ content: ruleLine(rule), evidence: [`/rules/${index}`] })),
        ],
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

/** Beside the tools that a rule recommends: instead of what. */
function recommendationNotes(output: Policies, { byCommand }: InstalledCommands): Map<string, ToolNote[]> {
  const replaced = new Map<string, { commands: string[]; pointer: string }>();
  for (const [index, rule] of output.rules.entries()) {
    for (const { command, by } of ruleOf(rule).replaces?.(rule) ?? []) {
      const id = byCommand.get(by)?.[0];
      if (id === undefined) continue;
      const found = replaced.get(id) ?? { commands: [], pointer: `/rules/${index}` };
      replaced.set(id, { ...found, commands: [...found.commands, command] });
    }
  }
  return new Map(
    [...replaced].map(([id, { commands, pointer }]) => [
      id,
      [{ kind: 'recommendation', text: `Use it instead of ${commands.join(', ')}`, pointer }],
    ]),
  );
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
