import * as z from 'zod';
import { contextEvidence } from '../context/schema.ts';
import { manifest } from '../evidence/manifest.ts';
import { toolProfiles } from '../tools/schema.ts';
import { questions } from './questions.ts';

/**
 * File below `intelligence/` -> the text of its JSON Schema (draft 2020-12), for the join, the manifest, the
 * evidence of CLAUDE.md's lines and every question.
 */
export function jsonSchemas(): Record<string, string> {
  const schemas = [
    ['manifest', manifest] as const,
    ['tool_profiles', toolProfiles] as const,
    ['context_evidence', contextEvidence] as const,
    ...questions.map(({ file, schema }) => [file, schema] as const),
  ];
  return Object.fromEntries(
    schemas.map(([file, schema]) => [
      file,
      `${JSON.stringify({ title: `${file}.json`, ...z.toJSONSchema(schema) }, null, 2)}\n`,
    ]),
  );
}
