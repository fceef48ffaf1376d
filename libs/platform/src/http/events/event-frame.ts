/** One server-sent event; `data` is sent as JSON on one line (interfaces 5). */
export interface ServerSentEvent {
  /** Opaque; comes back as `Last-Event-ID`. */
  readonly id?: string;
  readonly event?: string;
  readonly data?: unknown;
}

/** Milliseconds after which a client that was cut off comes back (interfaces 5). */
const RETRY_MS = 2000;

/** The first lines of every stream. */
export const FIRST_FRAME = `retry: ${RETRY_MS}\n\n`;

/** A line that clients ignore and that keeps the way open. */
export const HEARTBEAT_FRAME = ':\n\n';

/** The event as text. Ids and names are ours and hold no line breaks; JSON escapes its own. */
export function frameOf({ id, event, data }: ServerSentEvent): string {
  const lines = [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    // An event without a data line is never dispatched by a browser.
    `data: ${data === undefined ? '' : JSON.stringify(data)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
