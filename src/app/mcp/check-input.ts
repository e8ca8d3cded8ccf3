import type {Input, ServedTool} from './served-tool.js'

type Schema = Readonly<Record<string, unknown>>

/** What is wrong with a call's arguments, in words a model can mend them by; null: nothing. */
export function whyNot({takes}: Pick<ServedTool, 'takes'>, input: Input): string | null {
  const known = new Map(
    Object.entries(takes).map(([key, schema]) => [plain(key), {schema, isNeeded: !key.endsWith('?')}]),
  )
  const stranger = Object.keys(input).find((key) => !known.has(key))
  if (stranger !== undefined) {
    const names = known.size === 0 ? 'it takes none' : `it takes ${[...known.keys()].join(', ')}`
    return `there is no argument ${JSON.stringify(stranger.slice(0, 60))}; ${names}`
  }
  for (const [key, {schema, isNeeded}] of known) {
    const value = input[key]
    if (value === undefined || value === null) {
      if (isNeeded) return `"${key}" is missing`
    } else {
      const wanted = misfit(schema, value)
      if (wanted !== null) return `"${key}" has to be ${wanted}`
    }
  }
  return null
}

/** The arguments as JSON Schema, for clients. */
export function schemaOf({takes}: Pick<ServedTool, 'takes'>): Schema {
  const properties = Object.fromEntries(Object.entries(takes).map(([key, schema]) => [plain(key), schema]))
  const required = Object.keys(takes).filter((key) => !key.endsWith('?'))
  return {type: 'object', properties, ...(required.length === 0 ? {} : {required}), additionalProperties: false}
}

/** What it should be, where it isn't; only the few forms that our own tools ask for. */
function misfit({type, enum: words, items}: Schema, value: unknown): string | null {
  if (Array.isArray(words)) return words.includes(value) ? null : `one of ${words.join(', ')}`
  switch (type) {
    case 'string':
      return typeof value === 'string' ? null : 'a text'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false'
    case 'array': {
      const isFit = Array.isArray(value) && value.every((one) => misfit((items ?? {}) as Schema, one) === null)
      return isFit ? null : 'a list of texts'
    }
    default:
      return null
  }
}

function plain(key: string): string {
  return key.replace(/\?$/, '')
}
