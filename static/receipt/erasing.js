/** Under which name one page tells the next which receipt is being erased. */
export const ERASING = "scribe-wall:erasing";
