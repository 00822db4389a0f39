import remarkMan from 'remark-man';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { optionText } from '../command.ts';
import type { DocumentedCommand } from './documented-commands.ts';

/** The manual page nixos-intelligence(1), in roff. The version is in its footer; it has no date, so that builds agree. */
export function manPage(commands: readonly DocumentedCommand[], version: string): string {
  const markdown = [
    '# nixos-intelligence(1) -- context for coding agents, compiled from the evaluated configuration',
    '## SYNOPSIS',
    '`nixos-intelligence` _COMMAND_ …',
    '## DESCRIPTION',
    'Look-ups read the output of the last rebuild. They ask neither Nix nor the network, and print JSON with `--json`.',
    '## COMMANDS',
    ...commands.flatMap(section),
    '## EXIT STATUS',
    '0: answered or done. 1: findings, or no such name. 2: bad use, or no data; the message says what supplies it.',
    '## FILES',
    '`~/.claude/intelligence/`: the output of the last rebuild. `CLAUDE_CONFIG_DIR` names another folder than `~/.claude`.',
  ].join('\n\n');
  return String(
    unified()
      .use(remarkParse)
      .use(remarkMan, { name: 'nixos-intelligence', section: 1, version, manual: 'nixos-intelligence', date: '' })
      .processSync(markdown),
  );
}

function section({ name, usage, summary, description, options }: DocumentedCommand): string[] {
  return [
    `### ${name} ${verbatim(usage)}`.trimEnd(),
    `${verbatim(summary[0]?.toUpperCase() + summary.slice(1))}.`,
    ...description
      .trim()
      .split(/\n{2,}/)
      .map(paragraph),
    ...Object.entries(options).map(
      ([option, definition]) => `- \`${optionText(option, definition)}\`: ${verbatim(definition.help)}`,
    ),
  ];
}

/** A paragraph with columns or indented commands stays as it is. */
const paragraph = (text: string): string => (/ {2}/.test(text) ? `\`\`\`\n${text}\n\`\`\`` : verbatim(text));

/** Text in which nothing is markup. */
const verbatim = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');
