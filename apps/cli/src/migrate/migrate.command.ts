import { Command } from 'commander';

/** `orderkeel migrate`. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to what this program needs: roles, migrations, partitions, grants')
    .option('--check', 'only tell what is missing; exit code 1 when something is, 0 when nothing is')
    .addHelpText(
      'after',
      `
"start" does the same by itself. Running it again changes nothing, and it may run beside a server.

Examples:
  $ npx orderkeel migrate --check && echo up to date
  $ ORDERKEEL_ADMIN_DATABASE_URL=postgresql://... npx orderkeel migrate`,
    )
    .action(async (options: { check?: boolean }) => (await import('./migrate.js')).migrate(options.check ?? false));
}
