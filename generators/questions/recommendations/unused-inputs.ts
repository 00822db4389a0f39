import { changeCommand } from './change-command.ts';
import type { Finding, Known } from './finding.ts';

/** No expression names the input; a library that uses all inputs at once may be one that is not known. */
const confidenceOfUnused = 0.9;

/** Inputs of the flake that no expression of its files names. */
export function unusedInputs({ evidence }: Known): Finding[] {
  return evidence.evaluated.flake.inputs.flatMap(({ name, unused }, index): Finding[] =>
    unused === undefined
      ? []
      : [
          {
            reason: { rule: 'unused input', input: name, place: unused },
            subject: name,
            evidence: [{ file: 'evaluated.json', pointer: `/flake/inputs/${index}`, source: unused }],
            confidence: confidenceOfUnused,
            saves: 0,
            change: changeCommand('drop-input', name),
          },
        ],
  );
}
