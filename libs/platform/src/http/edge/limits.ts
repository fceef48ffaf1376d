/** Bytes of a body where the route says nothing else (interfaces 3). */
export const SINGLE_BODY_BYTES = 1024 * 1024;
