export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A command line that runs a hook, and answers by itself if the hook cannot be started. */
export function commandLine(hook: string, failure: string): string {
  return `${hook} || printf '%s\\n' ${shellQuoted(failure.trimEnd())}`;
}
