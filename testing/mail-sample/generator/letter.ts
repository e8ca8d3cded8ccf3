import {type Charset, encodeHeader} from './encode.js'
import type {Facts} from './fill.js'
import type {Random} from './random.js'
import type {Template} from './template.js'

/** What headers and parts are made of. */
export interface Letter {
  readonly template: Template
  readonly facts: Facts
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly charset: Charset
  readonly random: Random
}

/** `Name <box>` with its name in encoded words where it needs them. */
export function encodeAddress(address: string, charset: Charset): string {
  const [, name, box] = /^(.*?)\s*<([^>]+)>$/.exec(address) ?? []
  if (name === undefined || name === '' || box === undefined) return address
  const encoded = encodeHeader(name, charset)
  return `${encoded === name && /[^\w ".-]/.test(name) && !name.startsWith('"') ? `"${name}"` : encoded} <${box}>`
}

export function domainOf(address: string): string {
  return /@([^>\s]+)>?$/.exec(address)?.[1] ?? 'unknown.example'
}
