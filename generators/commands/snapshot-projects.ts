import { homedir } from 'node:os';
import { UserError } from '../errors.ts';
import { projects } from '../evidence/projects.ts';
import { readSnapshotSettings } from '../evidence/snapshot-settings.ts';
import { takeProjects } from '../snapshot/projects/take-projects.ts';
import { saveSnapshot } from '../snapshot/save-snapshot.ts';
import { defineCommand } from './command.ts';
import { withProgress } from './progress.ts';
import { dayOrToday, snapshotOptions } from './snapshot-options.ts';

const nameForms = ['none', 'hashed', 'plain'] as const;

export const command = defineCommand({
  name: 'snapshot projects',
  usage: '[--dir DIR]… [--out DIR] [--dry-run]',
  description: `
Looks for your projects in the folders that you name and writes projects.json: the type of each project, the publicly
known tools that its manifests, tasks and CI use, how many dependencies it has, the months of your commits.

Names of projects, folders, dependencies and people are not written (--names writes the names of projects). Ignored
and vendored folders are skipped, links and network file systems are not followed, and nothing of a project is run.
A repository counts if you wrote at least --share of its commits.`,
  options: {
    ...snapshotOptions,
    dir: {
      type: 'string',
      multiple: true,
      value: 'DIR',
      help: 'a folder with projects; can be repeated (default: the option projects.folders)',
    },
    depth: { type: 'string', value: 'N', help: 'levels of folders below each DIR (default: 4)' },
    share: { type: 'string', value: 'PERCENT', help: 'of the commits of a repository (default: 20)' },
    names: { type: 'string', value: 'FORM', help: 'names of projects: none (default), hashed, plain' },
    seconds: { type: 'string', value: 'N', help: 'end the search after so many seconds (default: 120)' },
  },
  async run({ values }) {
    const settings = readSnapshotSettings(homedir());
    const folders = values.dir ?? settings.projectFolders;
    if (folders.length === 0) {
      throw new UserError('no-folders', 'no folder with projects is named', {
        hint: 'pass --dir DIR, or set programs.nixos-intelligence.projects.folders',
      });
    }
    const names = nameForms.find((form) => form === (values.names ?? settings.projectNames));
    if (names === undefined) throw new UserError('usage', `--names: expected ${nameForms.join(' or ')}`);
    const snapshot = await withProgress('looking for projects', () =>
      takeProjects({
        folders,
        depth: number('depth', values.depth, 4, 12),
        time: number('seconds', values.seconds, 120, 86_400) * 1000,
        minShare: number('share', values.share, 20, 100) / 100,
        names,
        takenOn: dayOrToday(values['taken-on']),
      }),
    );
    saveSnapshot('projects', projects, snapshot, { out: values.out, dryRun: values['dry-run'] ?? false });
    if (!snapshot.coverage.complete) console.error('the time limit ended the search: some projects are missing');
    return 0;
  },
});

function number(option: string, text: string | undefined, otherwise: number, largest: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text === '' || !Number.isInteger(value) || value < 0 || value > largest) {
    throw new UserError('usage', `--${option}: expected a number from 0 to ${largest}, got \`${text}\``);
  }
  return value;
}
