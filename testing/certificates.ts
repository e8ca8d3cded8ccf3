import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** What a server shows of itself: `good` is signed by the CA for this machine; the others are each wrong in one way. */
export type CertificateKind = 'good' | 'self-signed' | 'wrong-host' | 'expired'

/** A certificate and its key, as files. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** A certificate authority that lives in a folder for one test; who trusts `ca` trusts `good` and none of the others. */
export interface Authority {
  /** Its own certificate, a PEM file. */
  readonly ca: string
  certificate(kind: CertificateKind): Certificate
}

const HERE = 'DNS:localhost,IP:127.0.0.1'

/** Makes an authority with the openssl program in a folder that is only its own. */
export function makeAuthority(dir: string): Authority {
  mkdirSync(dir, {recursive: true})
  const file = (name: string): string => join(dir, name)
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, {stdio: ['ignore', 'ignore', 'pipe']})
  }
  const ca: Certificate = {cert: file('ca.pem'), key: file('ca.key')}
  selfSign(openssl, ca, ['-subj', '/CN=A test authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'])
  const made = new Map<CertificateKind, Certificate>()
  const make = (kind: CertificateKind): Certificate => {
    const one = {cert: file(`${kind}.pem`), key: file(`${kind}.key`)}
    if (kind === 'self-signed') {
      selfSign(openssl, one, ['-subj', '/CN=localhost', '-addext', `subjectAltName=${HERE}`])
      return one
    }
    const [names, days] =
      kind === 'wrong-host' ? ['DNS:mail.elsewhere.example', '3'] : [HERE, kind === 'expired' ? '-1' : '3']
    const request = file(`${kind}.csr`)
    const extensions = file(`${kind}.ext`)
    writeFileSync(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`)
    openssl('req', '-new', ...NEW_KEY, '-keyout', one.key, '-out', request, '-subj', '/CN=localhost')
    const signing = ['-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial', '-days', days, '-extfile', extensions]
    openssl('x509', '-req', '-in', request, '-out', one.cert, ...signing)
    return one
  }
  return {
    ca: ca.cert,
    certificate: (kind) => {
      const known = made.get(kind) ?? make(kind)
      made.set(kind, known)
      return known
    },
  }
}

/** A certificate's own text, as a server of Node wants it. */
export function readCertificate({cert, key}: Certificate): {readonly cert: string; readonly key: string} {
  return {cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8')}
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

function selfSign(openssl: (...args: string[]) => void, {cert, key}: Certificate, more: readonly string[]): void {
  openssl('req', '-x509', ...NEW_KEY, '-keyout', key, '-out', cert, '-days', '3', ...more)
}
