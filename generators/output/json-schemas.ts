import * as z from 'zod';
import { manifest } from '../evidence/manifest.ts';
import { toolProfiles } from '../tools/schema.ts';
import { questions } from './questions.ts';

/**
 * File below `intelligence/` -> the text of its JSON Schema (draft 2020-12), for the join, the manifest and
 * every question.
 */
export function jsonSchemas(): Record<string, string> {
  const schemas = [
    ['manifest', manifest] as const,
    ['tool_profiles', toolProfiles] as const,
    ...questions.map(({ file, schema }) => [file, schema] as const),
  ];
  return Object.fromEntries(
    schemas.map(([file, schema]) => [
      file,
      `${JSON.stringify({ title: `${file}.json`, ...z.toJSONSchema(schema) }, null, 2)}\n`,
    ]),
  );
}
