import type { Exec } from '../call.ts';
import { findFiles } from './find-files.ts';
import { list, tree } from './listing.ts';
import type { Rewrite } from './rewrite.ts';
import { search } from './search.ts';
import { substitute } from './substitute.ts';
import { view, wholeForm } from './view.ts';

/**
 * By command its modern replacement, and the line with the same result; null where there is none: the command
 * is then left alone.
 */
export const replacements: Readonly<Record<string, { by: string; rewrite: (exec: Exec) => Rewrite | null }>> = {
  grep: { by: 'rg', rewrite: (exec) => search(exec, 'basic') },
  egrep: { by: 'rg', rewrite: (exec) => search(exec, 'extended') },
  fgrep: { by: 'rg', rewrite: (exec) => search(exec, 'fixed') },
  find: { by: 'fd', rewrite: findFiles },
  ls: { by: 'eza', rewrite: list },
  tree: { by: 'eza', rewrite: tree },
  cat: { by: 'bat', rewrite: view },
  sed: { by: 'sd', rewrite: substitute },
  du: {
    by: 'dust',
    rewrite: (exec) => wholeForm(exec, 'dust', { '': '', '-h': '', '-s': '-d 0', '-sh': '-d 0', '-hs': '-d 0' }, true),
  },
  df: { by: 'duf', rewrite: (exec) => wholeForm(exec, 'duf', { '': '', '-h': '' }, true) },
  ps: { by: 'procs', rewrite: (exec) => wholeForm(exec, 'procs', { aux: '', '-ef': '', '-e': '', '-A': '' }, false) },
};
