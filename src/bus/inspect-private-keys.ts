import type {Fleet} from '../workspace/fleet.js'
import {type Inspection, inspectFile, sumInspections} from '../workspace/health.js'
import {isAgentName} from '../workspace/names.js'
import {findPrivateKey, openPrivateKey} from './keys.js'

/** This machine's private keys: each a key, and readable by its owner only. */
export function inspectPrivateKeys({home: {files}, mcos}: Fleet): Inspection {
  const entries = mcos.stat('keys')?.kind === 'folder' ? mcos.list('keys') : []
  return sumInspections(
    entries
      .filter(({name}) => name.endsWith('.key') && isAgentName(name.slice(0, -'.key'.length)))
      .map(({name}) =>
        inspectFile({files: mcos, path: `keys/${name}`, shown: `.mcos/keys/${name}`}, () => {
          const key = findPrivateKey(files, name.slice(0, -'.key'.length))
          if (key !== null) openPrivateKey(key)
          return []
        }),
      ),
  )
}
