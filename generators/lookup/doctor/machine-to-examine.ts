import { homedir, hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { isUserError } from '../../errors.ts';
import { isOfHost } from '../open-output.ts';
import { outputReader } from '../read-output.ts';
import { at, claudeFolder, type Machine } from './machine.ts';

/**
 * The machine that `doctor` examines.
 *
 * @param rootFolder the root of another system; undefined: the running one
 * @param dir another output than the linked one
 */
export function machineToExamine(rootFolder?: string, dir?: string): Machine {
  const root = rootFolder === undefined ? '' : resolve(rootFolder);
  const system = { root, home: homedir(), env: process.env };
  return {
    ...system,
    user: userInfo().username,
    now: Date.now(),
    ...linkedOutput(dir ?? (root === '' ? undefined : at(system, claudeFolder(system)))),
  };
}

function linkedOutput(dir: string | undefined): Pick<Machine, 'output' | 'noOutput'> {
  try {
    const reader = outputReader(dir);
    const source = reader.read('source');
    if (dir === undefined && !isOfHost(source, hostname())) {
      return { output: null, noOutput: `the linked output is that of the host ${source.host}` };
    }
    return { output: { ...reader, source }, noOutput: '' };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { output: null, noOutput: error.message };
  }
}
