/** Bytes of the largest file that is filed, whichever way it comes. */
export const LARGEST_FILE = 32 * 1024 * 1024;

/** A filing as JSON is parsed as one piece in the server's own thread; larger ones travel as files. */
export const LARGEST_JSON = 8 * 1024 * 1024;

/** The most that one request may carry: the largest file, and room for what a form puts around it. */
export const LARGEST_REQUEST = 2 * LARGEST_FILE;
