import { defineQuestion, type Question } from '../evidence/question.ts';
import { compilePolicies } from '../policy/compile.ts';
import { preferencePolicy } from '../policy/preferences.ts';
import { policiesDocument, presentPolicies, recommendedCommands } from '../policy/present.ts';
import { policies } from '../policy/schema.ts';
import { analyzeClosureGraph } from '../questions/closure-graph/analyze.ts';
import { closureGraph } from '../questions/closure-graph/schema.ts';
import { analyzeCrossProjectPatterns } from '../questions/cross-project-patterns/analyze.ts';
import { presentCrossProjectPatterns } from '../questions/cross-project-patterns/present.ts';
import { crossProjectPatterns } from '../questions/cross-project-patterns/schema.ts';
import { analyzeDependencyGraph } from '../questions/dependency-graph/analyze.ts';
import { otherEvidence } from '../questions/dependency-graph/other-evidence.ts';
import { dependencyInsights, presentDependencyGraph } from '../questions/dependency-graph/present.ts';
import { dependencyGraph } from '../questions/dependency-graph/schema.ts';
import { analyzeDrift } from '../questions/drift-report/analyze.ts';
import { presentDrift } from '../questions/drift-report/present.ts';
import { driftReport } from '../questions/drift-report/schema.ts';
import { analyzeFailurePatterns } from '../questions/failure-patterns/analyze.ts';
import { presentFailurePatterns } from '../questions/failure-patterns/present.ts';
import { failurePatterns } from '../questions/failure-patterns/schema.ts';
import { analyzeMcpUsage } from '../questions/mcp-usage/analyze.ts';
import { presentMcpUsage } from '../questions/mcp-usage/present.ts';
import { mcpUsage } from '../questions/mcp-usage/schema.ts';
import { analyzePackageEvolution } from '../questions/package-evolution/analyze.ts';
import { presentPackageEvolution } from '../questions/package-evolution/present.ts';
import { packageEvolution } from '../questions/package-evolution/schema.ts';
import { analyzeRecommendations } from '../questions/recommendations/analyze.ts';
import { presentRecommendations, recommendationsOf } from '../questions/recommendations/present.ts';
import { recommendations } from '../questions/recommendations/schema.ts';
import { analyzeToolChains } from '../questions/tool-chains/analyze.ts';
import { presentToolChains } from '../questions/tool-chains/present.ts';
import { toolChains } from '../questions/tool-chains/schema.ts';
import { analyzeUsageAlignment } from '../questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../questions/usage-alignment/present.ts';
import { usageAlignment } from '../questions/usage-alignment/schema.ts';

/** Every question, in the order in which they are asked. */
export const questions: readonly Question[] = [
  defineQuestion({
    file: 'policies',
    title: 'the active rules that the hook enforces, and which are set and not active',
    schema: policies,
    needs: ['policies'],
    analyze: (evidence) => compilePolicies(evidence.policies, evidence),
    present: presentPolicies,
    documents: (output, evidence) => ({ 'CLAUDE-USER-POLICIES.md': policiesDocument(output, evidence) }),
  }),
  defineQuestion({
    file: 'package_evolution',
    title: 'when and why each package came, what it replaced, what went',
    schema: packageEvolution,
    needs: ['gitHistory'],
    analyze: analyzePackageEvolution,
    present: presentPackageEvolution,
  }),
  defineQuestion({
    file: 'usage_alignment',
    title: 'what is installed against what is used, what is preferred',
    schema: usageAlignment,
    needs: ['shellHistory'],
    analyze: (evidence, earlier) =>
      analyzeUsageAlignment(evidence, { earlier, recommended: recommendedCommands(earlier.get(policies)) }),
    present: presentUsageAlignment,
  }),
  defineQuestion({
    file: 'tool_chains',
    title: 'pipelines, workflows, and what one command would do',
    schema: toolChains,
    needs: ['shellHistory'],
    analyze: analyzeToolChains,
    present: presentToolChains,
  }),
  defineQuestion({
    file: 'failure_patterns',
    title: 'what fails, how often, and why where that is known',
    schema: failurePatterns,
    needs: ['shellHistory'],
    analyze: analyzeFailurePatterns,
    present: presentFailurePatterns,
  }),
  defineQuestion({
    file: 'cross_project_patterns',
    title: 'the tools that each type of your projects uses, what each project lacks',
    schema: crossProjectPatterns,
    needs: ['projects'],
    analyze: analyzeCrossProjectPatterns,
    present: presentCrossProjectPatterns,
  }),
  defineQuestion({
    file: 'mcp_usage',
    title: 'which MCP servers, tools and programs agents call, what fails, what is never called',
    schema: mcpUsage,
    needs: ['agentSessions'],
    analyze: analyzeMcpUsage,
    present: presentMcpUsage,
  }),
  defineQuestion({
    file: 'drift_report',
    title: 'what is installed outside the configuration, and where the running system differs from it',
    schema: driftReport,
    needs: ['machine'],
    analyze: analyzeDrift,
    present: presentDrift,
  }),
  // Uses the outputs of the questions above.
  defineQuestion({
    file: 'dependency_graph',
    title: 'what depends on what, what each package costs, what its removal would free',
    schema: dependencyGraph,
    needs: ['closure'],
    analyze: (evidence, earlier) => {
      const figures = analyzeDependencyGraph(evidence, otherEvidence(evidence, earlier));
      return { ...figures, insights: dependencyInsights(figures, evidence) };
    },
    present: presentDependencyGraph,
  }),
  defineQuestion({
    file: 'recommendations',
    title: 'what to change in the configuration: why, how sure, and the command for it',
    schema: recommendations,
    needs: [],
    // `recommend` reads the file, and CLAUDE.md names the command for each.
    forLookups: true,
    analyze: (evidence, earlier) =>
      recommendationsOf(
        analyzeRecommendations({
          evidence,
          earlier,
          policyFor: (pair) => preferencePolicy(earlier.get(policies), evidence.policies, pair),
        }),
      ),
    present: presentRecommendations,
  }),
  defineQuestion({
    file: 'closure_graph',
    title: 'the references between store paths',
    schema: closureGraph,
    needs: ['closure'],
    forLookups: true,
    analyze: analyzeClosureGraph,
  }),
];
