import {AuthRefusal} from './auth-refusal.js'
import {type Holder, TokenBook} from './token-book.js'

/** A program that is registered with the tenant. */
export interface RegisteredClient {
  readonly id: string
  /** Only those that are trusted with one may come without a person. */
  readonly secret?: string
}

export interface AuthorityOptions {
  readonly tenant: string
  readonly client: RegisteredClient
  /** How long an access token lives. */
  readonly lifetimeSeconds: number
  /** How long a client waits between two questions whether a person has agreed. */
  readonly intervalSeconds: number
}

interface PendingCode {
  readonly scope: string
  readonly deviceCode: string
  state: 'waiting' | 'declined' | 'expired' | 'spent' | {readonly user: string}
  askedAt: number
}

type Params = Readonly<Record<string, string | undefined>>

/** The login of one tenant: device codes, client secrets, refresh tokens that change at each use. */
export class Authority {
  readonly tokens = new TokenBook()
  /** Scopes that were ever asked for: none of them may be one to send by. */
  readonly scopesAsked = new Set<string>()
  /** Codes that wait for a person, by what the person types. */
  readonly codes = new Map<string, PendingCode>()
  private count = 0

  constructor(private readonly options: AuthorityOptions) {}

  /** A person agrees on the page of the code. */
  approve(userCode: string, user: string): void {
    this.code(userCode).state = {user}
  }

  refuse(userCode: string, how: 'declined' | 'expired'): void {
    this.code(userCode).state = how
  }

  /** Answers below `/{tenant}/`; null: there is no such page. */
  answer(base: string, path: string, params: Params): object | null {
    const [, tenant = '', page = ''] = /^\/([^/]+)\/(.*)$/.exec(path) ?? []
    if (path === '/common/discovery/instance') return discovery(base, this.options.tenant)
    if (![this.options.tenant, 'common', 'organizations'].includes(tenant))
      throw new AuthRefusal(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`)
    const root = `${base}/${tenant}`
    switch (page) {
      case 'v2.0/.well-known/openid-configuration':
        return configuration(root)
      case 'discovery/v2.0/keys':
        return {keys: []}
      case 'oauth2/v2.0/devicecode':
        return this.newCode(root, params)
      case 'oauth2/v2.0/token':
        return this.newTokens(root, params)
      default:
        return null
    }
  }

  private newCode(root: string, params: Params): object {
    this.insistOnClient(params)
    const scope = this.asked(params)
    const number = ++this.count
    const userCode = `CODE${String(number).padStart(5, '0')}`
    const deviceCode = `device-${number}-${'d'.repeat(40)}`
    this.codes.set(userCode, {scope, deviceCode, state: 'waiting', askedAt: 0})
    return {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: `${root}/devicelogin`,
      expires_in: 900,
      interval: this.options.intervalSeconds,
      message: `To sign in, use a web browser to open the page ${root}/devicelogin and enter the code ${userCode} to authenticate.`,
    }
  }

  private newTokens(root: string, params: Params): object {
    this.insistOnClient(params)
    switch (params['grant_type']) {
      case 'device_code':
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.byCode(root, params['device_code'] ?? params['code'])
      case 'refresh_token':
        return this.byRefresh(root, params)
      case 'client_credentials':
        return this.bySecret(params)
      default:
        throw new AuthRefusal(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type.`)
    }
  }

  private byCode(root: string, deviceCode: string | undefined): object {
    const code = [...this.codes.values()].find((one) => one.deviceCode === deviceCode)
    if (!code) throw new AuthRefusal(400, 'bad_verification_code', 70020, 'The device code is not known.')
    const {state, scope} = code
    const tooSoon = Date.now() - code.askedAt < this.options.intervalSeconds * 900
    code.askedAt = Date.now()
    if (state === 'declined') throw new AuthRefusal(400, 'authorization_declined', 70018, 'The person declined.')
    if (state === 'expired' || state === 'spent')
      throw new AuthRefusal(400, 'expired_token', 70019, 'The verification code expired.')
    if (state === 'waiting' && tooSoon) throw new AuthRefusal(400, 'slow_down', 70016, 'Polled too often.')
    if (state === 'waiting')
      throw new AuthRefusal(
        400,
        'authorization_pending',
        70016,
        'OAuth 2.0 device flow error. Authorization is pending.',
      )
    code.state = 'spent'
    return this.handOut(root, {user: state.user, scopes: scope.split(' ')})
  }

  private byRefresh(root: string, params: Params): object {
    const holder = this.tokens.spendRefresh(params['refresh_token'] ?? '')
    const asked = params['scope'] === undefined ? holder.scopes : this.asked(params).split(' ')
    return this.handOut(root, {...holder, scopes: asked})
  }

  private bySecret(params: Params): object {
    const {secret} = this.options.client
    if (secret === undefined || params['client_secret'] !== secret)
      throw new AuthRefusal(401, 'invalid_client', 7000215, 'Invalid client secret provided.')
    if (!this.asked(params).endsWith('/.default'))
      throw new AuthRefusal(400, 'invalid_scope', 1002012, 'The provided value for scope is not valid.')
    const {lifetimeSeconds: life} = this.options
    const token = this.tokens.issue({user: null, scopes: ['Mail.ReadWrite']}, life)
    return {token_type: 'Bearer', expires_in: life, ext_expires_in: life, access_token: token}
  }

  private handOut(root: string, holder: Holder): object {
    const {lifetimeSeconds: life, client, tenant} = this.options
    const user = holder.user ?? ''
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      aud: client.id,
      iss: `${root}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + life,
      name: user,
      preferred_username: user,
      oid: `oid-${user}`,
      sub: `sub-${user}`,
      tid: tenant,
      ver: '2.0',
    }
    const resource = holder.scopes.filter((scope) => !['openid', 'profile', 'offline_access'].includes(scope))
    return {
      token_type: 'Bearer',
      scope: [...resource, 'openid', 'profile'].join(' '),
      expires_in: life,
      ext_expires_in: life,
      access_token: this.tokens.issue(holder, life),
      id_token: [{typ: 'JWT', alg: 'RS256', kid: 'k'}, claims, 'signature'].map(encode).join('.'),
      client_info: encode({uid: `oid-${user}`, utid: tenant}),
      ...(holder.scopes.includes('offline_access') ? {refresh_token: this.tokens.issueRefresh(holder)} : {}),
    }
  }

  private asked(params: Params): string {
    const scope = params['scope'] ?? ''
    for (const one of scope.split(' ')) this.scopesAsked.add(one)
    return scope
  }

  private insistOnClient(params: Params): void {
    const id = params['client_id'] ?? ''
    if (id === this.options.client.id) return
    throw new AuthRefusal(400, 'unauthorized_client', 700016, `Application with identifier '${id}' was not found.`)
  }

  private code(userCode: string): PendingCode {
    const code = this.codes.get(userCode)
    if (!code) throw new RangeError(`nobody was given the code ${userCode}`)
    return code
  }
}

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

function configuration(root: string): object {
  return {
    token_endpoint: `${root}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    jwks_uri: `${root}/discovery/v2.0/keys`,
    issuer: `${root}/v2.0`,
    authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${root}/oauth2/v2.0/logout`,
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

function discovery(base: string, tenant: string): object {
  const {host} = new URL(base)
  return {
    tenant_discovery_endpoint: `${base}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{preferred_network: host, preferred_cache: host, aliases: [host]}],
  }
}
