import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Manifest } from '../evidence/manifest.ts';
import type { Policies } from '../policy/schema.ts';
import type { ClosureGraph } from '../questions/closure-graph/schema.ts';
import type { CrossProjectPatterns } from '../questions/cross-project-patterns/schema.ts';
import type { DependencyGraph } from '../questions/dependency-graph/schema.ts';
import type { Recommendations } from '../questions/recommendations/schema.ts';
import { readRegularFile } from '../read-file.ts';
import { visible } from '../text.ts';
import type { ToolProfiles } from '../tools/schema.ts';
import type { Claim } from './explain/explain.ts';
import { nixpkgsColumns, nixpkgsFolder } from './index/nixpkgs-columns.ts';
import { optionColumns } from './index/options-table.ts';
import { packageColumns } from './index/packages-table.ts';
import { openTable, type Table } from './index/read-table.ts';
import type { RenamedOptions } from './index/renamed.ts';
import type { Source } from './index/source.ts';

/** The output files that look-ups read. */
interface OutputFiles {
  closure_graph: ClosureGraph;
  cross_project_patterns: CrossProjectPatterns;
  dependency_graph: DependencyGraph;
  policies: Policies;
  recommendations: Recommendations;
  tool_profiles: ToolProfiles;
  renamed: RenamedOptions;
  context_evidence: { schemaVersion: 1; lines: Claim[] };
  source: Source;
  manifest: Manifest;
}

/** The tables that look-ups read, with their columns. */
const tables = { options: optionColumns, packages: packageColumns, nixpkgs: nixpkgsColumns } as const;
type Tables = { [File in keyof typeof tables]: Table<(typeof tables)[File][number]> };

export type NixpkgsPackages = Tables['nixpkgs'];

/** A look-up loads no schemas: they would double its start. */
const schemaVersions: { [File in keyof OutputFiles]: OutputFiles[File]['schemaVersion'] } = {
  closure_graph: 1,
  cross_project_patterns: 1,
  dependency_graph: 1,
  policies: 1,
  recommendations: 1,
  tool_profiles: 1,
  renamed: 1,
  context_evidence: 1,
  source: 1,
  manifest: 1,
};

/** More than any output; in bytes. */
const largest = 2 ** 30;

const hint =
  'nixos-rebuild switch (or home-manager switch) writes it when programs.nixos-intelligence is enabled; --dir DIR reads another output';

/** Reads files of one output folder. */
export interface OutputReader {
  /** The `intelligence` folder, as it was opened: maybe a link. */
  folder: string;
  /** Whether the file is there: what it rests on may be unknown, as the closure where nothing was built. */
  has(file: keyof OutputFiles): boolean;
  /** @throws UserError `no-data` where the file is missing, no JSON, or has another schemaVersion */
  read<File extends keyof OutputFiles>(file: File): OutputFiles[File];
  /** @throws UserError `no-data` where the file is missing or has other columns */
  table<File extends Exclude<keyof Tables, 'nixpkgs'>>(file: File): Tables[File];
  /**
   * All packages of nixpkgs, or null where `index.nixpkgs.enable` is not set.
   *
   * @throws UserError `no-data` where the table has other columns
   */
  nixpkgs(): NixpkgsPackages | null;
}

/**
 * The output in `dir` or in the `intelligence` folder in it; without `dir`, the output that is linked for Claude Code.
 * The build validated its files, so only their schemaVersion is checked.
 */
export function outputReader(dir: string | undefined): OutputReader {
  const top = dir ?? process.env.CLAUDE_CONFIG_DIR ?? join(homedir(), '.claude');
  const inner = join(top, 'intelligence');
  const folder = existsSync(inner) ? inner : top;
  return {
    folder,
    has: (file) => existsSync(join(folder, `${file}.json`)),
    read: (file) => readOutput(join(folder, `${file}.json`), schemaVersions[file]),
    table: (file) => readTable(join(folder, `${file}.tsv`), file),
    nixpkgs: () => {
      const path = join(folder === inner ? top : dirname(folder), nixpkgsFolder, 'packages.tsv');
      return existsSync(path) ? readTable(path, 'nixpkgs') : null;
    },
  };
}

function readTable<File extends keyof Tables>(path: string, file: File): Tables[File] {
  let bytes: string;
  try {
    bytes = readRegularFile(path, largest).toString('latin1');
  } catch (cause) {
    throw new UserError('no-data', `cannot read \`${visible(path)}\``, {
      hint: `${hint}. programs.nixos-intelligence.index.enable must be true`,
      cause,
    });
  }
  const table = openTable<string>(bytes, tables[file]);
  if (table === null) {
    throw new UserError('no-data', `\`${visible(path)}\`: expected other columns; another version wrote it`, { hint });
  }
  // biome-ignore lint/plugin: openTable has compared the columns with those of this table.
  return table as Tables[File];
}

function readOutput<Output extends { schemaVersion: number }>(path: string, schemaVersion: number): Output {
  let text: string;
  try {
    text = readRegularFile(path, largest).toString();
  } catch (cause) {
    throw new UserError('no-data', `cannot read \`${visible(path)}\``, { hint, cause });
  }
  let output: Output | null;
  try {
    output = JSON.parse(text);
  } catch (cause) {
    throw new UserError('no-data', `\`${visible(path)}\`: expected JSON, got something else`, { hint, cause });
  }
  if (output?.schemaVersion !== schemaVersion) {
    const found = visible(JSON.stringify(output?.schemaVersion) ?? 'nothing').slice(0, 40);
    throw new UserError(
      'no-data',
      `\`${visible(path)}\`: expected schemaVersion \`${schemaVersion}\`, got \`${found}\``,
      {
        hint,
      },
    );
  }
  return output;
}
