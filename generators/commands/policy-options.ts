import { resolve } from 'node:path';
import { worldOf } from '../policy/world.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

/** Options of the commands that ask the policies. */
export const policyOptions = {
  cwd: { type: 'string', value: 'DIR', help: 'the folder in which the call starts (default: the current one)' },
  ...jsonOption,
  ...dirOption,
} as const;

/** The surroundings of a call that is only looked at. */
export const worldAt = (cwd: string | undefined) => worldOf(resolve(cwd ?? '.'), process.env);
