import { daysBetween } from '../../../days.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { counted } from '../machine.ts';

const longestDays = 60;

export const snapshotsOld: Check = {
  id: 'snapshots',
  severity: 'warning',
  reads: 'the days of the snapshots in manifest.json',
  run({ output, noOutput, now }) {
    if (output === null) return notApplicable(noOutput);
    const { inputs, rejected } = output.read('manifest');
    const today = new Date(now).toISOString().slice(0, 10);
    const taken = inputs.flatMap(({ file, takenOn }) => (takenOn === null ? [] : [{ file, takenOn }]));
    if (taken.length + rejected.length === 0) return notApplicable('the output uses no snapshot');
    const old = taken.filter(({ takenOn }) => daysBetween(takenOn, today) > longestDays);
    if (old.length + rejected.length === 0) return ok(`${counted(taken.length, 'snapshot')}, none over 60 days old`);
    return finding(
      [
        ...(old.length > 0 ? [`${counted(old.length, 'snapshot')} over ${longestDays} days old`] : []),
        ...(rejected.length > 0 ? [`${counted(rejected.length, 'snapshot')} left out`] : []),
      ].join(', '),
      [
        ...old.map(({ file, takenOn }) => `${file}: ${takenOn}`),
        ...rejected.map(({ file, reason }) => `${file}: ${reason.split('\n', 1)[0]}`),
      ],
      `nixos-intelligence rebuild -- ${output.source.rebuildCommand}`,
    );
  },
};
