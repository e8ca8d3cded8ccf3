import {UserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Inspection, inspectText, sumInspections} from '../workspace/health.js'
import {parsePageRecord} from './outbox.js'

const STATES = ['pending', 'started', 'sent', 'failed'] as const

/** Every page on record: one that can't be read is never sent. */
export function inspectOutbox({mcos}: Fleet): Inspection {
  return sumInspections(
    STATES.flatMap((state) => {
      const folder = `outbox/${state}`
      const pages = mcos.stat(folder)?.kind === 'folder' ? mcos.list(folder) : []
      return pages.map(({name}) => {
        const path = `${folder}/${name}`
        return inspectText({files: mcos, path, shown: `.mcos/${path}`}, insistOnPage)
      })
    }),
  )
}

function insistOnPage(text: string, file: string): void {
  if (parsePageRecord(text)) return
  throw new UserError(`${file}: expected the record of a page, got something else.`, {
    code: 'UNREADABLE',
    fix: `cat ${shellWord(file)}; rm ${shellWord(file)}`,
  })
}
