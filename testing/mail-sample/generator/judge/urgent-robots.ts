import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge-robot', 'urgent', {kind: 'robot', urgency: 3})

/** Programs that report something broken, stolen, unpaid or about to end. */
export const URGENT_ROBOTS = made

add(
  'en',
  `[{host}] {5xx ratio {n:31-88} %|health probe: no answer}

environment: live
first seen:  {hour:-1}
{last good answer|last success}: {n:12-58} minutes ago
state:       firing, nobody has acknowledged`,
  {from: 'Pagerline <events@pagerline.example>'},
)
add(
  'en',
  `{Replica of|Primary} db1 {has stopped replaying|refuses connections}

FATAL: {remaining connection slots are reserved|could not write block: no space left}. {n:40-300} sessions {waiting|turned away} since {hour:-1}. Automatic failover: not possible.`,
  {from: 'gauge@ops.northwind.example'},
)
add(
  'en',
  `We {could not|were unable to} collect your {service} subscription

The card {was declined|has expired}. {Your workspace becomes read-only|Log-ins for your team end} {tonight at 00:00|tomorrow at 09:00} unless another card is added.`,
  {from: '{service} Billing <billing@{service.dom}>', also: ['invoice']},
)
add(
  'en',
  `New {administrator|forwarding rule} in your {service} account

{Somebody at 198.51.100.{n:2-250} (Jakarta) made themselves owner|All mail of ada@northwind.example is now copied to box{id}@freeletters.example}, at {hour:-1}. Was it not you? Undo it under Settings > Audit.`,
  {from: '{service} <security@{service.dom}>'},
)
add(
  'en',
  `{TLS certificate|Certificate} for {host}.northwind.example ends in {n:5-22} hours

Renewal was tried {n:3-9} times and failed: {challenge not found|CAA record forbids}. Whoever connects after that is turned away.`,
  {from: 'Certwatch <robot@certwatch.example>'},
)
add(
  'en',
  `{company}: plant room {flood switch|gas sensor} {wet|high}

Sensor {id} tripped at {hour:-1} and is still {wet|above 20 % LEL}. On-call number one {rang out|is switched off}.`,
  {from: 'Hearthwatch <signals@hearthwatch.example>'},
)
add(
  'en',
  `{service} status: {major disruption|partial outage}

{Jobs sent to technicians do not arrive|Incoming calls end in silence}. Began {hour:-1}. We have not found the reason so far.`,
  {from: '{service} Status <status@{service.dom}>'},
)
add(
  'en',
  `Dispute {id}: {evidence closes|answer needed by} {tonight|tomorrow, {date:+1}}

R {money} goes back to the cardholder if no evidence is uploaded in time.`,
  {from: 'Cardbridge <disputes@cardbridge.example>', also: ['invoice']},
)
add(
  'en',
  `{Token|Password} of {ben|service}@northwind.example found {for sale|in a public paste}

Seen {an hour|two hours} ago, in clear and still valid when we tried it. Change it and end all sessions.`,
  {from: 'Leakscout <findings@leakscout.example>'},
)
add(
  'en',
  `Water to {meter|account} {id} closes {today|tomorrow} {at noon|from 08:00}

Overdue: R {money}. Our team {has been sent|is booked}. To stop the visit, pay and send the slip.`,
  {from: 'City Water <no-reply@citywater.example>', also: ['invoice']},
)
add(
  'de',
  `{Speicher|Datenbank} auf {host}: {Schreiben nicht mehr möglich|keine Verbindung seit {hour:-1}}

Live-System. {n:15-90} Anfragen abgewiesen. Bereitschaft hat nicht quittiert.`,
  {from: 'Messwarte <messwarte@leitstand-it.example>'},
)
add(
  'de',
  `Ihr Tarif bei {service} wird {heute Nacht|morgen früh} {abgeschaltet|stillgelegt}

Die Lastschrift über {n:60-900},00 EUR kam zurück. Danach können Ihre Leute {nicht mehr ins System|keine Termine mehr sehen}.`,
  {from: '{service} <konto@{service.dom}>', also: ['invoice']},
)
add(
  'fr',
  `{Connexion|Accès} depuis {Odessa|Hanoï} à votre compte {service}

Le mot de passe a été changé à {hour:-1}. Si ce n'est pas vous, {reprenez la main ici|fermez toutes les sessions}.`,
  {from: '{service} <securite@{service.dom}>'},
)
add(
  'es',
  `{Cámara|Nevera} de {company}: {n:7-14} °C y subiendo

Máximo permitido 5 °C. Alarma activa desde {hour:-1}. Nadie ha respondido a la llamada.`,
  {from: 'Fríoguard <alarma@frioguard.example>'},
)
add(
  'nl',
  `{host} {geeft al|is al} {n:10-50} minuten {geen antwoord|onbereikbaar}

Productie. {Klanten zien een foutpagina|Planning laadt niet}. Laatste goede meting {hour:-1}.`,
  {from: 'Wachtpost <wachtpost@peilstok.example>'},
)
add(
  'sv',
  `Domänen northwind.example {upphör|släpps} {i morgon|i natt}

{Kortet nekades|Betalningen gick inte igenom}. Webb och e-post slutar fungera då.`,
  {from: 'Namnskogen <robot@namnskogen.example>', also: ['invoice']},
)
add(
  'ja',
  `【発生中】{host} が応答しません

{hour:-1} より本番環境でエラーが続いています。復旧の見込みは立っていません。`,
  {from: '夜警モニター <alert@yakei.example>'},
)
add(
  'pt',
  `{service}: {pagamentos recusados|lista de espera parada} desde {hour:-1}

{n:11-70} clientes {não conseguiram pagar|sem resposta}. Estado: em curso.`,
  {from: '{service} <alerta@{service.dom}>'},
)
