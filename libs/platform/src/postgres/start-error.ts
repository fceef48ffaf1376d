/**
 * Why the embedded PostgreSQL could not be started. Every one has a message that says what to do: whoever reads it may
 * never have run a PostgreSQL.
 */
export type StartErrorCode =
  | 'binaries-missing'
  | 'data-version'
  | 'disk-full'
  | 'folder-in-use'
  | 'folder-not-enterable'
  | 'folder-not-writable'
  | 'left-over-processes'
  | 'login-refused'
  | 'no-ordinary-user'
  | 'port-taken'
  | 'server-stuck'
  | 'start-failed'
  | 'unsupported-platform';

/** The embedded PostgreSQL cannot run here as things stand. The message is for people and holds no password. */
export class PostgresStartError extends Error {
  override readonly name = 'PostgresStartError';
  /** Trying again without changing anything gives the same answer. */
  readonly retriable = false;

  constructor(
    readonly code: StartErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The `code` of an error, or undefined; errors of other realms are recognised by it and never by their class. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** Turns a file system's refusal (EACCES, EROFS, ENOSPC, ...) into an error that says what to do; others stay as they are. */
export function explainFileError(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return notWritable(folder, messageOf(error), error);
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder, error);
    default:
      return error;
  }
}

/** The folder cannot be written by the user who runs the program. */
function notWritable(folder: string, reason: string, cause?: unknown): PostgresStartError {
  return new PostgresStartError(
    'folder-not-writable',
    `The data folder ${folder} cannot be written: ${reason}. Give the user who runs Orderkeel the right to write it, ` +
      `or choose another folder with ORDERKEEL_DATA_DIR.`,
    { cause },
  );
}

/** Nothing can be made under that name: it is something else's already, or the file system holds no folders of ours. */
export function folderNotMade(folder: string, cause: unknown): PostgresStartError {
  const reason = codeOf(cause) === 'EEXIST' ? 'something that is no folder has its name' : messageOf(cause);
  return new PostgresStartError(
    'folder-not-writable',
    `The data folder ${folder} cannot be made or written: ${reason}. Choose another folder with ORDERKEEL_DATA_DIR.`,
    { cause },
  );
}

/** The file system of the folder has no room left. */
export function diskFull(folder: string, cause?: unknown): PostgresStartError {
  return new PostgresStartError(
    'disk-full',
    `The disk of ${folder} is full. Free some space (a first start takes about 100 MB, later WAL up to 3 GB) and start ` +
      `again: nothing that was accepted is lost. Or choose a folder on another disk with ORDERKEEL_DATA_DIR.`,
    { cause },
  );
}
