import * as z from 'zod';
import { habits } from '../data/habits.ts';
import { keysOf } from '../keys-of.ts';
import { shells } from '../lang/shell/shells.ts';
import { commandName, day, month } from './common.ts';

const count = z.int().nonnegative();

/** A known command with its subcommand, if any: `fd`, `git commit`, `docker compose up`, `xargs grep`. */
const step = z
  .string()
  .max(200)
  .regex(/^[^/\s\p{C}]+( [a-z][\w.+-]*){0,2}$|^xargs [^/\s\p{C}]+$/u, 'a command name, or one with its subcommand');

const historyKind = z.enum([...keysOf(shells), 'atuin']);

/** A history file or database that was read. */
export const historySource = z.strictObject({
  kind: historyKind,
  counts: z
    .enum(['distinct lines', 'every use'])
    .describe(
      'distinct lines: each line is stored once however often it was used (always in fish, by option in bash and zsh: 50 lines or more and none repeated)',
    ),
  times: z.enum(['every entry', 'some entries', 'none']),
  entries: count.describe('lines counted'),
  undated: count.describe('entries without a valid time'),
  notUnderstood: count.describe('entries with a syntax error: the commands found are counted, others may be missing'),
  byAgents: count.describe('entries run by coding agents, not counted as the user’s'),
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
    .describe('skipped entries, by reason'),
});

const roles = z.strictObject({
  alone: count.describe('no input from a pipe, output to the terminal'),
  feeds: count.describe('no input from a pipe, output piped, redirected or captured'),
  filters: count.describe('input from a pipe'),
});

/** Month -> days with a use. */
export const usesByMonth = z
  .record(month, count)
  .describe('days with at least one use, by month, in the 24 months up to `takenOn`; months without a use are absent');

export const commandUse = z.strictObject({
  name: commandName,
  uses: count.describe('uses at any command position'),
  roles: roles.describe('`uses` by role'),
  recent: roles.describe('uses in the 90 days up to `takenOn`'),
  counted: z
    .strictObject({ all: roles, recent: roles })
    .optional()
    .describe('dated uses in histories that store every use: the only comparable counts; absent: none'),
  days: count.describe('days with at least one use'),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  months: usesByMonth,
  fetched: z
    .strictObject({ nixShell: count, nixRun: count })
    .describe('how often `nix-shell -p` or `nix shell`, and `nix run`, fetched it; not part of `uses`'),
  foundIn: z
    .enum(['system', 'user-profile', 'imperative-profile', 'home', 'language', 'other'])
    .nullable()
    .describe(
      'kind of folder that contained it on `takenOn`: system profile, user profile (home-manager or per-user), nix-env or nix profile, a folder in the home, a language’s installer, elsewhere; null: not found',
    ),
  subcommands: z.array(z.strictObject({ name: z.string(), uses: count })).describe('most used first'),
});

export const outcome = z.strictObject({
  command: commandName,
  subcommand: z.string().nullable(),
  attempts: count.describe('uses with a known exit status'),
  failures: count.describe('statuses other than 0, a negative answer (grep finds nothing) and an interruption'),
  notFound: count.describe('status 127'),
  permission: count.describe('status 126, or a failure repeated with sudo within 60 s'),
  interrupted: count.describe('stopped by a signal'),
  piped: count.describe('attempts as the last stage of a pipeline'),
  recentAttempts: count.describe('attempts in the 30 days up to `takenOn`'),
  recentFailures: count,
  lastFailure: day.nullable(),
});

/** Evidence from one user's shell histories: publicly known names and counts. Written by `snapshot shell`. */
export const shellHistory = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('ages and windows are relative to this day'),
  since: day.nullable().describe('older entries were skipped; null: all were read'),
  sources: z.array(historySource),
  unread: z
    .array(z.strictObject({ kind: z.string(), why: z.string() }))
    .describe('histories that exist but could not be read or contain no usable line'),
  totals: z.strictObject({
    lines: count,
    invocations: count.describe('known, builtin and unknown commands'),
    known: count,
    builtins: count,
    unknown: count.describe('commands on no list of public names: only counted'),
    dynamic: count.describe('command names that are expansions ($EDITOR)'),
    remote: count.describe('commands run on other machines or in containers, counted only here'),
  }),
  commands: z.array(commandUse).describe('most used first, then by name'),
  usedByAgents: z.array(commandName).describe('commands run by coding agents, sorted by name'),
  builtins: z.array(z.strictObject({ name: commandName, uses: count })),
  pipelines: z
    .array(
      z.strictObject({
        stages: z.array(step.nullable()).min(2).describe('null: a loop, a group, or an unknown name'),
        uses: count,
        days: count.describe('a lower bound of the number of days'),
        lastDay: day.nullable(),
      }),
    )
    .describe('most used first'),
  sequences: z
    .array(
      z.strictObject({
        steps: z.array(step).min(2).max(3),
        uses: count.describe('steps within 60 s of each other, in the same session where sessions are known'),
        days: count.describe('a lower bound of the number of days'),
      }),
    )
    .describe('used at least three times; most used first'),
  habits: z.array(z.strictObject({ habit: z.enum(habits), uses: count, lastDay: day.nullable() })),
  outcomes: z.strictObject({
    sources: z.array(z.enum([...historyKind.options, 'capture'])).describe('sources of exit statuses; empty: none'),
    from: day.nullable(),
    to: day.nullable(),
    lines: count.describe('lines with a known status'),
    undecided: count.describe('lists and loops, whose status does not show which command returned it'),
    notFoundUnknown: count.describe('status 127 of names on no list (mostly typing errors)'),
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
          piped: count.describe('uses as the last stage of a pipeline'),
        }),
      ),
    })
    .nullable()
    .describe('recorded by `capture.enable`: every use of the command whose status is the status of the line'),
});

export type ShellHistory = z.infer<typeof shellHistory>;
export type CommandUse = z.infer<typeof commandUse>;
export type Outcome = z.infer<typeof outcome>;
export type HistorySource = z.infer<typeof historySource>;
