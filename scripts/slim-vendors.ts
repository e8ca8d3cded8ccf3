import type {Plugin} from 'rolldown'

/**
 * What mcos uses of oclif, and nothing beside it: half of its load time goes into plugin discovery, debug output and a
 * semver check that an installed mcos with its manifest never needs. An export that is missing here fails the build.
 */
const OCLIF = `
export {Command} from '@oclif/core/command'
export * as Args from '@oclif/core/args'
export * as Flags from '@oclif/core/flags'
export {Config} from '@oclif/core/config'
export {Help} from '@oclif/core/help'
export {settings} from '@oclif/core/settings'
`

const SILENT_DEBUG = `
const silent = () => Object.assign(() => {}, {enabled: false, extend: silent})
module.exports = Object.assign(silent, {enable() {}, disable() {}, enabled: () => false})
`

/** gray-matter's own engines: a YAML we don't use, and \`eval\`. mcos hands in its own for every language. */
const NO_ENGINES = `
const refuse = () => { throw new Error('gray-matter has no engines of its own here') }
module.exports = {yaml: refuse, json: refuse, javascript: refuse}
`

interface Replacement {
  readonly id: string
  /** Part of the path of the vendor that asks for it; anybody, when empty. */
  readonly asker: string
  readonly text: string
}

const REPLACEMENTS: readonly Replacement[] = [
  {id: '@oclif/core', asker: '', text: OCLIF},
  {id: 'debug', asker: '/@oclif/core/', text: SILENT_DEBUG},
  ...['tinyglobby', 'minimatch', 'wsl-utils'].map((id) => ({id, asker: '/@oclif/core/', text: refusal(id)})),
  // A whole cryptography library for opening one kind of Google's keys, by a rule that is switched off.
  {id: './index-BDnqZat0.js', asker: '/secretlint-rule-preset-recommend/', text: 'export const i = {}'},
  {id: './engines', asker: '/gray-matter/', text: NO_ENGINES},
  {id: './lib/engines', asker: '/gray-matter/', text: NO_ENGINES},
]

/** Leaves out of the bundle what vendors bring along and mcos never runs. */
export function slimVendors(): Plugin {
  return {
    name: 'slim-vendors',
    resolveId(id, importer = '') {
      const index = REPLACEMENTS.findIndex((known) => known.id === id && importer.includes(known.asker))
      return index === -1 ? null : `\0slim:${index}:${id.replace(/\W+/g, '-')}`
    },
    load(id) {
      const index = /^\0slim:(\d+):/.exec(id)?.[1]
      const replacement = index === undefined ? undefined : REPLACEMENTS[Number(index)]
      return replacement ? {code: replacement.text, moduleType: 'js'} : null
    },
  }
}

/** Says so if it is ever asked to work after all. */
function refusal(name: string): string {
  return `
const refuse = () => { throw new Error('${name} is not part of the bundled mcos') }
module.exports = {glob: refuse, minimatch: refuse, isWsl: false, powerShellPath: refuse}
`
}
