import {execFileSync} from 'node:child_process'
import type {Certificate} from '../certificates.js'

/** What the configuration of one server is made of; `dir` is a short absolute path without spaces. */
export interface DovecotPlace {
  readonly dir: string
  readonly port: number
  readonly tlsPort: number
  readonly certificate: Certificate
  /** Where tokens are looked up, with the token to be put behind it. */
  readonly tokens: string
  /** Seconds that a failed login is made to wait. */
  readonly failureDelay: number
}

/** Folders that providers mark as special, by what they are here. */
const SPECIAL = ['Drafts', 'Sent', 'Archive', 'Junk', 'Trash']

/** As whom it runs: root hands itself over to nobody, anybody else stays who they are. */
export function serverUser(): {readonly user: string; readonly group: string} {
  if (process.getuid?.() === 0) return {user: 'nobody', group: 'nogroup'}
  return {user: name('-un'), group: name('-gn')}
}

function name(flag: '-un' | '-gn'): string {
  return execFileSync('id', [flag], {encoding: 'utf8'}).trim()
}

/** The text of dovecot.conf (2.3), for a server in the foreground that is no user's but its own. */
export function dovecotConfig({dir, port, tlsPort, certificate, failureDelay}: DovecotPlace): string {
  const {user, group} = serverUser()
  const special = SPECIAL.map((name) => `  mailbox ${name} {\n    auto = subscribe\n    special_use = \\${name}\n  }\n`)
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%u
mail_uid = ${user}
mail_gid = ${group}
mail_max_userip_connections = 100
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = ${failureDelay} secs
ssl = yes
ssl_cert = <${certificate.cert}
ssl_key = <${certificate.key}
passdb {
  driver = dict
  mechanisms = plain login
  args = ${dir}/passwords.conf
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${dir}/tokens.conf
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${dir}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
${special.join('')}}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
`
}

/** Passwords are a file for each user, read anew at each login: a passwd-file is looked at once a second at most. */
export function passwordConfig({dir}: DovecotPlace): string {
  return `uri = fs:posix:prefix=${dir}/passwords/
key passdb {
  key = %u
  format = json
}
passdb_objects = passdb
`
}

/** How a bearer's token is checked: whoever holds it is who it says, until it is taken away. */
export function tokenConfig({tokens}: DovecotPlace): string {
  return `introspection_mode = get
introspection_url = ${tokens}
username_attribute = username
active_attribute = active
active_value = true
`
}
