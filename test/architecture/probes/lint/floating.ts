// Offends: @typescript-eslint/no-floating-promises
const later = async (): Promise<void> => undefined;
later();
