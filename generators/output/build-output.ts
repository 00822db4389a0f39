import packageJson from '../../package.json' with { type: 'json' };
import { contextOf } from '../context/context.ts';
import type { ContextEvidence } from '../context/schema.ts';
import { installedAgents } from '../evidence/installed-agents.ts';
import type { Manifest } from '../evidence/manifest.ts';
import type { Question } from '../evidence/question.ts';
import type { ReadEvidence } from '../evidence/read-evidence.ts';
import { indexFiles } from '../lookup/index/index-files.ts';
import { byText } from '../order.ts';
import { renderReport } from '../report/report.tsx';
import { visible } from '../text.ts';
import { toolProfiles } from '../tools/tool-profiles.ts';
import { askQuestions } from './ask-questions.ts';
import { jsonSchemas } from './json-schemas.ts';
import { questions } from './questions.ts';

/** A folder to be written: path -> text. The same evidence gives the same bytes. */
export type OutputFolder = Map<string, string>;

/**
 * Asks every question and renders the whole output folder, in memory.
 *
 * @param list other questions than all
 */
export function buildOutput(
  { evidence, settings, inputs, missing, rejected, os }: ReadEvidence,
  list: readonly Question[] = questions,
): {
  files: OutputFolder;
  manifest: Manifest;
} {
  const { outputs, contributions, documents, account } = askQuestions(evidence, list);
  const unreadHistories = evidence.shellHistory?.unread ?? [];
  const profiles = toolProfiles(evidence, contributions);
  const files: OutputFolder = new Map();

  const forLookups = new Set(list.filter((question) => question.forLookups).map(({ file }) => file));
  for (const [file, output] of outputs) {
    files.set(`intelligence/${file}.json`, forLookups.has(file) ? jsonLines(output) : json(output));
  }
  files.set('intelligence/tool_profiles.json', json(profiles));
  for (const [path, text] of documents) files.set(path, text);
  for (const [path, text] of indexFiles(evidence, settings)) files.set(path, text);
  const schemas = jsonSchemas();
  for (const name of ['manifest', 'tool_profiles', 'context_evidence', ...outputs.keys()]) {
    if (schemas[name] !== undefined) files.set(`intelligence/schemas/${name}.json`, schemas[name]);
  }

  const input = {
    evidence,
    profiles,
    contributions,
    settings,
    ...(os === undefined ? {} : { os }),
    documents: new Map<string, unknown>([
      ['evaluated.json', evidence.evaluated],
      ['tool_profiles.json', profiles],
      ...[...outputs].map(([file, output]): [string, unknown] => [`${file}.json`, output]),
    ]),
    gaps: [
      ...missing
        .filter(({ file }) => file.startsWith('snapshots/'))
        .map(({ file }) => `no ${snapshotName(file)} snapshot`),
      ...rejected.map(({ file }) => `the ${snapshotName(file)} snapshot could not be used`),
      ...unreadHistories.map(({ kind, why }) => `the ${visible(kind)} history was not counted (${visible(why)})`),
    ],
  };
  const context = contextOf(input);
  files.set('CLAUDE.md', context.text);
  files.set('AGENTS.md', context.text);
  const contextEvidence: ContextEvidence = {
    schemaVersion: 1,
    lines: context.lines,
  };
  files.set('intelligence/context_evidence.json', json(contextEvidence));
  files.set(
    'agents',
    installedAgents(evidence, settings)
      .map((id) => `${id}\n`)
      .join(''),
  );

  const manifest: Manifest = {
    schemaVersion: 1,
    generator: { name: 'nixos-intelligence', version: packageJson.version },
    host: evidence.evaluated.host.name,
    user: evidence.evaluated.user.name,
    inputs,
    missing,
    rejected,
    questions: account,
    skipped: [
      ...evidence.evaluated.skipped,
      ...unreadHistories.map(({ kind, why }) => ({ what: `the ${kind} history`, why })),
      ...(evidence.optionDocs?.missing ?? []).map(({ what, why, advice }) => ({ what, why: `${why}; ${advice}` })),
    ],
    files: [...files.keys(), 'intelligence/manifest.json', ...(settings.report ? [reportFile] : [])].sort(byText),
  };
  files.set('intelligence/manifest.json', json(manifest));
  const output: OutputFolder = new Map([...files].map(([path, text]) => [path, withoutStorePaths(text)]));
  if (settings.report) output.set(reportFile, renderReport(output));
  return { files: output, manifest };
}

const reportFile = 'report.html';

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** JSON with one line per item of each list: compact, and a search in the file finds short lines. */
function jsonLines(output: unknown): string {
  const entries = Object.entries(output ?? {}).map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}

function snapshotName(file: string): string {
  return file.replace(/^snapshots\/|\.json$/g, '');
}

/**
 * The output must not refer to the store paths that it was made from, because they may be deleted first: a path in
 * foreign text (a description, a commit message) is reduced to its name, without store and hash.
 */
function withoutStorePaths(text: string): string {
  return text.replaceAll(/\/nix\/store\/[0-9a-df-np-sv-z]{32}-/g, '');
}
