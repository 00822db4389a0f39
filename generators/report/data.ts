import { UserError } from '../errors.ts';
import type { Evaluated } from '../evidence/evaluated.ts';
import type { Manifest } from '../evidence/manifest.ts';
import type { Policies } from '../policy/schema.ts';
import type { DependencyGraph } from '../questions/dependency-graph/schema.ts';
import type { DriftReport } from '../questions/drift-report/schema.ts';
import type { FailurePatterns } from '../questions/failure-patterns/schema.ts';
import type { PackageEvolution } from '../questions/package-evolution/schema.ts';
import type { Recommendations } from '../questions/recommendations/schema.ts';
import type { ToolChains } from '../questions/tool-chains/schema.ts';
import type { UsageAlignment } from '../questions/usage-alignment/schema.ts';
import type { ToolProfiles } from '../tools/schema.ts';
import { type OptionSetting, optionSettings } from './option-settings.ts';

/** The part of `context_evidence.json` that the report shows. */
interface ContextLines {
  schemaVersion: 1;
  lines: { line: number; text: string; evidence: { file: string; pointer: string }[] }[];
}

/** The part of `source.json` that the report shows. */
interface SourceOfOutput extends Pick<Evaluated, 'platform' | 'nixpkgs'> {
  schemaVersion: 1;
}

/** The files of an output folder that the report reads; each is absent where its evidence is missing. */
interface Files {
  tool_profiles: ToolProfiles;
  dependency_graph: DependencyGraph;
  package_evolution: PackageEvolution;
  usage_alignment: UsageAlignment;
  tool_chains: ToolChains;
  failure_patterns: FailurePatterns;
  drift_report: DriftReport;
  policies: Policies;
  recommendations: Recommendations;
  context_evidence: ContextLines;
  source: SourceOfOutput;
}

const schemaVersions: { [File in keyof Files]: Files[File]['schemaVersion'] } = {
  tool_profiles: 1,
  dependency_graph: 1,
  package_evolution: 1,
  usage_alignment: 1,
  tool_chains: 1,
  failure_patterns: 1,
  drift_report: 1,
  policies: 1,
  recommendations: 1,
  context_evidence: 1,
  source: 1,
};

/** Paths in the output folder that {@link reportData} reads. */
export const reportFiles: readonly string[] = [
  'CLAUDE.md',
  'intelligence/manifest.json',
  'intelligence/options.tsv',
  ...Object.keys(schemaVersions).map((name) => `intelligence/${name}.json`),
];

type OptionalFiles = { [File in keyof Files]: Files[File] | undefined };

/** What the report shows. */
export interface ReportData extends OptionalFiles {
  manifest: Manifest;
  /** CLAUDE.md. */
  context: string | undefined;
  /** The options that are set; undefined without the index. */
  settings: OptionSetting[] | undefined;
}

/**
 * @param files path in the output folder -> text
 * @throws UserError `no-data` without a manifest, or where another version wrote a file
 */
export function reportData(files: ReadonlyMap<string, string>): ReportData {
  const read = <File extends keyof Files>(name: File): Files[File] | undefined =>
    parsed(files, `intelligence/${name}.json`, schemaVersions[name]);
  const manifest: Manifest | undefined = parsed(files, 'intelligence/manifest.json', 1);
  if (manifest === undefined) {
    throw new UserError('no-data', 'expected an output folder with `intelligence/manifest.json`, got none', { hint });
  }
  const table = files.get('intelligence/options.tsv');
  return {
    manifest,
    context: files.get('CLAUDE.md'),
    settings: table === undefined ? undefined : optionSettings(table),
    tool_profiles: read('tool_profiles'),
    dependency_graph: read('dependency_graph'),
    package_evolution: read('package_evolution'),
    usage_alignment: read('usage_alignment'),
    tool_chains: read('tool_chains'),
    failure_patterns: read('failure_patterns'),
    drift_report: read('drift_report'),
    policies: read('policies'),
    recommendations: read('recommendations'),
    context_evidence: read('context_evidence'),
    source: read('source'),
  };
}

const hint = 'nixos-rebuild switch (or home-manager switch) writes it; --dir DIR reads another output';

function parsed<Output extends { schemaVersion: number }>(
  files: ReadonlyMap<string, string>,
  path: string,
  schemaVersion: number,
): Output | undefined {
  const text = files.get(path);
  if (text === undefined) return undefined;
  const output: Output | null = JSON.parse(text);
  if (output?.schemaVersion === schemaVersion) return output;
  throw new UserError('no-data', `\`${path}\`: expected schemaVersion \`${schemaVersion}\`; another version wrote it`, {
    hint,
  });
}
