import { onConnection } from './admin-connection.js';
import { redactUrl } from './redact-url.js';
import { readLoginFacts, type LoginFacts } from './server-facts.js';
import { judgeServer, type ServerFinding, type ServerNeeds } from './server-rules.js';
import { messageOf } from './start-error.js';

/** URLs of the user's own server; the last two are the first where the user gave one only (interfaces 6). */
export interface ServerUrls {
  readonly app: string;
  readonly admin: string;
  readonly replication: string;
}

/** What was found out about the user's own server. */
export interface ServerCheck {
  /** e.g. `18.4`; null when it could not be reached. */
  readonly version: string | null;
  /** Errors first. With an error Orderkeel cannot start. */
  readonly findings: readonly ServerFinding[];
}

/**
 * Looks whether Orderkeel can run on the server: reachable with all three logins, version, settings, room for a slot and
 * connections, privileges. Nothing is changed. Never throws for what the server or the URLs are to blame for: it is a finding.
 */
export async function checkServer(urls: ServerUrls, needs: ServerNeeds): Promise<ServerCheck> {
  const logins = {
    app: await reach('ORDERKEEL_DATABASE_URL', urls.app),
    admin: await reach('ORDERKEEL_ADMIN_DATABASE_URL', urls.admin),
    replication: await reach('ORDERKEEL_REPLICATION_DATABASE_URL', urls.replication),
  };
  const { app, admin, replication } = logins;
  if ('setting' in app || 'setting' in admin || 'setting' in replication) {
    const unreachable = [app, admin, replication].filter((login) => 'setting' in login);
    // One URL that stands for all three is reported once.
    return { version: null, findings: unreachable.filter((finding, at) => isFirst(unreachable, finding, at)) };
  }
  const findings = judgeServer({ app, admin, replication }, needs);
  const canTry = !findings.some(({ setting }) => setting === 'REPLICATION' || setting === 'max_wal_senders');
  if (canTry) findings.push(...(await tryReplication(urls.replication)));
  const ordered = [...findings].sort((a, b) => a.level.localeCompare(b.level));
  return { version: app.version, findings: ordered };
}

async function reach(variable: string, url: string): Promise<LoginFacts | ServerFinding> {
  try {
    return await onConnection(url, readLoginFacts);
  } catch (error) {
    return {
      level: 'error',
      setting: variable,
      message: `${redactUrl(url)} cannot be used: ${reason(error)}. Check host, port, database, login and password.`,
    };
  }
}

/** pg_hba.conf has lines of its own for replication connections, so that only a connection tells. */
async function tryReplication(url: string): Promise<ServerFinding[]> {
  const parsed = new URL(url);
  parsed.searchParams.set('replication', 'database');
  try {
    await onConnection(parsed.href, (client) => client.query('IDENTIFY_SYSTEM'));
    return [];
  } catch (error) {
    const message =
      `${redactUrl(url)} accepts no replication connection: ${reason(error)}. ` +
      `Let its login in by a line of pg_hba.conf and reload PostgreSQL.`;
    return [{ level: 'error', setting: 'pg_hba.conf', message }];
  }
}

function isFirst(findings: readonly { message: string }[], { message }: { message: string }, at: number): boolean {
  return findings.findIndex((other) => other.message === message) === at;
}

/** A refused connection to a name with several addresses has no message of its own, only parts. */
function reason(error: unknown): string {
  const message = messageOf(error);
  if (message !== '') return message;
  const parts: unknown = (error as { errors?: unknown }).errors;
  return Array.isArray(parts) ? parts.map(messageOf).join(', ') : 'no answer';
}
