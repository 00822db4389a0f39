import type { Check } from './check.ts';
import { bootGeneration } from './checks/boot-generation.ts';
import { channels } from './checks/channels.ts';
import { codexTrust } from './checks/codex-trust.ts';
import { deadAliases } from './checks/dead-aliases.ts';
import { diskSpace } from './checks/disk-space.ts';
import { endOfLifeVersions } from './checks/end-of-life.ts';
import { failedUnits } from './checks/failed-units.ts';
import { gcRoots } from './checks/gc-roots.ts';
import { generations } from './checks/generations.ts';
import { homeClaudeMd } from './checks/home-claude-md.ts';
import { insecurePackages } from './checks/insecure-packages.ts';
import { leftBehind } from './checks/left-behind.ts';
import { linkedTwice } from './checks/linked-twice.ts';
import { oldInputs } from './checks/old-inputs.ts';
import { policyHook } from './checks/policy-hook.ts';
import { profileEntries } from './checks/profile-entries.ts';
import { rebootPending } from './checks/reboot-pending.ts';
import { rebuildPending } from './checks/rebuild-pending.ts';
import { recorderLoaded } from './checks/recorder-loaded.ts';
import { snapshotsOld } from './checks/snapshots-old.ts';
import { staleContext } from './checks/stale-context.ts';
import { twoNixpkgs } from './checks/two-nixpkgs.ts';
import { uncommitted } from './checks/uncommitted.ts';
import { unusedInputs } from './checks/unused-inputs.ts';

/** Every check of `doctor`, in the order of its answers. */
export const checks: readonly Check[] = [
  failedUnits,
  policyHook,
  codexTrust,
  leftBehind,
  linkedTwice,
  homeClaudeMd,
  staleContext,
  recorderLoaded,
  rebuildPending,
  bootGeneration,
  rebootPending,
  uncommitted,
  twoNixpkgs,
  oldInputs,
  unusedInputs,
  channels,
  insecurePackages,
  endOfLifeVersions,
  profileEntries,
  deadAliases,
  snapshotsOld,
  generations,
  gcRoots,
  diskSpace,
];
