import { belongsToProjects } from '../../data/toolchains.ts';
import { dependencyGraph } from '../dependency-graph/schema.ts';
import { packageEvolution } from '../package-evolution/schema.ts';
import { usageAlignment } from '../usage-alignment/schema.ts';
import { changeCommand, scopeOption, writtenName } from './change-command.ts';
import type { Finding, Known } from './finding.ts';
import { hostsOf, otherHosts, servesOtherUsers } from './sharing.ts';
import { wilsonLowerBound } from './wilson.ts';

/**
 * Tools for the prompt that nobody typed although the git history has them for a month or longer, and that no other
 * evidence needs. Without a git history their age is not known.
 */
export function toRemove({ evidence, earlier }: Known): Finding[] {
  const alignment = earlier.get(usageAlignment);
  const evolution = earlier.get(packageEvolution);
  const graph = earlier.get(dependencyGraph);
  if (alignment === undefined || evolution === undefined || graph === undefined) return [];
  if (evidence.commands === undefined) return [];
  const { packages } = evidence.evaluated;
  return alignment.unused.flatMap(({ package: id, commands, removable, since, days, installed }, index): Finding[] => {
    const position = packages.findIndex((entry) => entry.id === id);
    const entry = packages[position];
    const history = evolution.packages.findIndex((one) => one.id === id);
    const cost = graph.packages.findIndex((one) => one.id === id);
    if (entry === undefined || !removable || history < 0 || cost < 0 || !graph.unused?.removable.includes(id))
      return [];
    // Editors and builds run them.
    if (commands.some(belongsToProjects)) return [];
    const { declarations, name } = entry;
    const [first] = declarations;
    if (first === undefined || declarations.some(({ by }) => by !== null)) return [];
    if (servesOtherUsers(evidence.evaluated, declarations)) return [];
    const hosts = declarations.flatMap(({ file }) => hostsOf(evidence, file));
    const weeks = Math.floor(days / 7);
    return [
      {
        reason: { rule: 'never typed', package: id, since, days, installed, otherHosts: otherHosts(evidence, hosts) },
        subject: id,
        evidence: [
          { file: 'usage_alignment.json', pointer: `/unused/${index}` },
          {
            file: 'evaluated.json',
            pointer: `/packages/${position}`,
            source: { file: first.file, ...(first.line === undefined ? {} : { line: first.line }) },
          },
          { file: 'package_evolution.json', pointer: `/packages/${history}` },
          { file: 'dependency_graph.json', pointer: `/packages/${cost}` },
        ],
        confidence: wilsonLowerBound(weeks, weeks),
        saves: graph.packages[cost]?.exclusiveSize ?? null,
        change: changeCommand('remove', writtenName(name, declarations), ...scopeOption(declarations)),
      },
    ];
  });
}
