import type {Call} from '../call.js'

/** Says what a call of one program does. */
export type Judge = (call: Call) => void
