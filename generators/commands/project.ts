import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { compareProject } from '../lookup/project/compare-project.ts';
import { projectText } from '../lookup/project/project-text.ts';
import { outputReader } from '../lookup/read-output.ts';
import { describeProject } from '../snapshot/projects/describe-project.ts';
import { askGit, listFiles } from '../snapshot/projects/list-files.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'project',
  usage: '[DIR] [--json] [--dir DIR]',
  description: `
Reads the project in DIR (default: this folder) and compares it with your other projects of the same type: the tools
that most of them use and this one lacks, and how many dependencies for development they have.

Exit status 1: the folder has no manifest of a known type.`,
  options: {
    json: { type: 'boolean', help: 'the whole answer as JSON' },
    dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
  },
  completes: 'folder',
  async run({ values, positionals: [named = '.', ...more] }) {
    if (more.length > 0)
      throw new UserError('usage', 'expected one DIR', { hint: 'nixos-intelligence project --help' });
    if (!statSync(named, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError('input', `expected a folder, got \`${visible(named)}\``);
    }
    const patterns = outputReader(values.dir).read('cross_project_patterns');
    const facts = describeProject(await listFiles(await projectAround(path.resolve(named))));
    const comparison = compareProject(facts, patterns);
    const found = facts.types.length > 0;
    if (values.json) process.stdout.write(`${JSON.stringify({ found, ...comparison }, null, 2)}\n`);
    else if (found) process.stdout.write(projectText(comparison));
    else process.stdout.write(`no manifest of a known type in ${visible(path.resolve(named))}\n`);
    return found ? 0 : 1;
  },
});

/** The repository around a folder, else the folder itself. */
async function projectAround(folder: string) {
  const top = await askGit(folder, ['rev-parse', '--show-toplevel']);
  return top !== null && existsSync(top) ? { folder: top, isRepository: true } : { folder, isRepository: false };
}
