import type { Habit } from '../../data/habits.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { installedCommands } from '../../evidence/installed-commands.ts';
import type { ShellHistory } from '../../evidence/shell-history.ts';
import type { ToolChains } from './schema.ts';

const shownPipelines = 100;
const minPipeline = 2;
/** A workflow is worth a sentence from here on. */
const oftenUses = 5;
const oftenDays = 2;
/** Of the uses of its rarer command, the part that the workflow must make up; less is chance. */
const share = 0.1;
/** So many times what would come about if lines followed each other in no order: else what is used most "follows" all. */
const aboveChance = 2;

/** Moving about: with it, everything follows everything. */
const moving = new Set([
  'cd',
  'ls',
  'll',
  'la',
  'l',
  'pwd',
  'clear',
  'exit',
  'history',
  'eza',
  'z',
  'pushd',
  'popd',
  'echo',
]);

interface Substitution {
  instead: string;
  needs: readonly string[];
  differs: string | null;
  text: (uses: number) => string;
}

const ignored = 'leaves out hidden files and what .gitignore names, unless told otherwise (-uu)';

/** For each habit what one could type instead, the best first; the first whose commands are installed is offered. */
const substitutions: Readonly<Record<Habit, readonly Substitution[]>> = {
  'cat FILE | grep PATTERN': [
    {
      instead: 'rg PATTERN FILE',
      needs: ['rg'],
      differs: 'rg reads PATTERN as an extended expression',
      text: () => 'Instead of `cat file | grep pattern`, use `rg pattern file` directly.',
    },
    {
      instead: 'grep PATTERN FILE',
      needs: [],
      differs: null,
      text: () => 'Instead of `cat file | grep pattern`, use `grep pattern file` directly.',
    },
  ],
  'cat FILE | less': direct('cat file | less', 'less file'),
  'cat FILE | head': direct('cat file | head', 'head file'),
  'cat FILE | tail': direct('cat file | tail', 'tail file'),
  'cat FILE | wc': direct('cat file | wc', 'wc < file'),
  'cat FILE | jq FILTER': direct('cat file | jq filter', 'jq filter file'),
  'find | grep PATTERN': [
    {
      instead: 'fd | rg PATTERN',
      needs: ['fd', 'rg'],
      differs: `fd ${ignored}`,
      text: (uses) => `You use \`find | grep\` often (${uses} times). Consider \`fd | rg\`, both are installed.`,
    },
  ],
  'find | xargs grep PATTERN': [
    {
      instead: 'rg PATTERN DIR',
      needs: ['rg'],
      differs: `rg ${ignored}, and takes names of files with -g`,
      text: (uses) =>
        `You use \`find | xargs grep\` often (${uses} times). \`rg pattern dir\` searches a tree by itself.`,
    },
  ],
  'find -name PATTERN': [
    {
      instead: 'fd -g PATTERN',
      needs: ['fd'],
      differs: `fd ${ignored}, and takes small letters for both (-s: only for small ones)`,
      text: (uses) => `You use \`find -name\` often (${uses} times). \`fd -g pattern\` is installed and finds by name.`,
    },
  ],
  'grep -r PATTERN': [
    {
      instead: 'rg PATTERN DIR',
      needs: ['rg'],
      differs: `rg ${ignored}`,
      text: (uses) =>
        `You use \`grep -r\` often (${uses} times). \`rg pattern dir\` is installed and searches recursively.`,
    },
  ],
  'grep PATTERN | wc -l': direct('grep pattern | wc -l', 'grep -c pattern'),
  'sort | uniq': direct('sort | uniq', 'sort -u'),
  'ps | grep PATTERN': [
    {
      instead: 'pgrep -af PATTERN',
      needs: ['pgrep'],
      differs: 'pgrep shows the process number and the command line only',
      text: () => 'Instead of `ps | grep pattern`, use `pgrep -af pattern` directly.',
    },
  ],
};

/** How tools are put together, and what one command would do. */
export function analyzeToolChains(evidence: EvidenceWith<'shellHistory'>): ToolChains {
  const history = evidence.shellHistory;
  const { byCommand } = installedCommands(evidence);
  const found = history.habits.flatMap(({ habit, uses }) => {
    const choice = substitutions[habit].find(({ needs }) => needs.every((command) => byCommand.has(command)));
    return choice === undefined ? [] : [{ habit, uses, choice }];
  });
  const workflows = history.sequences;
  return {
    schemaVersion: 1,
    takenOn: history.takenOn,
    counts: history.sources.some(({ counts }) => counts === 'distinct lines') ? 'at least' : 'every use',
    pipelines: history.pipelines.filter(({ uses }) => uses >= minPipeline).slice(0, shownPipelines),
    workflows,
    substitutions: found.map(({ habit, uses, choice: { instead, needs, differs } }) => ({
      habit,
      uses,
      instead,
      needs: [...needs],
      differs,
    })),
    insights: [
      ...workflows.filter((one) => isOften(one, history)).map(workflowInsight),
      ...found
        .filter(({ uses }) => uses >= oftenUses)
        .map(({ habit, uses, choice }) => ({
          kind: 'substitution',
          text: choice.text(uses),
          packages: choice.needs.flatMap((command) => byCommand.get(command)?.slice(0, 1) ?? []),
          commands: [...choice.needs],
          evidence: [`\`${habit}\` ${uses} times`, ...(choice.differs === null ? [] : [`but ${choice.differs}`])],
        })),
    ],
  };
}

function direct(habit: string, instead: string): Substitution[] {
  return [{ instead, needs: [], differs: null, text: () => `Instead of \`${habit}\`, use \`${instead}\` directly.` }];
}

type Workflow = ToolChains['workflows'][number];

function isOften({ steps, uses, days }: Workflow, history: ShellHistory): boolean {
  if (uses < oftenUses || days < oftenDays || steps.some((step) => moving.has(step))) return false;
  const each = steps.map((step) => usesOf(step, history));
  return uses >= share * Math.min(...each) && uses >= aboveChance * byChance(steps, each, history);
}

/** How often the last step would follow those before it, were it as likely behind any line. */
function byChance(steps: readonly string[], uses: readonly number[], { sequences, totals }: ShellHistory): number {
  const before = steps.slice(0, -1).join('\n');
  const led = steps.length === 2 ? uses[0] : sequences.find((one) => one.steps.join('\n') === before)?.uses;
  return ((led ?? 0) * (uses.at(-1) as number)) / Math.max(1, totals.lines);
}

/** `kill` is the shell's own, and with `sudo` the command: a step of that name is either. */
function usesOf(step: string, { commands, builtins }: ShellHistory): number {
  const [name, ...sub] = step.split(' ');
  const command = commands.find((one) => one.name === name);
  const subcommand = sub.length === 0 ? undefined : command?.subcommands.find((one) => one.name === sub.join(' '));
  if (subcommand !== undefined) return subcommand.uses;
  return (command?.uses ?? 0) + (builtins.find((one) => one.name === name)?.uses ?? 0);
}

function workflowInsight({ steps, uses, days }: Workflow): ToolChains['insights'][number] {
  const [first, ...rest] = steps.map((step) => `\`${step}\``);
  return {
    kind: 'workflow',
    text: `You often run ${first} then ${rest.join(' then ')}.`,
    packages: [],
    commands: steps.map((step) => step.split(' ')[0] as string),
    evidence: [`${uses} times on at least ${days} days, each within 60 seconds of the one before`],
  };
}
