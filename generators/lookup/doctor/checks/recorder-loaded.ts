import { join } from 'node:path';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { destination, type Machine, textOf } from '../machine.ts';

/** The files that an interactive shell reads, of NixOS and of home-manager. */
const startFiles: Readonly<Record<string, readonly string[]>> = {
  bash: ['/etc/bashrc', '~/.bashrc'],
  fish: ['/etc/fish/config.fish', '~/.config/fish/config.fish'],
  zsh: ['/etc/zshrc', '~/.zshrc', '~/.config/zsh/.zshrc'],
};

export const recorderLoaded: Check = {
  id: 'recorder',
  severity: 'warning',
  reads: "the start files of the login shell, and the recorder's log",
  run(machine) {
    const { output } = machine;
    if (output === null) return notApplicable(machine.noOutput);
    const { parts, rebuildCommand } = output.source;
    const shell = (machine.env.SHELL ?? '').split('/').at(-1) ?? '';
    const files = startFiles[shell];
    if (files === undefined)
      return notApplicable(`the recorder does not know the shell ${shell || '(SHELL is not set)'}`);
    const paths = files.map((file) => file.replace('~', machine.home));
    const sourced = paths.flatMap((path) => recorderIn(machine, path, shell));
    if (sourced.length === 0) {
      // A home may load the recorder of its system, which the output of the home does not know of.
      if (!parts?.capture) return notApplicable('the configuration does not record commands');
      return finding(
        `${shell} does not load the recorder`,
        files.map((file) => `no line for it in ${file}`),
        `programs.${shell}.enable = true; in the configuration, then: ${rebuildCommand}`,
      );
    }
    const gone = sourced.filter((path) => destination(machine, path) === undefined);
    if (gone.length === sourced.length) return finding('the recorder that is loaded was deleted', gone, rebuildCommand);
    const log = join(
      machine.env.XDG_STATE_HOME || join(machine.home, '.local/state'),
      'nixos-intelligence/commands.log',
    );
    if (destination(machine, log) === undefined) {
      return finding('the recorder is set up, but no shell has loaded it yet', [`no ${log}`], `exec ${shell}`);
    }
    return ok(`${shell} loads the recorder`);
  },
};

function recorderIn(machine: Machine, file: string, shell: string): string[] {
  const lines = textOf(machine, file)?.matchAll(/^\s*source (\S*\/recorder\.(?:bash|fish|zsh))$/gm) ?? [];
  return [...lines].flatMap(([, path = '']) => (path.endsWith(`.${shell}`) ? [path] : []));
}
