import {isRecord} from '../../kit/is-record.js'

/** What a server answered, read without believing it: what has another form is absent. */
export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {}
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((one): one is string => typeof one === 'string')
}

/** The rows of a page, or of any other list of records. */
export function rowsOf(value: unknown): Fields[] {
  return listOf(value).filter(isRecord)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text inside a $filter, ready for an address. */
export function quoted(text: string): string {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`)
}
