import { readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { type Evaluated, evaluated as evaluatedSchema } from '../evidence/evaluated.ts';
import { shellHistory } from '../evidence/shell-history.ts';
import type { Shell } from '../lang/shell/builtins.ts';
import { saveSnapshot, snapshotOptions, takenOn } from '../snapshot/save-snapshot.ts';
import { readAliases } from '../snapshot/shell/aliases.ts';
import { captureLog } from '../snapshot/shell/capture-log.ts';
import { findHistories, namedHistory } from '../snapshot/shell/find-histories.ts';
import { knownNames } from '../snapshot/shell/known-names.ts';
import { takeShellHistory } from '../snapshot/shell/take-shell-history.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'snapshot shell',
  usage: '[--out DIR] [--dry-run]',
  description: `Reads the histories of fish, bash, zsh, atuin and nushell and writes shell-history.json: which known
commands were used how often, pipelines, sequences, exit statuses.

Only names that are public or lie on PATH are written, and counts. Arguments, paths, hosts, variables,
unknown names never are: of unknown names only their number. --dry-run shows exactly what would be
written.`,
  options: {
    ...snapshotOptions,
    history: { type: 'string', multiple: true, value: 'KIND=FILE', help: 'read this history, and only those named' },
    without: { type: 'string', multiple: true, value: 'KIND', help: 'leave out histories of this kind' },
    since: { type: 'string', value: 'DAY', help: 'leave out what is older, and what has no time' },
    deny: { type: 'string', multiple: true, value: 'NAME', help: 'a command name that must not leave' },
    evaluated: { type: 'string', value: 'FILE', help: 'evaluated.json, for the aliases of the configuration' },
    'all-hosts': { type: 'boolean', help: 'count what atuin has synchronised from other machines too' },
  },
  run: async ({ values }) => {
    const home = homedir();
    const environment = process.env;
    const list = (name: string): string[] => (values[name] as string[] | undefined) ?? [];
    const named = list('history').map(namedHistory);
    const without = new Set(list('without'));
    const histories = (named.length > 0 ? named : findHistories(home, environment)).filter(
      ({ kind }) => !without.has(kind),
    );
    const evaluated = readEvaluated(values.evaluated as string | undefined);
    const user = userInfo();
    const extra = [
      ...(evaluated?.aliases ?? []).flatMap(({ commands }) => commands),
      ...(evaluated?.packages ?? []).flatMap(({ mainProgram }) => mainProgram ?? []),
    ];
    const known = knownNames({ home, user: user.username, path: environment.PATH ?? '' }, extra, list('deny'));
    const log = captureLog(home, environment);
    const day = takenOn(values['taken-on']);
    const snapshot = await takeShellHistory({
      histories,
      known,
      aliases: readAliases(home, environment, evaluated),
      host: values['all-hosts'] ? null : hostname(),
      loginShell: shellOf(user.shell ?? environment.SHELL ?? ''),
      takenOn: day,
      since: values.since === undefined ? null : takenOn(values.since),
      captureLog: log,
    });
    if (snapshot.sources.length === 0 && snapshot.captured === null) {
      const why = snapshot.unread.map((one) => `${one.kind}: ${one.why}`).join('; ');
      throw new UserError('no-history', `no shell history to read${why ? ` (${why})` : ''}`, {
        hint: 'name one: --history fish=FILE',
      });
    }
    saveSnapshot('shell-history', shellHistory, snapshot, {
      out: values.out as string | undefined,
      dryRun: values['dry-run'] === true,
    });
    for (const { kind, why } of snapshot.unread) console.error(`${kind}: not read: ${why}`);
    return 0;
  },
};

function readEvaluated(file: string | undefined): Evaluated | null {
  if (file === undefined) return null;
  try {
    return evaluatedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UserError('evaluated', `\`${file}\` is no evaluated.json`, { cause: error });
  }
}

/** atuin does not always say which shell a line is of: the user's own, then. */
function shellOf(program: string): Shell {
  const name = path.basename(program);
  return name === 'fish' || name === 'zsh' ? name : name === 'nu' ? 'nushell' : 'bash';
}
