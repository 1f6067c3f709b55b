/** The most that one filing may weigh, in bytes. */
export const LARGEST_FILE = 32 * 1024 * 1024;
