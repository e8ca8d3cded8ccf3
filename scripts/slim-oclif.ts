import type {Plugin} from 'rolldown'

/**
 * What mcos uses of oclif, and nothing beside it: half of its load time goes into plugin discovery, debug output and a
 * semver check that an installed mcos with its manifest never needs. An export that is missing here fails the build.
 */
const INDEX = `
export {Command} from '@oclif/core/command'
export * as Args from '@oclif/core/args'
export * as Flags from '@oclif/core/flags'
export {Config} from '@oclif/core/config'
export {Help} from '@oclif/core/help'
export {settings} from '@oclif/core/settings'
`

/** Replaced by something that says so if it is ever asked to work. */
const NEVER_USED = ['tinyglobby', 'minimatch', 'wsl-utils']
const REFUSAL = (name: string) => `
const refuse = () => { throw new Error('${name} is not part of the bundled mcos') }
module.exports = {glob: refuse, minimatch: refuse, isWsl: false, powerShellPath: refuse}
`

const SILENT_DEBUG = `
const silent = () => Object.assign(() => {}, {enabled: false, extend: silent})
module.exports = Object.assign(silent, {enable() {}, disable() {}, enabled: () => false})
`

export function slimOclif(): Plugin {
  const texts = new Map([
    ['@oclif/core', INDEX],
    ['debug', SILENT_DEBUG],
    ...NEVER_USED.map((name): [string, string] => [name, REFUSAL(name)]),
  ])
  return {
    name: 'slim-oclif',
    resolveId(id, importer) {
      const isOurs = texts.has(id) && (id === '@oclif/core' || (importer ?? '').includes('@oclif'))
      return isOurs ? `\0slim:${id}` : null
    },
    load(id) {
      const text = id.startsWith('\0slim:') ? texts.get(id.slice('\0slim:'.length)) : undefined
      if (text === undefined) return null
      return {code: text, moduleType: 'js'}
    },
  }
}
