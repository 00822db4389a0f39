import { gitHistory } from '../evidence/git-history.ts';
import { openRepository } from '../snapshot/git/repository.ts';
import { type Progress, takeGitHistory } from '../snapshot/git/take-git-history.ts';
import { saveSnapshot, snapshotOptions, takenOn } from '../snapshot/save-snapshot.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'snapshot git',
  usage: '[--repo DIR] [--branch NAME] [--out DIR]',
  description: `Reads the git history of the configuration and writes git-history.json: when each package and
enabled option came, moved, was renamed or went, in which commit, and why.

Names and addresses of people are never written. Comments and sentences of commit messages are, as reasons: at
most 160 characters each, without links, addresses and what looks like a secret. --no-reasons leaves them out.
Nothing is fetched, and nothing in the repository is changed.`,
  options: {
    ...snapshotOptions,
    repo: { type: 'string', value: 'DIR', help: 'the configuration’s checkout, or a bare repository (default: here)' },
    branch: { type: 'string', value: 'NAME', help: 'read this branch, not the one that is checked out' },
    'no-reasons': { type: 'boolean', help: 'leave out every word of messages and comments' },
    json: { type: 'boolean', help: 'print a summary as JSON' },
  },
  run: async ({ values }) => {
    const repository = await openRepository(
      (values.repo as string | undefined) ?? '.',
      values.branch as string | undefined,
    );
    const shown = process.stderr.isTTY === true && values.json !== true;
    const snapshot = await takeGitHistory(repository, {
      takenOn: takenOn(values['taken-on']),
      reasons: values['no-reasons'] !== true,
      ...(shown ? { progress: showProgress } : {}),
    });
    if (shown) process.stderr.write('\r\x1b[K');
    saveSnapshot('git-history', gitHistory, snapshot, {
      out: values.out as string | undefined,
      dryRun: values['dry-run'] === true,
    });
    const present = snapshot.tools.filter((tool) => tool.present);
    const summary = {
      commits: snapshot.coverage.commits,
      first: snapshot.coverage.first,
      last: snapshot.coverage.last,
      present: present.length,
      gone: snapshot.tools.length - present.length,
      withPurpose: present.filter(({ purpose }) => purpose !== null).length,
      withReason: present.filter(({ reason }) => reason !== null).length,
      migrations: snapshot.migrations.length,
      missingBlobs: snapshot.coverage.missingBlobs,
      unsound: snapshot.coverage.unsound,
    };
    if (values.json === true && values['dry-run'] !== true) process.stdout.write(`${JSON.stringify(summary)}\n`);
    if (summary.missingBlobs > 0) {
      console.error(`${summary.missingBlobs} file contents are not in this clone: their files count as unchanged`);
    }
    return 0;
  },
};

const showProgress: Progress = (what, done, of) => {
  process.stderr.write(`\r\x1b[K${what}: ${done}${of === null ? '' : ` of ${of}`}`);
};
