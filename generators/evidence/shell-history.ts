import * as z from 'zod';
import { habits } from '../data/habits.ts';
import { commandName, day } from './common.ts';

const count = z.int().nonnegative();

/** A known command, with its subcommand where it has one: `fd`, `git commit`, `docker compose up`, `xargs grep`. */
const step = z
  .string()
  .max(200)
  .regex(/^[^/\s\p{C}]+( [a-z][\w.+-]*){0,2}$|^xargs [^/\s\p{C}]+$/u, 'a command name, or one with its subcommand');

/** One history that was read. */
export const historySource = z.strictObject({
  kind: z.enum(['fish', 'bash', 'zsh', 'nushell', 'atuin']),
  counts: z
    .enum(['distinct lines', 'every use'])
    .describe(
      'distinct lines: fish keeps a line once however often it was used, bash and zsh do so by option (50 lines or more, none repeated)',
    ),
  times: z.enum(['every entry', 'some entries', 'none']),
  entries: count.describe('lines counted'),
  undated: count.describe('of those, without a time or with an impossible one'),
  notUnderstood: count.describe('of those, the parser met an error in: what it found is counted, some may be missing'),
  byAgents: count.describe('run by coding agents, not counted as the user’s'),
  from: day.nullable().describe('first dated entry'),
  to: day.nullable().describe('last dated entry'),
  skipped: z
    .partialRecord(
      z.enum([
        'malformed',
        'truncated',
        'tooLong',
        'conflictMarker',
        'duplicate',
        'recordedElsewhere',
        'otherHost',
        'beforeWindow',
      ]),
      count,
    )
    .describe('entries left out, by reason'),
});

const roles = z.strictObject({
  alone: count.describe('its output went to the terminal and nothing fed it'),
  feeds: count.describe('nothing fed it, its output was piped, redirected or captured'),
  filters: count.describe('its input came from a pipe'),
});

export const commandUse = z.strictObject({
  name: commandName,
  uses: count.describe('at any command position'),
  roles: roles.describe('add up to `uses`'),
  recent: roles.describe('uses in the 90 days up to `takenOn`'),
  counted: z
    .strictObject({ all: roles, recent: roles })
    .optional()
    .describe('of these, dated uses in histories that keep every use: only such counts can be compared; absent: none'),
  days: count.describe('different days with a use'),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  wrapped: count.describe('of the uses, behind another command: sudo, xargs, env, …'),
  sudo: count.describe('of the uses, behind sudo or doas'),
  throughAlias: count.describe('of the uses, typed as an alias of the configuration'),
  fetched: z
    .strictObject({ nixShell: count, nixRun: count })
    .describe('how often it was asked of `nix-shell -p` or `nix shell`, and of `nix run`; beside `uses`'),
  foundIn: z
    .enum(['system', 'user-profile', 'imperative-profile', 'home', 'language', 'other'])
    .nullable()
    .describe(
      'kind of folder it lay in on `takenOn`: system profile, user profile (home-manager or per-user), nix-env or nix profile, a folder of the home, a language’s own installer, elsewhere; null: not found',
    ),
  subcommands: z.array(z.strictObject({ name: z.string(), uses: count })).describe('most used first'),
});

export const outcome = z.strictObject({
  command: commandName,
  subcommand: z.string().nullable(),
  attempts: count.describe('uses whose own exit status is known'),
  failures: count.describe('other than 0, than an answer (grep finds nothing) and than an interruption'),
  notFound: count.describe('status 127'),
  permission: count.describe('status 126, or failed and repeated with sudo within 60 s'),
  interrupted: count.describe('stopped by a signal'),
  piped: count.describe('of the attempts, as last stage of a pipeline of several'),
  recentAttempts: count.describe('in the 30 days up to `takenOn`'),
  recentFailures: count,
  lastFailure: day.nullable(),
});

/** What is left of the histories of one user: names that are public anyway, and counts. */
export const shellHistory = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('ages and windows count to this day'),
  since: day.nullable().describe('older entries were left out; null: all were read'),
  sources: z.array(historySource),
  unread: z
    .array(z.strictObject({ kind: z.string(), why: z.string() }))
    .describe('histories that are there and could not be read, or have no line that counts'),
  totals: z.strictObject({
    lines: count,
    invocations: count.describe('known, builtin and unknown together'),
    known: count,
    builtins: count,
    unknown: count.describe('names on no list: only their number leaves'),
    dynamic: count.describe('names that are expansions ($EDITOR)'),
    remote: count.describe('commands run on other machines or in containers, not counted otherwise'),
  }),
  commands: z.array(commandUse).describe('most used first, then by name'),
  usedByAgents: z.array(commandName).describe('run by coding agents, by name'),
  builtins: z.array(z.strictObject({ name: commandName, uses: count })),
  pipelines: z
    .array(
      z.strictObject({
        stages: z.array(step.nullable()).min(2).describe('null: a loop, a group, or a name that is not known'),
        uses: count,
        days: count.describe('at least so many different days'),
        lastDay: day.nullable(),
      }),
    )
    .describe('most used first'),
  sequences: z
    .array(
      z.strictObject({
        steps: z.array(step).min(2).max(3),
        uses: count.describe('one within 60 s of the other, in one session where sessions are known'),
        days: count.describe('at least so many different days'),
      }),
    )
    .describe('seen at least three times; most used first'),
  habits: z.array(z.strictObject({ habit: z.enum(habits), uses: count, lastDay: day.nullable() })),
  outcomes: z.strictObject({
    sources: z.array(z.enum(['atuin', 'nushell', 'capture'])).describe('what knows exit statuses; empty: nothing does'),
    from: day.nullable(),
    to: day.nullable(),
    lines: count.describe('lines with a known status'),
    undecided: count.describe('of those, lists and loops whose status does not tell which command it was'),
    notFoundUnknown: count.describe('status 127 of names that are on no list (mistyped, mostly)'),
    commands: z.array(outcome),
  }),
  captured: z
    .strictObject({
      from: day.nullable(),
      to: day.nullable(),
      lines: count,
      commands: z.array(
        z.strictObject({
          name: commandName,
          uses: count,
          piped: count.describe('of the uses, as last stage of a pipeline of several'),
        }),
      ),
    })
    .nullable()
    .describe('what the recorder of `capture.enable` saw: every use of the command that a line’s status belongs to'),
});

export type ShellHistory = z.infer<typeof shellHistory>;
export type CommandUse = z.infer<typeof commandUse>;
export type Outcome = z.infer<typeof outcome>;
export type HistorySource = z.infer<typeof historySource>;
