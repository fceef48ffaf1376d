// Offends: database-through-module-tx
import pg from 'pg';
export const client = (): unknown => new pg.Client();
