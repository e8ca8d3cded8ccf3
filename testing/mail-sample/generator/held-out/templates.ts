import type {Template} from '../template.js'

/** The templates that rules are judged on; who writes rules doesn't read them. */
export const HELD_OUT_TEMPLATES: readonly Template[] = []
