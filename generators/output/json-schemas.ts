import { z } from 'zod';
import { analyses } from '../analyses.ts';
import { manifest } from '../schema/manifest.ts';
import { toolProfiles } from '../schema/tool-profiles.ts';

/** The JSON Schema (draft 2020-12) of the files below `intelligence/`: of the join, the manifest and the analyses named. */
export function jsonSchemas(files: readonly string[]): [string, object][] {
  return [
    ['manifest', manifest] as const,
    ['tool_profiles', toolProfiles] as const,
    ...analyses.filter(({ file }) => files.includes(file)).map(({ file, schema }) => [file, schema] as const),
  ].map(([file, schema]) => [file, { title: `${file}.json`, ...z.toJSONSchema(schema) }]);
}
