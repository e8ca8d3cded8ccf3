import {nameOfSecret} from '../../workspace/secret-ref.js'
import {MailTrouble, type TroubleKind} from '../trouble.js'
import type {Grant} from './grant.js'

/** What an authority says when it gives no token. */
export interface Refusal {
  readonly status: number
  /** Such as invalid_grant. */
  readonly error: string
  /** Such as 65001, as in AADSTS65001; the first one counts. */
  readonly codes: readonly number[]
}

/** Wrong or run out, or no such application or tenant. */
const CREDENTIALS = new Set([7000215, 7000222, 7000216, 700016, 700027, 90002, 900023, 50034])
/** A refresh token that has run out or that a policy wants renewed. */
const LOGIN = new Set([700082, 700084, 70043, 70008, 50058, 50078, 50076, 50079, 50089, 9002341])
const RUN_OUT = new Set(['interaction_required', 'login_required', 'expired_token', 'code_expired'])
const DECLINED = new Set(['authorization_declined', 'access_denied', 'consent_required'])

const ADMIN = 'grant admin consent for Mail.ReadWrite in Entra'

/** What only somebody with Entra open can mend, and what they have to look for there. */
const IN_ENTRA: Readonly<Record<number, {readonly kind: TroubleKind; readonly message: string; readonly fix: string}>> =
  {
    7000218: {
      kind: 'credentials',
      message: 'the application may not be used without a secret',
      fix: 'in Entra, App registrations, Authentication: allow public client flows',
    },
    53003: {
      kind: 'consent',
      message: 'an access policy of the tenant forbids this login',
      fix: 'ask an administrator: Conditional Access blocks device codes, or this machine',
    },
    90094: {kind: 'consent', message: 'only an administrator may agree to this application', fix: ADMIN},
    90095: {kind: 'consent', message: 'only an administrator may agree to this application', fix: ADMIN},
  }

/** A refusal as what a person can do about it, without the authority's own words: those are long and name nothing useful. */
export function refusalTrouble(refusal: Refusal, grant: Grant, name: string): MailTrouble {
  const code = refusal.codes[0]
  const shown = code === undefined ? refusal.error || `HTTP ${refusal.status}` : `AADSTS${code}`
  const known = IN_ENTRA[code ?? 0]
  const kind = known?.kind ?? kindOf(refusal)
  const {message, fix} = known ?? tell(kind, grant, name)
  return new MailTrouble(kind, `${message} (${shown.slice(0, 60)})`, {fix})
}

/** Nobody has ever logged in here. */
export function noLogin({user}: Grant, name: string): MailTrouble {
  return new MailTrouble('login', `nobody has logged in as ${user} on this machine`, {fix: `mcos email login ${name}`})
}

function kindOf({error, codes}: Refusal): TroubleKind {
  const [code = 0] = codes
  if (CREDENTIALS.has(code) || /^(?:invalid_client|unauthorized_client)$/.test(error)) return 'credentials'
  if (LOGIN.has(code)) return 'login'
  if (code === 65001 || code === 50173 || error === 'invalid_grant' || DECLINED.has(error)) return 'consent'
  return RUN_OUT.has(error) ? 'login' : 'protocol'
}

function tell(kind: TroubleKind, grant: Grant, name: string): {readonly message: string; readonly fix: string} {
  const {user, secret, authority, clientId} = grant
  const host = new URL(authority).host
  const again = `mcos email login ${name}`
  if (kind === 'login') return {message: `the login of ${user} has run out`, fix: again}
  if (kind === 'consent') {
    return grant.kind === 'app'
      ? {
          message: `an administrator has not agreed to ${clientId}`,
          fix: 'grant admin consent for Mail.ReadWrite in Entra',
        }
      : {message: `${user}'s consent was taken back, or never given`, fix: again}
  }
  if (kind === 'credentials') {
    return secret === null
      ? {message: `${host} doesn't know this tenant or client_id`, fix: `mend mail.accounts.${name} in mcos.yaml`}
      : {
          message: `${host} refuses the client secret ${nameOfSecret(secret)}`,
          fix:
            secret.source === 'keyring'
              ? `mcos secrets set ${secret.value}`
              : `put a secret that is good behind ${nameOfSecret(secret)}, then: mcos email check ${name}`,
        }
  }
  return {message: `${host} gives no token for ${user}`, fix: `mcos email check ${name}`}
}
