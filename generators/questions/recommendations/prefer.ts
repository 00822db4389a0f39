import { type UsageAlignment, usageAlignment } from '../usage-alignment/schema.ts';
import { changeCommand, nixList } from './change-command.ts';
import { type Finding, type Known, minDaysOfHistory } from './finding.ts';
import { wilsonLowerBound } from './wilson.ts';

type Preference = UsageAlignment['preferences'][number];

/** Commands that the user clearly prefers over another one and that no policy advises yet. */
export function toPrefer({ earlier, policyFor }: Known): Finding[] {
  const alignment = earlier.get(usageAlignment);
  if (alignment === undefined || alignment.window.days < minDaysOfHistory) return [];
  return alignment.preferences.flatMap((preference, index) => {
    const [over] = preference.over;
    if (over === undefined) return [];
    const policy = policyFor({ preferred: preference.preferred, over: over.command });
    if (policy === 'active') return [];
    const change =
      policy === 'none'
        ? null
        : policy.value === null
          ? changeCommand('enable', policy.option)
          : changeCommand('set', policy.option, nixList(policy.value));
    return [preferred(preference, over.command, index, change)];
  });
}

function preferred(
  { purpose, preferred, uses, over }: Preference,
  first: string,
  index: number,
  change: string | null,
): Finding {
  const otherUses = over.reduce((sum, other) => sum + other.uses, 0);
  return {
    reason: { rule: 'preferred', purpose, preferred, over: first, uses, otherUses },
    subject: preferred,
    evidence: [{ file: 'usage_alignment.json', pointer: `/preferences/${index}` }],
    confidence: wilsonLowerBound(uses, uses + otherUses),
    saves: null,
    change,
  };
}
