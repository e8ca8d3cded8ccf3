import {SELECTABLE} from './message.js'
import {badRequest} from './refusal.js'

/** The options behind a `?`, each of which has to be known where it is used. */
export class Query {
  private readonly values: ReadonlyMap<string, string>

  constructor(text: string) {
    this.values = new Map(new URLSearchParams(text))
  }

  get names(): readonly string[] {
    return [...this.values.keys()]
  }

  text(name: string): string | undefined {
    return this.values.get(name)
  }

  number(name: string): number | undefined {
    const text = this.values.get(name)
    if (text === undefined) return undefined
    if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for ${name} query option.`)
    return Number(text)
  }

  /** Refuses what isn't in the list: the real server ignores some of it and refuses the rest, and both hide mistakes. */
  allow(...names: readonly string[]): void {
    const strange = this.names.find((name) => !names.includes(name))
    if (strange !== undefined) throw badRequest(`The query option '${strange}' is not allowed here.`)
  }

  select(): readonly string[] | undefined {
    const names = this.text('$select')
      ?.split(',')
      .map((name) => name.trim())
    const strange = names?.find((name) => !SELECTABLE.has(name))
    if (strange !== undefined)
      throw badRequest(`Could not find a property named '${strange}' on type 'microsoft.graph.message'.`)
    return names
  }

  /** What `$expand` asks for. */
  expand(): {readonly expandsExtended?: string; readonly expandsAttachments?: boolean} {
    const text = this.text('$expand')
    if (text === undefined) return {}
    if (text === 'attachments') return {expandsAttachments: true}
    const id = /^singleValueExtendedProperties\(\$filter=id eq '([^']*)'\)$/.exec(text)?.[1]
    if (id === undefined) throw badRequest(`Invalid $expand: ${text}`)
    return {expandsExtended: id}
  }
}
