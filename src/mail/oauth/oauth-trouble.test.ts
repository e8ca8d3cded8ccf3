import {expect, test} from 'vitest'
import type {Grant} from './grant.js'
import {refusalTrouble} from './oauth-trouble.js'

const PERSON: Grant = {
  kind: 'person',
  user: 'ada@northwind.example',
  clientId: 'c-1',
  secret: null,
  authority: 'https://login.microsoftonline.com/northwind.example',
  scopes: ['Mail.ReadWrite'],
  ca: null,
  timeoutMs: 1,
}
const APP: Grant = {...PERSON, kind: 'app', secret: {source: 'command', value: 'pass show the/secret'}}

function told(grant: Grant, code: number | null, error = 'invalid_grant'): string {
  const codes = code === null ? [] : [code]
  const {kind, message, options} = refusalTrouble({status: 400, error, codes}, grant, 'work')
  return `${kind}: ${message} → ${options.fix}`
}

test('each refusal is told in words, with its number and what mends it', () => {
  expect(told(PERSON, 65001)).toBe(
    "consent: ada@northwind.example's consent was taken back, or never given (AADSTS65001) → mcos email login work",
  )
  expect(told(PERSON, 700082)).toBe(
    'login: the login of ada@northwind.example has run out (AADSTS700082) → mcos email login work',
  )
  expect(told(APP, 7000215, 'invalid_client')).toBe(
    'credentials: login.microsoftonline.com refuses the client secret command:pass … (AADSTS7000215) → put a secret that is good behind command:pass …, then: mcos email check work',
  )
  const kept = {...APP, secret: {source: 'keyring', value: 'GRAPH'}} as const
  expect(told(kept, 7000222, 'invalid_client')).toMatch(/^credentials: .* → mcos secrets set GRAPH$/)
  expect(told(APP, 65001)).toMatch(/^consent: an administrator has not agreed to c-1 .* → grant admin consent/)
  expect(told(PERSON, 700016, 'unauthorized_client')).toMatch(
    /^credentials: .* → mend mail.accounts.work in mcos.yaml$/,
  )
  expect(told(PERSON, 7000218, 'invalid_client')).toMatch(/^credentials: .* → in Entra, .* allow public client flows$/)
  expect(told(PERSON, 53003, 'access_denied')).toMatch(/^consent: an access policy/)
  expect(told(PERSON, 90094)).toMatch(/→ grant admin consent/)
  expect(told(PERSON, null)).toMatch(/^consent: .*\(invalid_grant\)/)
  expect(told(PERSON, null, 'temporarily_unavailable')).toMatch(/^protocol: .*\(temporarily_unavailable\)/)
  expect(told(PERSON, null, 'x'.repeat(500)).length).toBeLessThan(200)
})
