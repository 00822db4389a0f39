import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { checkAliases } from '../lookup/check/check-aliases.ts';
import { checkContext } from '../lookup/check/check-context.ts';
import { factsOf } from '../lookup/check/facts.ts';
import { globRegExp } from '../policy/world.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'check',
  usage: '(--flake FLAKE#HOST [--user NAME] | --in DIR) [--root DIR] [FILE…] [-- NIX OPTIONS]',
  description: `
Holds existing context files (CLAUDE.md, AGENTS.md, a policy file) and the configured aliases against the
evaluated configuration: tools named that are not installed, paths that do not exist, counts that are wrong.
Prints one finding a line and ends with 1 where there are any, for CI.

  check --flake .#HOST CLAUDE.md     evaluates the configuration, also one that does not import the module
                                     yet, and builds or fetches its packages. Options after -- go to nix.
  check --flake .#user@host          the aliases of a home of home-manager's
  check --in DIR CLAUDE.md           takes evidence that was built before, as the module's output has it as
                                     \`passthru.evidence\``,
  options: {
    flake: { type: 'string', value: 'FLAKE#HOST', help: 'the configuration' },
    user: { type: 'string', value: 'NAME', help: 'whose context, where a host has several users' },
    in: { type: 'string', value: 'DIR', help: 'folder with evaluated.json and commands.json' },
    root: { type: 'string', value: 'DIR', help: 'root of the configuration (default: the folder of each FILE)' },
    json: { type: 'boolean', help: 'print the findings as JSON' },
  },
  async run({ values, positionals }) {
    // Only behind `--` can an argument begin so.
    const options = positionals.findIndex((one) => one.startsWith('-'));
    const files = options < 0 ? positionals : positionals.slice(0, options);
    const nixOptions = options < 0 ? [] : positionals.slice(options);
    const { evidence } = readEvidence(await evidenceFolder(values, nixOptions));
    const findings = [];
    for (const file of files) {
      const text = await readFile(file, 'utf8').catch((cause) => {
        throw new UserError('input', `cannot read \`${visible(file)}\``, { cause });
      });
      const root = resolve(values.root ?? dirname(file));
      const shown = relative(root, resolve(file)) || file;
      findings.push(
        ...checkContext(
          text,
          shown,
          factsOf(evidence, (path) => existsBelow(root, path)),
        ),
      );
    }
    findings.push(...checkAliases(factsOf(evidence, () => true)));
    if (evidence.commands === undefined)
      console.error('commands.json is missing: commands and aliases were not checked');
    if (values.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    else
      for (const { file, line, message } of findings)
        console.log(visible(`${file}${line === null ? '' : `:${line}`}: ${message}`));
    return findings.length > 0 ? 1 : 0;
  },
});

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
  console.error(`Evaluating ${visible(flake)}; packages that are not there yet are built or fetched.`);
  return buildEvidenceOf(configuration, user ?? null, process.env.NIXOS_INTELLIGENCE_FLAKE, nixOptions);
}

/** Whether something fits the path: `*` and `<name>` stand for one part, `{a,b}` is not looked into. */
function existsBelow(root: string, path: string): boolean {
  if (/[{}]/.test(path)) return true;
  let folders = [root];
  for (const part of path.replace(/\/+$/, '').split('/')) {
    const open = /[*?<]/.test(part);
    const names = globRegExp(part.replace(/<[^>]*>/g, '*'));
    folders = folders
      .flatMap((folder) =>
        (open ? list(folder).filter((name) => names.test(name)) : [part]).map((name) => join(folder, name)),
      )
      .filter((one) => existsSync(one));
  }
  return folders.length > 0;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
