import type {Signal} from './signal.js'
import {STAKES_SIGNALS} from './stakes-signals.js'
import {TROUBLE_SIGNALS} from './trouble-signals.js'

/** Everything that can make a mail urgent, by theme. Words alone that only claim it ("urgent!!") weigh next to nothing. */
export const SIGNALS: readonly Signal[] = [...TROUBLE_SIGNALS, ...STAKES_SIGNALS]
