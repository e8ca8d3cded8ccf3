import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'suspicious', {kind: 'forged', urgency: 0})

/** Phishing and fraud, however loud. */
export const SUSPICIOUS = made

add(
  'en',
  `{URGENT|Final warning}: your mailbox will be {closed|deleted} in 24 hours

Dear user, {verify your password|confirm your account} now or lose all messages:
http://198.51.100.{n:2-200}/login`,
  {from: '"Northwind IT" <it@northwind-helpdesk.example>'},
)
add(
  'en',
  `{Parcel|Shipment} {id} is held at customs

Pay the fee of R {n:19-49}.00 within 12 hours, or the parcel goes back: http://swiftbox.pay-fee.example/{id}`,
  {from: '"Swiftbox" <info@swift-box-delivery.example>'},
)
add(
  'en',
  `Unusual sign-in blocked

Your {service} account is limited. Restore it now: http://{service.dom}.verify-now.example/`,
  {from: '"{service} Security" <security@{service.dom}-alerts.example>'},
)
add(
  'en',
  `New bank account

Dear sir, from now on please pay all our invoices to the account below. The old one is closed by the audit. Kindly confirm today.

{supplier}`,
  {from: '"{supplier}" <accounts@freepost.example>', urgency: 1},
)
add(
  'en',
  `Are you there?

I am in a meeting and need you to buy gift cards for a client at once. Do not call. Send me the codes.

Ada`,
  {from: '"Ada (CEO)" <office.ceo@freepost.example>', urgency: 1},
)
add(
  'de',
  `Ihr Konto wurde gesperrt

Bestätigen Sie sofort Ihre Daten, sonst wird das Konto gelöscht: http://bank.sicher-pruefen.example/`,
  {from: '"Kundenservice" <service@konto-info.example>'},
)
add(
  'es',
  `Ha ganado un premio

Envíe hoy sus datos bancarios para recibir {n:100-900}.000 euros.`,
  {from: 'Lotería <premio@suerte.example>'},
)
