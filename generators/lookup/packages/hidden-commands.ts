import type { DependencyGraph } from '../../questions/dependency-graph/schema.ts';
import type { OutputReader } from '../read-output.ts';

export type HiddenCommands = DependencyGraph['system']['commandsNotOnPath'];

/** Commands of the closure that are not on PATH; none where the closure is not known because nothing was built. */
export function hiddenCommands(output: OutputReader): HiddenCommands {
  return output.has('dependency_graph') ? output.read('dependency_graph').system.commandsNotOnPath : [];
}
