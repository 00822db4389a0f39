import { deadAliases } from '../../evidence/dead-aliases.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from './finding.ts';

/** Aliases and abbreviations with a command that the configuration does not install. */
export function checkAliases(evidence: Evidence): Finding[] {
  return deadAliases(evidence).map(
    ({ alias: { name, kind, files }, command }): Finding => ({
      file: files[0] ?? '(the configuration)',
      line: null,
      kind: 'not installed',
      message: `the ${kind} \`${name}\` runs \`${command}\`, which is not installed by the configuration`,
      evidence: 'the aliases and commands of the configuration',
    }),
  );
}
