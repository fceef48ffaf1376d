/** Something in the environment or the configuration file cannot be used; the message says what to write instead. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
}
