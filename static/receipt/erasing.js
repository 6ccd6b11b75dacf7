/** The name under which one page leaves for the next which receipt is being erased. */
export const ERASING = "scribe-wall:erasing";
