import {isRecord} from '../../kit/is-record.js'
import {MailTrouble, type TroubleKind} from '../trouble.js'

const KINDS: Readonly<Record<string, TroubleKind>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EACCES: 'refused',
  ETIMEDOUT: 'timeout',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  INVALID_PURPOSE: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
}

/** What a request ended with that got no whole answer; `host` with its port, as it was asked. */
export function networkTrouble(
  error: unknown,
  {name, host}: {readonly name: string; readonly host: string},
): MailTrouble {
  const code = codeOf(error)
  const kind = KINDS[code] ?? (/^CERT_/.test(code) ? 'certificate' : 'cut')
  return new MailTrouble(kind, SAYS[kind]?.(host, code) ?? `${host} could not be asked`, {
    fix: FIXES[kind]?.(name) ?? `mcos email check ${name}`,
    cause: error,
  })
}

/** Of the system, of TLS, or of an error that only carries others: one for each address that was tried. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  const code = isRecord(error) ? error['code'] : undefined
  return typeof code === 'string' ? code : ''
}

const SAYS: Partial<Readonly<Record<TroubleKind, (host: string, code: string) => string>>> = {
  'unknown-host': (host) => `${host} is not known to this machine's name server`,
  refused: (host) => `${host} takes no connection`,
  timeout: (host) => `${host} did not answer in time`,
  certificate: (host, code) =>
    `the certificate of ${host} can't be believed (${code.toLowerCase().replaceAll('_', ' ')})`,
  cut: (host) => `${host} ended the connection in the middle`,
}

const FIXES: Partial<Readonly<Record<TroubleKind, (name: string) => string>>> = {
  'unknown-host': (name) =>
    `Look at the network here, and at authority: and base_url: of mail account ${name} in mcos.yaml`,
  certificate: (name) => `Name the file of its own authority as ca: of mail account ${name}`,
}
