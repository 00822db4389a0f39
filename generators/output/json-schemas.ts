import { z } from 'zod';
import { manifest } from '../evidence/manifest.ts';
import { toolProfiles } from '../tools/schema.ts';
import { analyses } from './questions.ts';

/**
 * File below `intelligence/` -> the text of its JSON Schema (draft 2020-12), for the join, the manifest and
 * every analysis. The bundle holds the result in place of this function, see bundle.mjs.
 */
export function jsonSchemas(): Record<string, string> {
  const schemas = [
    ['manifest', manifest] as const,
    ['tool_profiles', toolProfiles] as const,
    ...analyses.map(({ file, schema }) => [file, schema] as const),
  ];
  return Object.fromEntries(
    schemas.map(([file, schema]) => [
      file,
      `${JSON.stringify({ title: `${file}.json`, ...z.toJSONSchema(schema) }, null, 2)}\n`,
    ]),
  );
}
