/** A call whose arguments can't be what they should be: answered to the engine, not thrown at the person. */
export class BadCall extends Error {}
