import { userInfo } from 'node:os';

/**
 * The calling user. A container may run under a number that the password file does not have: then the name is that of
 * the environment, else the number.
 */
export function currentUser(): { username: string; shell: string | null } {
  try {
    return userInfo();
  } catch {
    const { USER, LOGNAME } = process.env;
    return { username: USER || LOGNAME || String(process.getuid?.() ?? 'user'), shell: null };
  }
}
