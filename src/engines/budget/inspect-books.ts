import {unreadable} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Inspection, inspectText, sumInspections} from '../../workspace/health.js'
import {type Book, parseBook} from './book.js'
import {BOOKS} from './book-file.js'

/** This machine's sums of today, and of days that aren't in the ledger yet. */
export function inspectBooks({mcos}: Pick<Fleet, 'mcos'>): Inspection {
  const books = [BOOKS, `${BOOKS}/closed`].flatMap((folder) =>
    (mcos.stat(folder)?.kind === 'folder' ? mcos.list(folder) : [])
      .filter(({name, kind}) => kind === 'file' && name.endsWith('.json'))
      .map(({name}) => `${folder}/${name}`),
  )
  return sumInspections(books.map((path) => inspectText({files: mcos, path, shown: `.mcos/${path}`}, insistOnBook)))
}

function insistOnBook(text: string, file: string): Book {
  const book = parseBook(text)
  if (book) return book
  const got = text.trim() === '' ? 'an empty file' : 'something else'
  // The next call or fold sets it aside and begins anew from the receipts.
  throw unreadable({file, line: 1}, {expected: "a day's sums as JSON", got, fix: 'mcos heartbeat'})
}
