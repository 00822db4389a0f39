import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { readSources } from '../evidence/read-sources.ts';
import { checkAliases } from '../lookup/check/check-aliases.ts';
import { checkContext, packagesIn } from '../lookup/check/check-context.ts';
import { type Checkout, openCheckout, rootOf } from '../lookup/check/checkout.ts';
import type { Finding } from '../lookup/check/finding.ts';
import { knownFacts } from '../lookup/check/known-facts.ts';
import { knownOptions, type OptionCheck } from '../lookup/check/known-options.ts';
import type { PackageState } from '../lookup/check/package-states.ts';
import { byText } from '../order.ts';
import { readRegularFile } from '../read-file.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'check',
  usage: '(--flake FLAKE#HOST [--user NAME] | --in DIR [--flake FLAKE#HOST]) [--root DIR] [FILE…] [-- NIX OPTIONS]',
  description: `
Checks context files (CLAUDE.md, AGENTS.md, README, a policy file, a folder such as .cursor/rules) and the configured
aliases against the evaluated configuration: options and packages that were renamed or removed or do not exist, also in
code blocks of Nix; paths that the checkout does not have; tools that are mentioned and not installed; wrong counts.
Prints one finding per line. Exit status 1: there are findings.

  check --flake .#HOST CLAUDE.md     evaluates the configuration, also one that does not import the module
                                     yet, and builds or fetches its packages. Options after -- go to nix.
  check --flake .#user@host          the aliases of a home-manager configuration
  check --in DIR CLAUDE.md           reads evidence that was built before: \`passthru.evidence\` of the module's
                                     output. Names of packages are checked only with --flake.`,
  options: {
    flake: { type: 'string', value: 'FLAKE#HOST', help: 'the configuration' },
    user: { type: 'string', value: 'NAME', help: 'the user, when a host has several' },
    in: { type: 'string', value: 'DIR', help: 'folder with evaluated.json and commands.json' },
    root: {
      type: 'string',
      value: 'DIR',
      help: 'root of the checkout (default: the nearest folder above each FILE with a flake or a repository)',
    },
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
    const texts = files.flatMap(contextFiles).map((file) => ({ file, text: contextText(file) }));
    const packages = await statesOf(texts, values.flake, nixOptions);
    const findings: Finding[] = [];
    const checkedIn = new Map<string, { checkout: Checkout; option: OptionCheck | undefined }>();
    for (const { file, text } of texts) {
      const root = resolve(values.root ?? rootOf(file));
      const found = checkedIn.get(root) ?? {
        checkout: openCheckout(root),
        option: knownOptions(evidence, await readSources(root)),
      };
      checkedIn.set(root, found);
      const shown = relative(root, resolve(file)) || file;
      findings.push(...checkContext(text, shown, { facts, packages, place: file, ...found }));
    }
    findings.push(...checkAliases(evidence));
    const commandsChecked = facts.commands !== undefined;
    if (!commandsChecked) console.error('commands.json is missing: commands and aliases were not checked');
    if (values.json) process.stdout.write(`${JSON.stringify({ findings, commandsChecked }, null, 2)}\n`);
    else {
      for (const { file, line, message, evidence } of findings) {
        console.log(visible(`${file}${line === null ? '' : `:${line}`}: ${message} (${evidence})`));
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

/** The file itself, or the Markdown files below a folder. */
function contextFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mdc?$/.test(name))
    .sort(byText)
    .map((name) => join(path, name));
}

/** Empty without a flake: only its evaluation knows the packages, with all overlays. */
async function statesOf(
  texts: readonly { text: string }[],
  flake: string | undefined,
  nixOptions: readonly string[],
): Promise<ReadonlyMap<string, PackageState>> {
  if (flake === undefined) return new Map();
  const { parseConfiguration } = await import('../evidence/flake/configuration.ts');
  const { packageStates } = await import('../lookup/check/package-states.ts');
  const names = new Set(texts.flatMap(({ text }) => packagesIn(text)));
  return packageStates(parseConfiguration(flake), [...names], nixOptions);
}

async function evidenceFolder(
  { in: folder, flake, user }: { in?: string | undefined; flake?: string | undefined; user?: string | undefined },
  nixOptions: readonly string[],
): Promise<string> {
  if (folder !== undefined) return folder;
  if (flake === undefined) {
    throw new UserError('usage', '`--flake` or `--in` is needed', { hint: 'nixos-intelligence check --help' });
  }
  const { buildEvidenceOf, parseConfiguration } = await import('../evidence/flake/configuration.ts');
  const configuration = parseConfiguration(flake);
  console.error(`Evaluating ${visible(flake)}; missing packages are built or fetched.`);
  return buildEvidenceOf(configuration, user ?? null, process.env.NIXOS_INTELLIGENCE_FLAKE, nixOptions);
}
