import { groupBy } from '../../group-by.ts';
import { plainText } from '../../text.ts';
import type { Checked } from './check.ts';

const longest = 300;
const severities = ['error', 'warning', 'info'] as const;

/** Lines for a terminal: findings first, the gravest at the top. */
export function doctorText(checked: readonly Checked[]): string {
  const byStatus = groupBy(checked, ({ status }) => status);
  const findings = [...(byStatus.get('finding') ?? [])].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const fine = byStatus.get('ok') ?? [];
  const others = byStatus.get('notApplicable') ?? [];
  return [
    ...findings.flatMap(({ id, severity, message, evidence, fix }) => [
      `${severity} ${id}: ${plainText(message, longest)}`,
      ...evidence.map((one) => `  ${plainText(one, longest)}`),
      ...(fix === null ? [] : [`  fix: ${plainText(fix, 1000)}`]),
    ]),
    ...(fine.length > 0 ? [`fine: ${fine.map(({ id }) => id).join(', ')}`] : []),
    ...(others.length > 0 ? ['not applicable:'] : []),
    ...others.map(({ id, message }) => `  ${id}: ${plainText(message, longest)}`),
    '',
  ].join('\n');
}
