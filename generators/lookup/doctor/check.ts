import type { Machine } from './machine.ts';

/** What a check found. `message` is one sentence without a final stop. */
export type Verdict =
  | { status: 'ok'; message: string }
  | { status: 'notApplicable'; message: string }
  | {
      status: 'finding';
      message: string;
      /** What the finding rests on, one fact each: a file with its line, a unit, a link. */
      evidence: string[];
      /** The command that fixes it, or the edit where no command can. */
      fix: string;
    };

/** A question about this machine with one answer, found without network, without model and within a second. */
export interface Check {
  /** As in `--json` and `--only`. */
  id: string;
  /** Of a finding. `error`: something does not work; `warning`: it will, or agents are misled; `info`: tidiness. */
  severity: 'error' | 'warning' | 'info';
  /** What it reads, for `doctor --list`. */
  reads: string;
  run: (machine: Machine) => Verdict | Promise<Verdict>;
}

/** A check with its answer, as `--json` prints it. */
export interface Checked {
  id: string;
  status: Verdict['status'];
  severity: Check['severity'];
  message: string;
  evidence: string[];
  /** null where nothing was found. */
  fix: string | null;
}

export const ok = (message: string): Verdict => ({ status: 'ok', message });
export const notApplicable = (message: string): Verdict => ({ status: 'notApplicable', message });
export const finding = (message: string, evidence: string[], fix: string): Verdict => ({
  status: 'finding',
  message,
  evidence,
  fix,
});
