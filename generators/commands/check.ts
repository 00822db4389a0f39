import { dirname, relative, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { checkAliases } from '../lookup/check/check-aliases.ts';
import { checkContext } from '../lookup/check/check-context.ts';
import { existsBelow } from '../lookup/check/exists-below.ts';
import type { Finding } from '../lookup/check/finding.ts';
import { knownFacts } from '../lookup/check/known-facts.ts';
import { readRegularFile } from '../read-file.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'check',
  usage: '(--flake FLAKE#HOST [--user NAME] | --in DIR) [--root DIR] [FILE…] [-- NIX OPTIONS]',
  description: `
Checks existing context files (CLAUDE.md, AGENTS.md, a policy file) and the configured aliases against the
evaluated configuration: tools that are mentioned and not installed, paths that do not exist, wrong counts.
Prints one finding per line. Exit status 1: there are findings.

  check --flake .#HOST CLAUDE.md     evaluates the configuration, also one that does not import the module
                                     yet, and builds or fetches its packages. Options after -- go to nix.
  check --flake .#user@host          the aliases of a home-manager configuration
  check --in DIR CLAUDE.md           reads evidence that was built before: \`passthru.evidence\` of the module's
                                     output`,
  options: {
    flake: { type: 'string', value: 'FLAKE#HOST', help: 'the configuration' },
    user: { type: 'string', value: 'NAME', help: 'the user, when a host has several' },
    in: { type: 'string', value: 'DIR', help: 'folder with evaluated.json and commands.json' },
    root: { type: 'string', value: 'DIR', help: 'root of the configuration (default: the folder of each FILE)' },
    json: { type: 'boolean', help: 'print the findings as JSON' },
  },
  completes: 'file',
  async run({ values, positionals }) {
    // Only after `--` can an argument begin with a dash.
    const end = positionals.findIndex((argument) => argument.startsWith('-'));
    const files = end < 0 ? positionals : positionals.slice(0, end);
    const nixOptions = end < 0 ? [] : positionals.slice(end);
    const { evidence } = readEvidence(await evidenceFolder(values, nixOptions));
    const facts = knownFacts(evidence);
    const findings: Finding[] = [];
    for (const file of files) {
      const text = contextText(file);
      const root = resolve(values.root ?? dirname(file));
      const shown = relative(root, resolve(file)) || file;
      findings.push(...checkContext(text, shown, facts, (path) => existsBelow(root, path)));
    }
    findings.push(...checkAliases(evidence));
    const commandsChecked = facts.commands !== undefined;
    if (!commandsChecked) console.error('commands.json is missing: commands and aliases were not checked');
    if (values.json) process.stdout.write(`${JSON.stringify({ findings, commandsChecked }, null, 2)}\n`);
    else {
      for (const { file, line, message } of findings) {
        console.log(visible(`${file}${line === null ? '' : `:${line}`}: ${message}`));
      }
    }
    return findings.length > 0 ? 1 : 0;
  },
});

/** More than any context file. */
const largest = 16 * 1024 * 1024;

function contextText(file: string): string {
  try {
    return readRegularFile(file, largest).toString();
  } catch (cause) {
    throw new UserError('input', `cannot read \`${visible(file)}\`: ${messageOf(cause)}`, { cause });
  }
}

async function evidenceFolder(
  { in: folder, flake, user }: { in?: string | undefined; flake?: string | undefined; user?: string | undefined },
  nixOptions: readonly string[],
): Promise<string> {
  if (folder !== undefined && flake === undefined) return folder;
  if (folder !== undefined || flake === undefined) {
    throw new UserError('usage', 'one of `--flake` and `--in` is needed', { hint: 'nixos-intelligence check --help' });
  }
  const { buildEvidenceOf, parseConfiguration } = await import('../evidence/flake/configuration.ts');
  const configuration = parseConfiguration(flake);
  console.error(`Evaluating ${visible(flake)}; missing packages are built or fetched.`);
  return buildEvidenceOf(configuration, user ?? null, process.env.NIXOS_INTELLIGENCE_FLAKE, nixOptions);
}
