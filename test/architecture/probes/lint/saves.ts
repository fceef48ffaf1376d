// Offends: no-restricted-syntax
declare const repository: { save(row: object): number };
repository.save({});
