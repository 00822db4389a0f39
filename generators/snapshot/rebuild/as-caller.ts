/**
 * The start of a command that runs it as the user who called sudo or doas: snapshots are of that user's history, not
 * root's. Empty if this process runs as that user already.
 */
export function asCaller(uid: number | undefined, environment: Record<string, string | undefined>): string[] {
  if (uid !== 0) return [];
  for (const [name, program] of [
    ['SUDO_USER', ['sudo', '-H', '-u']],
    ['DOAS_USER', ['doas', '-u']],
  ] as const) {
    const user = environment[name];
    if (user !== undefined && user !== '' && user !== 'root') return [...program, user, '--'];
  }
  return [];
}
