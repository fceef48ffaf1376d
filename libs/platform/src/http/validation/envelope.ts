const envelopes = new WeakSet<object>();

/**
 * Marks the body class of a batch: only the envelope is validated on arrival, so that a bad item is refused alone
 * (interfaces 3); the route validates each item with `validateBody`.
 */
export function Envelope(): ClassDecorator {
  return (target) => {
    envelopes.add(target);
  };
}

/** Whether a body class is a batch's. */
export function isEnvelope(bodyClass: object): boolean {
  return envelopes.has(bodyClass);
}
