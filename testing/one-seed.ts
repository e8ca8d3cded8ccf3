import {configureGlobal} from 'fast-check'

/** Where a change is judged, properties are tried on the same cases each time, so that a red run is of that change; elsewhere on new ones. */
if (process.env['CI'] === 'true') configureGlobal({seed: 31})
