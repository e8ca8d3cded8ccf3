/** The lock of a fleet's history: whoever commits, one at a time. */
export const COMMIT_LOCK = '_commit'
