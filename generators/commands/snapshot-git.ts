import { type GitHistory, gitHistory } from '../evidence/git-history.ts';
import { openRepository } from '../snapshot/git/repository.ts';
import { takeGitHistory } from '../snapshot/git/take-git-history.ts';
import { saveSnapshot } from '../snapshot/save-snapshot.ts';
import { defineCommand } from './command.ts';
import { withProgress } from './progress.ts';
import { dayOrToday, snapshotOptions } from './snapshot-options.ts';

export const command = defineCommand({
  name: 'snapshot git',
  usage: '[--repo DIR] [--branch NAME] [--out DIR]',
  description: `
Reads the git history of the configuration and writes git-history.json: when each package and enabled option was
added, moved, renamed or removed, in which commit, and why.

Comments and sentences of commit messages are written as reasons, at most 160 characters each, and only if every word
is an English word, a term of the field or a declared tool's name, and nothing names a person or may be a secret.
--no-reasons leaves them all out. Nothing is fetched, and nothing in the repository is changed.`,
  options: {
    ...snapshotOptions,
    repo: { type: 'string', value: 'DIR', help: 'the checkout or a bare repository (default: this folder)' },
    branch: { type: 'string', value: 'NAME', help: 'read this branch instead of the current one' },
    'no-reasons': { type: 'boolean', help: 'leave out all text of messages and comments' },
    json: { type: 'boolean', help: 'print a summary as JSON' },
  },
  async run({ values }) {
    const repository = await openRepository(values.repo ?? '.', values.branch);
    const dryRun = values['dry-run'] ?? false;
    const snapshot = await withProgress('reading the git history', (report) =>
      takeGitHistory(repository, {
        takenOn: dayOrToday(values['taken-on']),
        reasons: !values['no-reasons'],
        progress: (what, done, of) => report(`${done}${of === null ? '' : ` of ${of}`} ${what}`),
      }),
    );
    saveSnapshot('git-history', gitHistory, snapshot, { out: values.out, dryRun });
    if (values.json && !dryRun) process.stdout.write(`${JSON.stringify(summaryOf(snapshot))}\n`);
    const { missingBlobs } = snapshot.coverage;
    if (missingBlobs > 0) {
      console.error(`${missingBlobs} versions of files are not in this clone; these files count as unchanged`);
    }
    return 0;
  },
});

function summaryOf({ coverage, tools, migrations }: GitHistory) {
  const present = tools.filter((tool) => tool.present);
  return {
    commits: coverage.commits,
    first: coverage.first,
    last: coverage.last,
    present: present.length,
    gone: tools.length - present.length,
    withPurpose: present.filter(({ purpose }) => purpose !== null).length,
    withReason: present.filter(({ reason }) => reason !== null).length,
    migrations: migrations.length,
    missingBlobs: coverage.missingBlobs,
    unsound: coverage.unsound,
  };
}
