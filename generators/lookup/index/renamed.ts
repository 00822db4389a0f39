import type { RenamedOption } from '../../evidence/option-docs.ts';

/** `renamed.json`: options that have another name now, or none. */
export interface RenamedOptions {
  schemaVersion: 1;
  options: RenamedOption[];
}
