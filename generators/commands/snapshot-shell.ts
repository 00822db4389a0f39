import { homedir, hostname } from 'node:os';
import path from 'node:path';
import { currentUser } from '../current-user.ts';
import { UserError } from '../errors.ts';
import { evaluated as evaluatedSchema } from '../evidence/evaluated.ts';
import { readJson } from '../evidence/read-json.ts';
import { shellHistory } from '../evidence/shell-history.ts';
import { keysOf } from '../keys-of.ts';
import { shellOfProgram } from '../lang/shell/shells.ts';
import { saveSnapshot } from '../snapshot/save-snapshot.ts';
import { readAliases } from '../snapshot/shell/aliases.ts';
import { captureLog } from '../snapshot/shell/capture-log.ts';
import { findHistories, namedHistory } from '../snapshot/shell/find-histories.ts';
import { histories } from '../snapshot/shell/histories.ts';
import { knownNames } from '../snapshot/shell/known-names.ts';
import { takeShellHistory } from '../snapshot/shell/take-shell-history.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { withProgress } from './progress.ts';
import { dayOrToday, snapshotOptions } from './snapshot-options.ts';

export const command = defineCommand({
  name: 'snapshot shell',
  usage: '[--out DIR] [--dry-run]',
  description: `
Reads shell histories (${keysOf(histories).join(', ')}) and writes shell-history.json: how often known commands were
used, in which pipelines and sequences, with which exit statuses.

Only counts and names that are public or on PATH are written. Arguments, paths, hosts, variables and unknown names
are never written; unknown names are only counted. --dry-run prints exactly what would be written.`,
  options: {
    ...snapshotOptions,
    history: { type: 'string', multiple: true, value: 'KIND=FILE', help: 'read only this history; can be repeated' },
    without: { type: 'string', multiple: true, value: 'KIND', help: 'leave out histories of this kind' },
    since: { type: 'string', value: 'DAY', help: 'leave out older lines and lines without a time' },
    deny: { type: 'string', multiple: true, value: 'NAME', help: 'never write this command name' },
    evaluated: { type: 'string', value: 'FILE', help: 'evaluated.json, for the aliases of the configuration' },
    'all-hosts': { type: 'boolean', help: "count atuin's lines from other machines too" },
  },
  async run({ values }) {
    const home = homedir();
    const environment = process.env;
    const user = currentUser();
    const named = values.history?.map(namedHistory) ?? findHistories(home, environment);
    const chosen = named.filter(({ kind }) => !values.without?.includes(kind));
    const evaluated = values.evaluated === undefined ? null : readEvaluated(values.evaluated);
    const declaredNames = [
      ...(evaluated?.aliases ?? []).flatMap(({ commands }) => commands),
      ...(evaluated?.packages ?? []).flatMap(({ mainProgram }) => mainProgram ?? []),
    ];
    const snapshot = await withProgress('reading shell histories', () =>
      takeShellHistory({
        histories: chosen,
        known: knownNames(
          { home, user: user.username, path: environment.PATH ?? '' },
          declaredNames,
          values.deny ?? [],
        ),
        aliases: readAliases(home, environment, evaluated),
        host: values['all-hosts'] ? null : hostname(),
        loginShell: shellOfProgram(path.basename(user.shell ?? environment.SHELL ?? '')) ?? 'bash',
        takenOn: dayOrToday(values['taken-on']),
        since: values.since === undefined ? null : dayOrToday(values.since),
        captureLog: captureLog(home, environment),
      }),
    );
    if (snapshot.sources.length === 0 && snapshot.captured === null) {
      const reasons = snapshot.unread.map(({ kind, why }) => `${kind}: ${why}`).join('; ');
      throw new UserError('no-history', `no shell history to read${reasons ? ` (${reasons})` : ''}`, {
        hint: 'name a history: --history fish=FILE',
      });
    }
    saveSnapshot('shell-history', shellHistory, snapshot, { out: values.out, dryRun: values['dry-run'] ?? false });
    for (const { kind, why } of snapshot.unread) console.error(`${kind} history: ${why}`);
    return 0;
  },
});

function readEvaluated(file: string) {
  const evaluated = readJson(file, file, evaluatedSchema);
  if (evaluated === undefined) {
    throw new UserError('evaluated', `expected evaluated.json, got nothing at \`${visible(file)}\``);
  }
  return evaluated;
}
