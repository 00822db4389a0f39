/**
 * What becomes the user again who called us through sudo or doas, as the head of a command: the snapshots
 * are of that user's history, and root's are nobody's business. Empty where we are that user already.
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
