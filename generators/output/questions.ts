import { type Analysis, defineAnalysis, type InputKind, type SnapshotKind } from '../evidence/frame.ts';
import { type GitHistory, gitHistory } from '../evidence/git-history.ts';
import { type ShellHistory, shellHistory } from '../evidence/shell-history.ts';
import { compilePolicies } from '../policy/compile.ts';
import { policiesDocument, presentPolicies } from '../policy/present.ts';
import { type Policies, type PolicyOptions, policies, policyOptions } from '../policy/schema.ts';
import { analyzeDependencyGraph } from '../questions/dependency-graph/analyze.ts';
import { joinedEvidence } from '../questions/dependency-graph/joined.ts';
import { presentDependencyGraph } from '../questions/dependency-graph/present.ts';
import { dependencyGraph } from '../questions/dependency-graph/schema.ts';
import { analyzeFailurePatterns } from '../questions/failure-patterns/analyze.ts';
import { presentFailurePatterns } from '../questions/failure-patterns/present.ts';
import { failurePatterns } from '../questions/failure-patterns/schema.ts';
import { analyzePackageEvolution } from '../questions/package-evolution/analyze.ts';
import { presentPackageEvolution } from '../questions/package-evolution/present.ts';
import { packageEvolution } from '../questions/package-evolution/schema.ts';
import { analyzeToolChains } from '../questions/tool-chains/analyze.ts';
import { presentToolChains } from '../questions/tool-chains/present.ts';
import { toolChains } from '../questions/tool-chains/schema.ts';
import { analyzeUsageAlignment } from '../questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../questions/usage-alignment/present.ts';
import { usageAlignment } from '../questions/usage-alignment/schema.ts';

/** Every analysis, in the order in which they run. */
export const analyses: readonly Analysis[] = [
  defineAnalysis({
    file: 'package_evolution',
    title: 'when and why each package came, what it replaced, what went',
    schema: packageEvolution,
    needs: ['snapshots/git-history'],
    analyze: analyzePackageEvolution,
    present: presentPackageEvolution,
  }),
  defineAnalysis({
    file: 'usage_alignment',
    title: 'what is installed against what is used, what is preferred',
    schema: usageAlignment,
    needs: ['snapshots/shell-history'],
    analyze: analyzeUsageAlignment,
    present: presentUsageAlignment,
  }),
  defineAnalysis({
    file: 'tool_chains',
    title: 'pipelines, workflows, and what one command would do',
    schema: toolChains,
    needs: ['snapshots/shell-history'],
    analyze: analyzeToolChains,
    present: presentToolChains,
  }),
  defineAnalysis({
    file: 'failure_patterns',
    title: 'what fails, how often, and why where that is known',
    schema: failurePatterns,
    needs: ['snapshots/shell-history'],
    analyze: analyzeFailurePatterns,
    present: presentFailurePatterns,
  }),
  // Joins what the analyses above it found, so it comes late.
  defineAnalysis({
    file: 'dependency_graph',
    title: 'what pulls what, what each package costs, what would go with it',
    schema: dependencyGraph,
    needs: ['closure'],
    analyze: (evidence, earlier) => analyzeDependencyGraph(evidence, joinedEvidence(evidence, earlier)),
    present: presentDependencyGraph,
  }),
  defineAnalysis<Policies>({
    file: 'policies',
    title: 'the active rules that the hook enforces, and which are set and not active',
    schema: policies,
    needs: ['inputs/policies'],
    analyze: ({ inputs, ...evidence }) => compilePolicies(inputs.policies as PolicyOptions, evidence),
    present: presentPolicies,
    documents: (output, evidence) => ({ 'CLAUDE-USER-POLICIES.md': policiesDocument(output, evidence) }),
  }),
];

/** Every snapshot that a build can be given. */
export const snapshotKinds: readonly SnapshotKind[] = [
  {
    name: 'git-history',
    schema: gitHistory,
    command: 'nixos-intelligence snapshot git',
    takenOn: ({ takenOn }: GitHistory) => takenOn,
  },
  {
    name: 'shell-history',
    schema: shellHistory,
    command: 'nixos-intelligence snapshot shell',
    takenOn: ({ takenOn }: ShellHistory) => takenOn,
  },
];

/** Every further input file that the configuration may give. */
export const inputKinds: readonly InputKind[] = [{ name: 'policies', schema: policyOptions }];
