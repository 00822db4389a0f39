import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { checkAliases } from '../check/check-aliases.ts';
import { checkContext } from '../check/check-context.ts';
import { factsOf } from '../check/facts.ts';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { globRegExp } from '../policy/world.ts';
import { visible } from '../render/plain-text.ts';

export const command: Command = {
  name: 'check',
  usage: '--in DIR [--root DIR] [FILE…]',
  description: `
Holds existing context files (CLAUDE.md, AGENTS.md, a policy file) and the configured aliases against the
evaluated configuration: tools named that are not installed, paths that do not exist, counts that are wrong.
Prints one finding a line and ends with 1 where there are any, for CI.

DIR is the folder of evidence that the module's output has as \`passthru.evidence\`:
  nix build .#nixosConfigurations.HOST.config.programs.nixos-intelligence.users.NAME.output.evidence`,
  options: {
    in: { type: 'string', value: 'DIR', help: 'folder with evaluated.json and commands.json' },
    root: { type: 'string', value: 'DIR', help: 'root of the configuration (default: the folder of each FILE)' },
    json: { type: 'boolean', help: 'print the findings as JSON' },
  },
  async run({ values, positionals }) {
    if (typeof values.in !== 'string')
      throw new UserError('usage', '`--in` is needed', { hint: 'nixos-intelligence check --help' });
    const { evidence } = readEvidence(values.in);
    const findings = [];
    for (const file of positionals) {
      const text = await readFile(file, 'utf8').catch((cause) => {
        throw new UserError('input', `cannot read \`${visible(file)}\``, { cause });
      });
      const root = resolve(typeof values.root === 'string' ? values.root : dirname(file));
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
};

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
