import type { Contribution, Inline } from '../content.ts';
import { heading, list, paragraph, root, toMarkdown } from '../context/markdown.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { RuleDecision } from '../evidence/policies.ts';
import type { CompiledRule, Policies } from './schema.ts';

/** What an agent should know before a hook tells it: each active rule in a line. */
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
        intro: ['A hook enforces them; what it blocks or asks about comes back with the reason.'],
        items: [...own, ...output.rules.map(ruleLine)],
        more: 'policies.json',
      },
    ],
  };
}

/** An import: the client reads the file with this one. */
const ownText: Inline[] = ["The user's own words: @CLAUDE-USER-POLICIES.md"];

const verbs: Record<RuleDecision, string> = { advise: 'Advice', ask: 'The user is asked', block: 'Blocked' };

/** `CLAUDE-USER-POLICIES.md`: the user's own text as it is, then what is enforced, then what is set and not active. */
export function policiesDocument(output: Policies, { policies }: Pick<Evidence, 'policies'>): string {
  const text = policies?.text?.trim();
  const active = toMarkdown(
    root([
      heading(1, ['Enforced policies']),
      paragraph(
        output.rules.length === 0
          ? ['No rule is active.']
          : ['A hook holds every tool call against these rules. Nothing is granted by them.'],
      ),
      ...(output.rules.length === 0 ? [] : [list(output.rules.map(ruleLine))]),
      ...(output.inactive.length === 0
        ? []
        : [
            heading(2, ['Set and not active']),
            list(output.inactive.map(({ rule, why }): Inline[] => [{ strong: rule }, ': ', ...codeSpans(why)])),
          ]),
    ]),
  );
  return text ? `${text}\n\n${active}` : active;
}

function ruleLine(rule: CompiledRule): Inline[] {
  const verb = `${verbs[rule.decision]}: `;
  switch (rule.rule) {
    case 'modern-cli': {
      const pairs = rule.replacements.filter(({ command }) => !/^[ef]grep$/.test(command));
      return [
        verb,
        ...pairs.flatMap(({ command, by }, index): Inline[] => [
          index === 0 ? '' : ', ',
          { code: by },
          ' over ',
          { code: command },
        ]),
        ', where it does the same; filters in pipelines stay.',
      ];
    }
    case 'native-cli':
      return [
        verb,
        ...rule.clis.flatMap(({ command }, index): Inline[] => [index === 0 ? '' : ', ', { code: command }]),
        ' over an MCP server for the same.',
      ];
    case 'declarative-installs':
      return [
        verb,
        'installing past the configuration (',
        { code: 'nix-env -i' },
        ', ',
        { code: 'nix profile install' },
        ', ',
        { code: 'pip install' },
        ' outside a virtual environment, ',
        { code: 'npm install -g' },
        ', ',
        { code: 'cargo install' },
        ', a download piped into a shell). Declare it in ',
        ...codeSpans(rule.declareIn ?? 'the configuration'),
        '.',
      ];
    case 'generated-files':
      return [
        verb,
        'edits of links into the Nix store and of files that the configuration generates; change what generates them.',
      ];
    case 'destructive':
      return [
        verb,
        'removing the home or the system, all old generations (',
        { code: 'nix-collect-garbage -d' },
        '), force pushes to main, writing to disks.',
      ];
    case 'secrets':
      return [verb, 'reading private keys, ', { code: '.env' }, ' files, age and sops keys.'];
    case 'own':
      return [verb, rule.reason, ...(rule.instead === null ? [] : [' Instead: ', { code: rule.instead }, '.'])];
  }
}

/** Text with `code` in it. */
function codeSpans(text: string): Inline[] {
  return text.split('`').map((part, index): Inline => (index % 2 === 0 ? part : { code: part }));
}
