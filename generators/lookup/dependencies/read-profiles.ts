import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { readJson } from '../../evidence/read-json.ts';
import { type ToolProfile, toolProfiles } from '../../tools/schema.ts';

/** The profiles that the same build wrote beside the graph; none where they are missing or damaged: they only add. */
export function readProfiles(folder: string): ToolProfile[] {
  const path = join(folder, 'tool_profiles.json');
  try {
    return readJson(path, path, toolProfiles)?.profiles ?? [];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
