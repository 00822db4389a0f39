import { joinedEvidence } from './analyze/dependency-graph/joined.ts';
import { analyzeDependencyGraph } from './analyze/dependency-graph.ts';
import { analyzeFailurePatterns } from './analyze/failure-patterns.ts';
import { analyzePackageEvolution } from './analyze/package-evolution.ts';
import { analyzeToolChains } from './analyze/tool-chains.ts';
import { analyzeUsageAlignment } from './analyze/usage-alignment.ts';
import { type Analysis, defineAnalysis, type InputKind, type SnapshotKind } from './frame.ts';
import { compilePolicies } from './policy/compile.ts';
import { presentDependencyGraph } from './render/present/dependency-graph.ts';
import { presentFailurePatterns } from './render/present/failure-patterns.ts';
import { presentPackageEvolution } from './render/present/package-evolution.ts';
import { policiesDocument, presentPolicies } from './render/present/policies.ts';
import { presentToolChains } from './render/present/tool-chains.ts';
import { presentUsageAlignment } from './render/present/usage-alignment.ts';
import { dependencyGraph } from './schema/dependency-graph.ts';
import { failurePatterns } from './schema/failure-patterns.ts';
import { type GitHistory, gitHistory } from './schema/git-history.ts';
import { packageEvolution } from './schema/package-evolution.ts';
import { type Policies, type PolicyOptions, policies, policyOptions } from './schema/policies.ts';
import { type ShellHistory, shellHistory } from './schema/shell-history.ts';
import { toolChains } from './schema/tool-chains.ts';
import { usageAlignment } from './schema/usage-alignment.ts';

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
