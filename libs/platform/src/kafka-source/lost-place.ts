/** The code of LostPlace. */
export const LOST_PLACE = 'lost-place';

/**
 * A topic does not hold any more what follows an executor's position, or is not the topic that the position belongs to:
 * the executor reads the tables again. Never answered by beginning somewhere else (reliability K4).
 */
export class LostPlace extends Error {
  readonly code = LOST_PLACE;
  readonly retriable = false;

  /**
   * @param held a person has to do something first, which the message says; resuming then reads the tables
   * @param isFirst it never had a place there, which is no reason for alarm
   */
  constructor(
    message: string,
    readonly held = false,
    readonly isFirst = false,
  ) {
    super(message);
  }
}
