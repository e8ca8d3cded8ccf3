import {createHash} from 'node:crypto'
import type {Random} from './secrets-vendors.js'

const WORDS =
  'the probe answered at night and nobody looked so donna told jarvis that invoice moved to archive after review while backup of server was late again because disk key token password rotation takes time'.split(
    ' ',
  )
const HEX = '0123456789abcdef'
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Lines that stand in fleets everywhere and hold no secret, though many look wild. */
export const ORDINARY: Readonly<Record<string, (random: Random) => string>> = {
  prose: ({dice}) => `${Array.from({length: 6 + dice.below(14)}, () => dice.pick(WORDS)).join(' ')}.`,
  log: ({dice, text}) =>
    `- ${text(2, '012')}:${text(2, '345')} the probe answered ${dice.pick([200, 301, 404, 503])}, ${text(3, '123456789')} ms`,
  code: ({dice}) =>
    dice.pick([
      "import {readSecret} from '../workspace/read-secret.js'",
      'const token = process.env.API_TOKEN ?? readToken(path)',
      "  expect(names).toEqual(['one', 'two'] + ['three'])",
      'if (password.length < 12) throw new Error(`the password of ${user} is too short`)',
      'for (let index = 0; index < keys.length; index++) total += sizes[keys[index]]',
      '.btn-primary-large-with-icon-and-shadow { margin: 0 auto; color: #a1b2c3 }',
      'SELECT id, password_hash FROM users WHERE token IS NOT NULL;',
      'client = OpenAI(api_key=os.environ["OPENAI_API_KEY"], base_url="https://api.example.com/v1")',
    ]),
  'git id': ({text}) => `commit ${text(40, HEX)}`,
  'short ids': ({text}) => `${text(7, HEX)}..${text(7, HEX)} 100644 src/guard/decide.ts`,
  sha256: ({text}) => `sha256:${text(64, HEX)}  dist/main.js`,
  docker: ({text}) => `FROM node:22@sha256:${text(64, HEX)}`,
  integrity: ({text}) => `      "integrity": "sha512-${text(86, BASE64)}==",`,
  lock: ({text}) => `  resolved "https://registry.yarnpkg.com/pkg-${text(4, HEX)}/-/pkg-1.2.3.tgz#${text(40, HEX)}"`,
  uuid: ({text}) => `id: ${[8, 4, 4, 4, 12].map((length) => text(length, HEX)).join('-')}`,
  ulid: ({text}) => `## 08:30 heartbeat t_01K${text(23, CROCKFORD)}`,
  picture: ({text}) => text(76, BASE64),
  'data address': ({text}) => `![logo](data:image/png;base64,iVBORw0KGgo${text(200, BASE64)})`,
  'public key': ({text}) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${text(43, BASE64)} ada@example.com`,
  certificate: ({dice, text}) =>
    dice.pick(['-----BEGIN CERTIFICATE-----', '-----BEGIN PUBLIC KEY-----', `MIIB${text(60, BASE64)}`]),
  checksum: ({text}) => createHash('md5').update(text(8)).digest('hex'),
  reference: ({dice}) =>
    dice.pick([
      'key: env:ANTHROPIC_API_KEY',
      'password: file:~/.config/mail-password',
      'token: keyring:TELEGRAM_TOKEN',
      'API_KEY=changeme',
      'DATABASE_URL=postgres://user:${DB_PASSWORD}@localhost/app',
      'Authorization: Bearer <your token>',
      'export OPENAI_API_KEY="sk-..."',
      'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
    ]),
  address: ({dice, text}) =>
    `see https://example.com:8443/${dice.pick(['issues', 'wiki', 'pull'])}/${text(4, '123456789')}?ref=main&id=${text(11)}#L${text(2, '123456789')}`,
  mail: ({text}) => `From: Ada <ada+${text(5, HEX)}@northwind.example>, Message-ID: <${text(24)}@mail.example>`,
  number: ({text}) => `IBAN DE${text(20, '0123456789')}, phone +49 ${text(3, '123456789')} ${text(7, '0123456789')}`,
  version: ({text}) =>
    `"@types/node": "20.19.${text(2, '123456789')}", "risk-assessment-of-the-new-supplier-2026-11": 1`,
  table: ({text}) => `| ${text(2, '0123456789')}:00 | probe | ${text(6, HEX)} | ok |`,
}
