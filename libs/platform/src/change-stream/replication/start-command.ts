import { quoteIdentifier } from '../quote-identifier.js';

/** START_REPLICATION from the slot's acknowledged position. */
export function startCommand(slot: string, publication: string): string {
  const names = quoteLiteral(quoteIdentifier(publication));
  return `START_REPLICATION SLOT ${quoteIdentifier(slot)} LOGICAL 0/0 (proto_version '1', publication_names ${names})`;
}

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
