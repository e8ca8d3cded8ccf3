import {UserError} from '../../../kit/errors.js'
import type {ServerLine, SettingsPlace} from './client-programs.js'
import {outlineToml, type TomlOutline, type TomlTable} from './toml-tables.js'

type Place = Pick<SettingsPlace, 'file' | 'under'>

/** TOML settings with this server's table at their end, and every other character as it was. */
export function withTomlServer(
  text: string | null,
  place: Place,
  {name, server}: {name: string; server: ServerLine},
): string {
  const before = text ?? ''
  const block = formatTomlServer(place, {name, server})
  if (
    blocksOf(outline(before, place), place, name)
      .map(({start, end}) => before.slice(start, end))
      .join('')
      .trim() === block.trim()
  )
    return before
  const rest = withoutTomlServer(before, place, name)
  const gap = rest === '' ? '' : rest.endsWith('\n\n') ? '' : rest.endsWith('\n') ? '\n' : '\n\n'
  return `${rest}${gap}${block}`
}

/** The same without it, and without the blank lines that parted it from what stood above. */
export function withoutTomlServer(text: string, place: Place, name: string): string {
  const blocks = blocksOf(outline(text, place), place, name)
  return [...blocks].reverse().reduce((rest, {start, end}) => {
    // Notes of a person above the next table are that table's.
    const block = rest.slice(start, end)
    const own = start + block.replace(/(?:\n[ \t]*(?:#[^\n]*)?)*$/, '').length
    const behind = rest.slice(own).replace(/^\n+/, '')
    const front = rest.slice(0, start)
    return behind === '' ? front.replace(/\n+$/, '\n') : front + behind
  }, text)
}

/** Whether a server of that name stands there. */
export function hasTomlServer(text: string, place: Place, name: string): boolean {
  return blocksOf(outline(text, place), place, name).length > 0
}

function outline(text: string, {file, under}: Place): TomlOutline {
  const found = outlineToml(text)
  const trouble = !found.isWhole
    ? 'a string or a list in it does not end'
    : found.topKeys.includes(under[0] ?? '')
      ? `it has ${under[0]} as a key and not as tables`
      : null
  if (trouble === null) return found
  throw new UserError(`${file}: ${trouble}, so nothing is written there.`, {
    code: 'UNREADABLE',
    fix: 'Put that right by hand, then run the same command again.',
  })
}

/** The server's own table and those below it. */
function blocksOf({tables}: TomlOutline, {under}: Place, name: string): TomlTable[] {
  const wanted = [...under, name]
  return tables.filter((table) => wanted.every((part, place) => table.name[place] === part))
}

/** The server's tables, as they are written. */
export function formatTomlServer(
  {under}: Pick<Place, 'under'>,
  {name, server: {command, args, env}}: {name: string; server: ServerLine},
): string {
  const title = [...under, name].map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : basic(part))).join('.')
  return [
    `[${title}]`,
    `command = ${basic(command)}`,
    `args = [${args.map(basic).join(', ')}]`,
    '',
    `[${title}.env]`,
    ...Object.entries(env).map(([key, value]) => `${key} = ${basic(value)}`),
    '',
  ].join('\n')
}

/** JSON's escapes are TOML's, but for the one sign that JSON leaves alone. */
function basic(text: string): string {
  return JSON.stringify(text).replaceAll('\x7f', '\\u007f')
}
