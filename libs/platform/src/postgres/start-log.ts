/** Where the launcher says what it does, in lines for people. */
export interface StartLog {
  info(message: string): void;
  warn(message: string): void;
}
