const quiet = 2000;
const pause = 200;

/** Says how far a task is: `1,200 of 3,000 versions of files`. */
export type Report = (detail: string) => void;

/**
 * Runs a task. If it takes longer than two seconds, standard error shows what is being done and how far it is, in one
 * line that is removed at the end; only on a terminal.
 *
 * @param what in the progressive form: `reading transcripts`
 */
export async function withProgress<Result>(what: string, task: (report: Report) => Promise<Result>): Promise<Result> {
  const { stderr } = process;
  if (stderr.isTTY !== true || process.env.TERM === 'dumb') return task(() => {});
  const start = Date.now();
  let detail = '';
  let shownAt = start + quiet - pause;
  const show = (): void => {
    const now = Date.now();
    if (now - shownAt < pause) return;
    shownAt = now;
    const line = `${what}: ${detail === '' ? '' : `${detail}, `}${Math.round((now - start) / 1000)} s`;
    stderr.write(`\r\u001b[K${line.slice(0, stderr.columns - 1)}`);
  };
  // A task that never waits shows only what it reports.
  const timer = setInterval(show, 1000);
  try {
    return await task((text) => {
      detail = text;
      show();
    });
  } finally {
    clearInterval(timer);
    if (shownAt > start + quiet - pause) stderr.write('\r\u001b[K');
  }
}
