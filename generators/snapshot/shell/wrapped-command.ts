import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, ShellLine } from '../../lang/shell/line.ts';

/** Commands that run another one and exit with its status: a pipeline's stage is the command that they run. */
const transparent = new Set(
  `sudo doas run0 pkexec env nice ionice nohup time command builtin exec stdbuf noglob nocorrect setsid chrt taskset
  gamemoderun nvidia-offload direnv systemd-inhibit unbuffer rlwrap caffeinate prime-run mangohud dbus-run-session
  xvfb-run proxychains4`.split(/\s+/),
);

/** The command that a stage of a pipeline really runs: `make` for `sudo env X=1 make`. */
export function wrappedCommand(line: ShellLine, index: number): { index: number; invocation: Invocation } | null {
  const invocation = line.invocations[index];
  if (invocation === undefined) return null;
  if (invocation.name === null || !transparent.has(baseName(invocation.name))) return { index, invocation };
  const runs: number[] = [];
  for (let at = index + 1; at < line.invocations.length; at++) {
    if (line.invocations[at]?.parent === index) runs.push(at);
  }
  const [only, ...others] = runs;
  return only === undefined || others.length > 0 ? { index, invocation } : wrappedCommand(line, only);
}
