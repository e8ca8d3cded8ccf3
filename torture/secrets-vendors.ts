import {createHmac, generateKeyPairSync} from 'node:crypto'
import {crc32} from 'node:zlib'
import type {Dice} from './dice.js'

const DIGITS = '0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const ALNUM = DIGITS + UPPER + LOWER
const HEX = '0123456789abcdef'
const URL_SAFE = `${ALNUM}-_`

/** A secret of somebody else's, as its vendor makes it; every one is new, so that nothing here is anybody's. */
export type Maker = (random: Random) => string

/** Letters by chance that can be played again. */
export interface Random {
  readonly dice: Dice
  text(length: number, letters?: string): string
}

export function randomBy(dice: Dice): Random {
  return {
    dice,
    text: (length, letters = ALNUM) => Array.from({length}, () => letters[dice.below(letters.length)]).join(''),
  }
}

/** Put together at run time, so that no scanner takes this file for a leak. */
export const VENDORS: Readonly<Record<string, Maker>> = {
  anthropic: ({text}) => `sk-ant-api03-${text(93, URL_SAFE)}AA`,
  openai: ({text}) => `sk-proj-${text(74)}T3BlbkFJ${text(74)}`,
  'openai, old': ({text}) => `sk-${text(20)}T3BlbkFJ${text(20)}`,
  deepseek: ({text}) => `sk-${text(32, HEX)}`,
  github: (random) => withChecksum(`gh${random.dice.pick([...'pousr'])}_`, random.text(30)),
  'github, fine': ({text}) => `github_pat_${text(22)}_${text(59)}`,
  gitlab: ({text}) => `glpat-${text(20, URL_SAFE)}`,
  slack: ({text}) => `xoxb-${text(12, DIGITS)}-${text(13, DIGITS)}-${text(24)}`,
  'slack, webhook': ({text}) => `https://hooks.slack.com/services/T${text(8, UPPER)}/B${text(10, UPPER)}/${text(24)}`,
  telegram: ({text}) => `${text(10, '123456789')}:AA${text(33, URL_SAFE)}`,
  discord: ({text}) => `M${text(25)}.${text(6)}.${text(38)}`,
  'aws, id': ({text}) => `AKIA${text(16, `${UPPER}234567`)}`,
  'aws, key': ({text}) => `aws_secret_access_key = ${text(40, `${ALNUM}/+`)}`,
  google: ({text}) => `AIza${text(35, URL_SAFE)}`,
  stripe: ({text}) => `sk_live_${text(99)}`,
  npm: (random) => withChecksum('npm_', random.text(30)),
  pypi: ({text}) => `pypi-AgEIcHlwaS5vcmc${text(150, URL_SAFE)}`,
  sendgrid: ({text}) => `SG.${text(22, URL_SAFE)}.${text(43, URL_SAFE)}`,
  xai: ({text}) => `xai-${text(80)}`,
  'hugging face': ({text}) => `hf_${text(34, UPPER + LOWER)}`,
  shopify: ({text}) => `shpat_${text(32, HEX)}`,
  digitalocean: ({text}) => `dop_v1_${text(64, HEX)}`,
  linear: ({text}) => `lin_api_${text(40)}`,
  notion: ({text}) => `ntn_${text(46)}`,
  vault: ({text}) => `hvs.${text(90, URL_SAFE)}`,
  'private key': () => pem('ed25519'),
  'elliptic key': () => pem('ec'),
  'ssh key': ({text}) =>
    ['-----BEGIN OPENSSH ', 'PRIVATE KEY-----\n', lines(text(350)), '\n-----END OPENSSH ', 'PRIVATE KEY-----'].join(''),
  'json web token': jsonWebToken,
  postgres: ({text}) => `postgres://app:${text(16)}@db-${text(4, DIGITS)}.example.com:5432/app`,
  mysql: ({text}) => `mysql://root:${text(12, `${ALNUM}!.~`)}@10.0.0.${text(2, '123456789')}/shop`,
  mongodb: ({text}) => `mongodb+srv://svc:${text(20)}@cluster0.${text(5, LOWER)}.mongodb.net/x`,
  redis: ({text}) => `redis://:${text(24)}@cache.example.com:6379/0`,
  'sql server': ({text}) =>
    `Server=tcp:db.example.com,1433;Database=crm;User Id=app;Password=${text(18)};Encrypt=true;`,
  azure: ({text}) =>
    `DefaultEndpointsProtocol=https;AccountName=${text(8, LOWER)};AccountKey=${text(86, `${ALNUM}/+`)}==;EndpointSuffix=core.windows.net`,
}

/** GitHub's and npm's last six letters are a checksum of the others. */
function withChecksum(prefix: string, body: string): string {
  let rest = crc32(body)
  let sum = ''
  for (let place = 0; place < 6; place++) {
    sum = ALNUM[rest % 62] + sum
    rest = Math.floor(rest / 62)
  }
  return `${prefix}${body}${sum}`
}

function pem(type: 'ed25519' | 'ec'): string {
  const privateKeyEncoding = {type: 'pkcs8', format: 'pem'} as const
  const publicKeyEncoding = {type: 'spki', format: 'pem'} as const
  const pair =
    type === 'ec'
      ? generateKeyPairSync('ec', {namedCurve: 'P-256', privateKeyEncoding, publicKeyEncoding})
      : generateKeyPairSync('ed25519', {privateKeyEncoding, publicKeyEncoding})
  return pair.privateKey.trim()
}

function jsonWebToken({text}: Random): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({alg: 'HS256', typ: 'JWT'})}.${part({sub: text(12), iat: 1_763_000_000, scope: 'all'})}`
  return `${signed}.${createHmac('sha256', text(20)).update(signed).digest('base64url')}`
}

function lines(text: string): string {
  return text.match(/.{1,70}/g)?.join('\n') ?? text
}

/** The fleet's own, as people make them up and programs give them out. */
export const OWN: Readonly<Record<string, Maker>> = {
  hex: ({text}) => text(32, HEX),
  'long hex': ({text}) => text(64, HEX),
  base64: ({text}) => `${text(42, `${ALNUM}/+`)}==`,
  uuid: ({text}) => [8, 4, 4, 4, 12].map((length) => text(length, HEX)).join('-'),
  mixed: ({text}) => `${text(6)}/+${text(8)}!${text(6)}`,
  umlauts: ({text}) => `Käse ${text(10)} Größe`,
  words: ({dice, text}) =>
    `${['boiler', 'garden', 'window'].map((word) => dice.pick([word, `${word}s`])).join('-')}-${text(4, DIGITS)}-${text(3, LOWER)}`,
  vendor: ({text}) => `sk-ant-api03-${text(93, URL_SAFE)}AA`,
  bot: ({text}) => `${text(10, '123456789')}:AA${text(33, URL_SAFE)}`,
}
