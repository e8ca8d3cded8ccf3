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

/** What imapflow has for downloads, proxies, logs and old Japanese mail: nobody here uses it, and it is 80 % of its load time. */
const NO_DOWNLOADS = `
const refuse = () => { throw new Error('this part of imapflow is not part of the bundled mcos') }
export {refuse as downloadMessage, refuse as downloadMessageParts, refuse as proxyConnection, refuse as getDefaultLogger}
export {refuse as createConnectionLogger, refuse as JPDecoder, refuse as resolveCharset}
export const detachEarlyErrorHandler = () => {}
export default {decodeWords: refuse}
`

/** Of all charsets imapflow needs the one in which folders are named beyond ASCII. */
const FOLDER_NAMES = `
const encode = (run) => Buffer.from(run, 'utf16le').swap16().toString('base64').replaceAll('=', '').replaceAll('/', ',')
const decode = (word) => Buffer.from(word.replaceAll(',', '/'), 'base64').swap16().toString('utf16le')
export default {
  encode: (text) => text.replace(/&|[^\\x20-\\x7e]+/g, (run) => run === '&' ? '&-' : '&' + encode(run) + '-'),
  decode: (bytes) => String(bytes).replace(/&([^-]*)-/g, (_, word) => word === '' ? '&' : decode(word)),
  decodeStream: () => { throw new Error('charsets are not part of the bundled mcos') },
}
`

/** Of Graph's client what builds a request: its chain of retries, redirects and telemetry has one link of mcos in its place. */
const GRAPH = `
export {Client} from '@microsoft/microsoft-graph-client/lib/es/src/Client.js'
export {ResponseType} from '@microsoft/microsoft-graph-client/lib/es/src/ResponseType.js'
`

/** What msal has for machines in Microsoft's own cloud, and for proving oneself by a certificate: half of it. */
const NO_CLOUD_MACHINE = `
const refuse = () => { throw new Error('this part of msal is not part of the bundled mcos') }
export {refuse as ManagedIdentityApplication, refuse as DistributedCachePlugin}
export default {sign: refuse, verify: refuse, decode: refuse}
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
  ...[
    './download.js',
    './proxy-connection.js',
    './jp-decoder.js',
    './logger.js',
    '../logger.js',
    './charsets.js',
    'libmime',
    // For a compression that is never asked for.
    'node:zlib',
  ].map((id) => ({
    id,
    asker: '/imapflow/dist/esm/',
    text: NO_DOWNLOADS,
  })),
  // React's developer tools, which Ink looks for where DEV is set.
  {id: './devtools.js', asker: '/ink/build/', text: 'export default null'},
  {id: 'iconv-lite', asker: '/imapflow/dist/esm/', text: FOLDER_NAMES},
  {id: '@microsoft/microsoft-graph-client', asker: '', text: GRAPH},
  {id: './HTTPClientFactory', asker: '/microsoft-graph-client/', text: 'export const HTTPClientFactory = {}'},
  ...['jsonwebtoken', './client/ManagedIdentityApplication.mjs', './cache/distributed/DistributedCachePlugin.mjs'].map(
    (id) => ({id, asker: '/msal-node/', text: NO_CLOUD_MACHINE}),
  ),
]

interface Edit {
  readonly file: string
  readonly from: string
  readonly to: string
}

/**
 * Ink and its layout engine wait for something while they are loaded, which CommonJS can't: none of it has to be waited
 * for. imapflow writes each command and each answer a second time, for a log that is off.
 */
const EDITS: readonly Edit[] = [
  ...['data', 'parsed'].map((name) => ({
    file: '/imapflow/dist/esm/imap-flow.js',
    from: `let logCompiled = await compiler(${name}, {\n            isLogging: true\n        });`,
    to: "let logCompiled = '';",
  })),
  // The engine comes along as text, so that it can be compiled on the spot.
  {
    file: '/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
    from: 'if(h.instantiateWasm)',
    to: 'return a(new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(H.slice(H.indexOf(",")+1),"base64")),d)),{};if(0)',
  },
  {file: '/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js', from: 'import.meta.url', to: '""'},
  // To ask what fetch is makes Node load its whole HTTP client.
  {file: '/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js', from: 'typeof fetch', to: '"undefined"'},
  {file: '/yoga-layout/dist/src/index.js', from: 'await loadYoga()', to: '((yoga) => (loadYoga(yoga), yoga))({})'},
  // Only for whoever develops Ink.
  {file: '/ink/build/reconciler.js', from: 'isDev()', to: 'false'},
  {file: '/ink/build/reconciler.js', from: 'await ', to: ''},
]

function edited(code: string, {file, from, to}: Edit): string {
  if (!code.includes(from)) throw new Error(`${file} holds no ${from} any more: see slim-vendors.ts`)
  return code.replaceAll(from, to)
}

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
    transform(code, id) {
      const edits = EDITS.filter(({file}) => id.endsWith(file))
      return edits.length === 0 ? null : edits.reduce((text, edit) => edited(text, edit), code)
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
