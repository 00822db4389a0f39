import { daysBetween } from '../../days.ts';
import type { ShellHistory } from '../../evidence/shell-history.ts';
import { shellOfProgram } from '../../lang/shell/shells.ts';
import { byText } from '../../order.ts';
import type { UsageAlignment } from './schema.ts';

/** In days: a shorter history does not show which tools are unused. */
export const minDays = 30;
const minLines = 200;
const maxDaysWithoutEntry = 30;
const maxShareNotUnderstood = 0.1;

type Window = UsageAlignment['window'];

/** The time that the history of the login shell covers, and whether it shows which tools are unused. */
export function historyWindow(history: ShellHistory, loginShell: string | null): Window {
  const { takenOn, unread } = history;
  const sources = loginSources(history, loginShell);
  const [from = null] = sources.flatMap((source) => source.from ?? []).sort(byText);
  const last = sources
    .flatMap((source) => source.to ?? [])
    .sort(byText)
    .at(-1);
  const days = from === null ? 0 : Math.max(0, daysBetween(from, takenOn));
  const lines = sources.reduce((sum, { entries }) => sum + entries, 0);
  const notUnderstood = sources.reduce((sum, source) => sum + source.notUnderstood, 0);
  const why = ((): Window['why'] => {
    if (unread.some(({ kind }) => isOfLoginShell(kind, loginShell))) return 'a history could not be read';
    if (sources.length === 0) return 'no history of the login shell';
    if (from === null) return 'no times';
    if (days < minDays) return 'too few days';
    if (lines < minLines) return 'too few lines';
    if (last !== undefined && daysBetween(last, takenOn) > maxDaysWithoutEntry) return 'ends too early';
    return notUnderstood > lines * maxShareNotUnderstood ? 'not understood' : null;
  })();
  return {
    from,
    to: takenOn,
    days,
    lines,
    sources: [...new Set(history.sources.map(({ kind }) => kind))].sort(byText),
    enough: why === null,
    why,
    counts: history.sources.some(({ counts }) => counts === 'distinct lines') ? 'at least' : 'every use',
  };
}

/** The histories of the login shell and of atuin; all where the login shell is not known. */
function loginSources({ sources }: ShellHistory, loginShell: string | null): ShellHistory['sources'] {
  if (loginShell === null) {
    const atuin = sources.filter(({ kind, entries }) => entries > 0 && kind === 'atuin');
    return atuin.length > 0 ? atuin : sources;
  }
  return sources.filter(({ kind, entries }) => entries > 0 && isOfLoginShell(kind, loginShell));
}

/** atuin records every shell. */
function isOfLoginShell(kind: string, loginShell: string | null): boolean {
  return loginShell === null || kind === 'atuin' || kind === shellOfProgram(loginShell);
}
