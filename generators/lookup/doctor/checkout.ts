import { statSync } from 'node:fs';
import type { Source } from '../index/source.ts';
import { notApplicable, type Verdict } from './check.ts';
import { at, type Machine } from './machine.ts';

/**
 * The folder of the configuration, as a path of this system; the answer of a check where it is not known or not here.
 */
export function checkoutOf(machine: Machine): { checkout: string; source: Source } | { why: Verdict } {
  const { output } = machine;
  if (output === null) return { why: notApplicable(machine.noOutput) };
  const named = output.source.flake.checkout;
  if (named === null) {
    return {
      why: notApplicable('the folder of the configuration is not known: set programs.nixos-intelligence.flake.path'),
    };
  }
  const checkout = at(machine, named);
  if (!statSync(checkout, { throwIfNoEntry: false })?.isDirectory()) {
    return { why: notApplicable(`there is no folder ${named}`) };
  }
  return { checkout, source: output.source };
}
