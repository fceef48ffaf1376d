// Offends: house/documented-exports
export const nobodyKnowsWhy = 1;
