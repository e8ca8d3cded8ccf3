import {CONFIG_FAULTS} from './config-faults.js'
import {LAW_FAULTS} from './law-faults.js'
import {MACHINE_FAULTS} from './machine-faults.js'
import type {Fault} from './planting.js'

/** All that is planted; whoever wrote them had not read the doctor. */
export const FAULTS: readonly Fault[] = [...LAW_FAULTS, ...CONFIG_FAULTS, ...MACHINE_FAULTS]
