import {expect, test} from 'vitest'
import type {GraphAccount} from '../../workspace/config.js'
import {grantKey, grantOf} from './grant.js'
import {retryAfterMs} from './retry-after.js'

const ACCOUNT: GraphAccount = {
  kind: 'graph',
  agent: 'donna',
  escalate: null,
  folders: [],
  digest: [],
  rate: null,
  sinceMs: null,
  timeoutMs: 30_000,
  addresses: [],
  authserv: null,
  user: 'ada@northwind.example',
  tenant: 'northwind.example',
  clientId: 'c-1',
  clientSecret: null,
  authority: null,
  baseUrl: null,
  ca: null,
}
const SECRET = {source: 'env', value: 'S'} as const

test('a person asks for the right to read and write mail, never for one to send it', () => {
  expect(grantOf(ACCOUNT)).toMatchObject({
    kind: 'person',
    authority: 'https://login.microsoftonline.com/northwind.example',
    scopes: ['https://graph.microsoft.com/Mail.ReadWrite', 'offline_access'],
  })
  expect(grantOf({...ACCOUNT, clientSecret: SECRET})).toMatchObject({
    kind: 'app',
    scopes: ['https://graph.microsoft.com/.default'],
  })
})

test.each([
  ['https://graph.microsoft.us', 'https://graph.microsoft.us/.default'],
  ['https://dod-graph.microsoft.us/', 'https://dod-graph.microsoft.us/.default'],
  ['https://microsoftgraph.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn/.default'],
  ['https://127.0.0.1:8443', 'https://graph.microsoft.com/.default'],
])('at %s it asks for %s', (baseUrl, scope) => {
  expect(grantOf({...ACCOUNT, clientSecret: SECRET, baseUrl})?.scopes).toEqual([scope])
})

test.each([
  ['https://login.microsoftonline.us', 'https://login.microsoftonline.us/northwind.example'],
  ['https://login.microsoftonline.us/', 'https://login.microsoftonline.us/northwind.example'],
  ['https://127.0.0.1:1/other', 'https://127.0.0.1:1/other'],
])('the authority %s is asked at %s', (authority, asked) => {
  expect(grantOf({...ACCOUNT, authority})?.authority).toBe(asked)
})

test('a login for anything else is another login', () => {
  const others = [{user: 'b@x'}, {tenant: 't'}, {clientId: 'c-2'}, {clientSecret: SECRET}, {authority: 'https://a.b'}]
  const keys = [ACCOUNT, ...others.map((other) => ({...ACCOUNT, ...other}))].map((account) => {
    const grant = grantOf(account)
    return grant && grantKey(grant)
  })
  expect(new Set(keys).size).toBe(keys.length)
})

test.each([
  ['7', 7_000],
  ['0', 0],
  ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['soon', 30_000],
  [undefined, 30_000],
  ['-5', 0],
  ['99999999', 3_600_000],
])('Retry-After %j is %d ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2026-11-21T10:00:00Z'))).toBe(ms)
})
