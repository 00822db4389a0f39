import { type Contribution, type Inline, type Item, sharedTitles } from '../../content.ts';
import { code, enumerated, inline, joined, rounded } from '../../inline.ts';
import type { DriftInsight, DriftReport } from './schema.ts';

const shownInsights = 4;
const shownCommands = 6;

/** Programs that come from outside the configuration: an agent must not take them for declared. */
export function presentDrift({ insights }: DriftReport): Contribution {
  return {
    sections: [
      {
        id: 'drift',
        title: sharedTitles.pitfalls,
        place: 41,
        weight: 54,
        items: insights.slice(0, shownInsights).map(
          (insight): Item => ({
            content: sentence(insight),
            evidence: insight.evidence,
          }),
        ),
      },
    ],
  };
}

function sentence(insight: DriftInsight): Inline[] {
  switch (insight.kind) {
    case 'not declared':
      return inline`You have ${commands(insight.commands)} in PATH but not in your configuration (${insight.source}).`;
    case 'packages outside':
      return outside(insight.packages);
    case 'hidden':
      return inline`${code(insight.command)} (${insight.source}) hides the one of your configuration in PATH.`;
    case 'rolled back':
      return [`The system was rolled back: generation ${insight.current} runs, ${insight.newest} is the newest.`];
  }
}

function commands(names: readonly string[]): Inline[] {
  const rest = names.length - shownCommands;
  const shown = names.slice(0, shownCommands).map(code);
  return rest > 0 ? [...joined(shown), ` and ${rest} more`] : enumerated(shown);
}

/** Packages of `nix profile`, or those of other installers. */
function outside(packages: Extract<DriftInsight, { kind: 'packages outside' }>['packages']): Inline[] {
  const [first] = packages;
  const isOne = packages.length === 1 && first?.count === 1;
  const are = isOne ? 'is' : 'are';
  if (first?.installer === 'nix profile') {
    const count = `${rounded(first.count)} package${isOne ? '' : 's'}`;
    return inline`${count} ${are} installed with ${code('nix profile')} and not in your configuration.`;
  }
  const counts = packages.map(
    ({ installer, count }) => `${rounded(count)} ${installer} package${count === 1 ? '' : 's'}`,
  );
  return [...enumerated(counts), ` ${are} installed outside Nix.`];
}
