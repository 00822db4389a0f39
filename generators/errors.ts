/** Exit statuses of every command: 0 fine, 1 findings, 2 bad input or usage. */
export type ExitStatus = 0 | 1 | 2;

/**
 * A failure that the user can repair. The command line prints `message` and `hint` without a stack; any other
 * error is a defect of ours and keeps its stack.
 *
 * `message` says what happened, what was expected and what was found, values in backticks; `hint` says what to
 * do next.
 */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly status: ExitStatus;

  constructor(code: string, message: string, options: { hint?: string; status?: ExitStatus; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = options.hint;
    this.status = options.status ?? 2;
  }
}

/** Whether an error is a `UserError`, also one of another file of the bundle, which has a class of its own. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError' && 'status' in error;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of an error that Node throws (`ENOENT`, `ERR_…`); undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
