/**
 * What a terminal shows of a program's output, as lines: without colours, links and cursor movements, of a line that
 * was overwritten the last text. What nix-output-monitor draws on the left is removed, and what the journal and logs of CI
 * write there.
 */
export function terminalLines(text: string): string[] {
  return text
    .replace(sequences, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/\r+$/, ''))
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .map((line) => line.replace(control, '').replace(logPrefix, '').trimEnd());
}

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** CSI sequences; OSC sequences such as links and titles; two-character sequences. */
const sequences = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)|${esc}[ -/]*[0-~]`,
  'g',
);
/** `┃ `, `Nov 28 11:00:00 laptop nixos-upgrade[812]: `, `2026-11-28T11:00:00.1234567Z `. */
const logPrefix = /^(?:(?:┃|│) ?|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ [^\s[\]]+\[\d+\]: ?|\d{4}-\d\d-\d\dT[\d:.]+Z ?)/;
const control = new RegExp(`[${String.fromCharCode(0)}-${String.fromCharCode(8)}${bell}${esc}]`, 'g');
