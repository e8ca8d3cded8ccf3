import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev-robot', 'urgent', {kind: 'robot', urgency: 3})

/** Programs that report what fails now. */
export const URGENT_ROBOTS = made

add(
  'en',
  `{[DOWN]|DOWN:|ALERT - down:} {host}.northwind.example

{host}.northwind.example {is not reachable|does not answer} since {hour:-1} UTC.
Checked from {3|4|5} regions. Last answer: HTTP {500|502|503|504}.`,
  {from: '{Uptimely|Pingwell|Statusbird} <alerts@uptimely.example>'},
)
add(
  'en',
  `PROBLEM: {host} - {memory|load|disk} is CRITICAL

Host: {host}
State: CRITICAL for {n:4-40} minutes
{/var|/data|/} {is 100% full|has 0 bytes left}, {services are stopping|writes fail}.`,
  {from: 'monitor@{host}.northwind.example'},
)
add(
  'en',
  `Payment failed for your {service} subscription

Hi,

we could not charge your card for the third time. Your {service} account will be
{suspended|switched off|closed} {tomorrow|on {date:+1}|within 24 hours} unless you {update your card|settle the balance of R {money}}.

The {service} billing team`,
  {from: '{service} Billing <billing@{service.dom}>', also: ['invoice']},
)
add(
  'en',
  `Deployment to production failed

{field-app|dispatch|booking}: release {n:10-90} {failed|was aborted}, {all instances are unhealthy|users see error 500}.
Automatic rollback {did not succeed|failed as well}.`,
  {from: 'Buildyard <ci@buildyard.example>'},
)
add(
  'en',
  `Certificate for {host}.northwind.example {expires tomorrow|expires in 1 day|has expired}

Automatic renewal failed {n:2-9} times (challenge not reachable). {Browsers will refuse|Apps will refuse} to connect.`,
  {from: 'Certwatch <notice@certwatch.example>'},
)
add(
  'en',
  `Domain {northwind-care|northwind-heat}.example expires on {date:+2}

The renewal could not be paid and the domain will be deactivated on {date:+2}. Renew it now to keep mail and web working.`,
  {from: 'Namecove <renewals@namecove.example>'},
)
add(
  'en',
  `New sign-in to your {service} account

Your account was used from {Hanoi|Lagos|Minsk|Quito} on a new device {n:3-50} minutes ago, and the {password|recovery address} was changed.
If this wasn't you, your account may be in someone else's hands: https://{service.dom}/security`,
  {from: '{service} Security <security@{service.dom}>'},
)
add(
  'en',
  `Queue {jobs|invoices|messages} is stuck

No {job|message} was processed in the last {n:20-90} minutes, {n:40-400} are waiting. Customers do not receive {confirmations|appointments}.`,
  {from: 'Dispatch Cloud <alerts@dispatchcloud.example>'},
)
add(
  'de',
  `Störung: {host}.northwind.example nicht erreichbar

Seit {hour:-1} Uhr antwortet der Dienst nicht mehr ({Zeitüberschreitung|HTTP 502}). Die Störung dauert an.`,
  {from: 'Überwachung <alarm@wachturm.example>'},
)
add(
  'fr',
  `Échec de paiement : coupure prévue le {date:+1}

Bonjour,

le prélèvement de votre abonnement {service} a été refusé. Sans règlement, le service sera coupé le {date:+1}.`,
  {from: '{service} <facturation@{service.dom}>', also: ['invoice']},
)
add(
  'es',
  `Caída de la central: llamadas entrantes sin servicio

Desde las {hour:-1} sus clientes no pueden llamarle. Estamos trabajando en la avería; sin hora prevista de solución.`,
  {from: 'Voicewell <avisos@voicewell.example>'},
)
add(
  'ru',
  `Авария: {host} недоступен

Сервер {host} не отвечает {n:5-40} минут. Резервная копия также недоступна.`,
  {from: 'Монитор <alarm@dozor.example>'},
)
