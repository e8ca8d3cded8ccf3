import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev-trouble', 'urgent', {urgency: 3})

/** More of what cannot wait: other troubles, other tongues, other ways of saying it. */
export const URGENT_TROUBLE = made

add(
  'en',
  `{Sparks|Burning smell|Is this safe?}

There {are sparks|is a crackling} behind the {product} whenever it starts and {the socket is hot|the plastic has gone brown}. {We are four in the house|My kids sleep next door}. {Do we leave it on|Can you tell me what to unplug}?

{first}, {street}`,
)
add(
  'en',
  `{Not heating|Radiators cold} at {company}

{We have had no warm rooms|Everything has been cold} since {six|breakfast}, and {thirty children arrive at eight|the ward is full|our oldest resident is 97}. The reset button does nothing.

{person}`,
)
add(
  'en',
  `{Update|Bad news} from the {Harbour Road|school} site

{Boss, |}{the lift has dropped with a unit on it|Themba cut his hand badly}. {Nobody else is hurt.|The ambulance is here.} {I need you here|Tell me what to do with the customer}.

{first}`,
  {from: '{first} <{id}@northwind.example>'},
)
add(
  'en',
  `{About our account|Before you hear it elsewhere}

Ben, we have been happy for long, so this is hard. {Head office has told us to stop using you|We have accepted an offer from somebody else} and {I sign tomorrow|the purchase order is cancelled as of Monday}. If you can match it, {call me today|I would rather stay}.

{person}, {company}`,
  {also: ['customer', 'needs-reply']},
)
add(
  'en',
  `{Your quote for the clinic|Quotation {id}}

Dear {Ada|Ben}, the committee {meets at {hour:+2}|decides tonight} and your {price for option B|insurance certificate} {is missing|did not arrive}. {They will leave you out otherwise.|I can still add it if it comes before then.}

{person}`,
)
add(
  'en',
  `{visa|licence|plates}

The office closes at {hour:+2} and {they want your signature in person|I am third in the queue without the form}. If it is not done today {the van may not drive tomorrow|we pay a fine and start over}. Where are you?

{first}`,
)
add(
  'en',
  `{Change of gate|Pick-up brought forward}

{The driver comes at {hour:+1} already|Boarding closes at {hour:+1}}, not {in the evening|at the time you were given}. Please be {ready|there}.`,
  {kind: 'robot', from: 'Travelwell <trips@travelwell.example>', also: ['calendar', 'notification']},
)
add(
  'en',
  `Your access will end {tonight|on {date:+1}}

We tried the card on file {three|four} times. {Your team loses access|Calls to your number will be rejected} {from midnight|on {date:+1}} unless R {money} is paid.`,
  {kind: 'robot', from: '{service} <payments@{service.dom}>', also: ['invoice']},
)
add(
  'en',
  `[FIRING:{n:1-4}] {HighErrorRate|InstanceDown|QueueStuck} ({host})

Alerts firing:
 - alertname = {HighErrorRate|InstanceDown|QueueStuck}
 - severity = critical
 - since {hour:-1} UTC
{Requests fail for all users.|No metrics for {n:5-20} minutes.}`,
  {kind: 'robot', from: 'Alertmanager <alerts@{host}.northwind.example>'},
)
add(
  'en',
  `We have disabled your sending

Too many of your messages bounced, so {text messages|e-mails} to your customers are {blocked|no longer delivered} as of {hour:-1}. Confirmations sent since then are lost. Contact us to lift it.`,
  {kind: 'robot', from: '{service} Trust <abuse@{service.dom}>'},
)
add(
  'en',
  `Backup has not run for {n:3-9} days and the primary disk reports errors

SMART: {n:20-90} reallocated sectors in the last hour, failure expected within 24 hours. No valid copy exists.`,
  {kind: 'robot', from: 'storage@{host}.northwind.example'},
)
add(
  'en',
  `Unrecognised device downloaded {n:200-900} customer records

An unknown device in {Riga|Manila} exported your customer list {n:4-40} minutes ago with ben's login. Sign it out: https://{service.dom}/sessions`,
  {kind: 'robot', from: '{service} Security <alerts@{service.dom}>'},
)
add(
  'de',
  `{Brandgeruch|Es qualmt}

Hallo, aus dem Gerät im {Flur|Keller} {kommt Rauch|riecht es verschmort}, die Sicherung ist zweimal geflogen. {Meine Frau sitzt im Rollstuhl|Die Kinder schlafen oben}. Was sollen wir tun?

{person}, {street}`,
)
add(
  'de',
  `{Kündigung|Unser Wartungsvertrag}

Sehr geehrter Herr Ben, {nach reiflicher Überlegung|mit Bedauern} kündigen wir den Vertrag für alle {n:3-40} Wohnungen {zum Monatsende|fristlos}. Der neue Anbieter unterschreibt {morgen|am Montag}.

{person}`,
  {also: ['customer', 'legal']},
)
add(
  'fr',
  `{L'application ne marche plus|Plus d'accès}

Bonjour Ben, {je suis bloqué devant chez le client|nous sommes quatre sur le parking}, l'application {refuse mon mot de passe|reste blanche} depuis {hour:-1}. Que fait-on ?

{first}`,
  {from: '{first} <{id}@northwind.example>'},
)
add(
  'fr',
  `{Audience demain|Pièces pour demain}

Madame, l'audience est {demain à 9 h|avancée à demain}. Sans {l'original signé|votre attestation} ce soir, {le juge statuera sans nous|la demande sera rejetée}.

Maître {person}`,
  {also: ['legal']},
)
add(
  'es',
  `{Aviso de corte|Suministro}: {mañana|{date:+1}}

No hemos recibido el pago. {Mañana|El {date:+1}} a las 9:00 se cortará el suministro del taller si no se abona hoy.`,
  {kind: 'robot', from: 'Eléctrica del Cabo <cobros@electrica.example>', also: ['invoice']},
)
add(
  'es',
  `{Me he quedado fuera|No puedo entrar}

Hola Ada, {me han robado la furgoneta con las llaves|no me deja entrar en la aplicación} y tengo {a tres clientes|a una señora mayor} esperando. Llámame.

{first}`,
  {from: '{first} <{id}@northwind.example>'},
)
add(
  'pt',
  `{Prazo termina hoje|Falta um documento}

Boa tarde, o concurso fecha {hoje às 18h|amanhã ao meio-dia} e falta a {certidão|assinatura}. Depois disso a proposta é excluída.

{person}`,
)
add(
  'nl',
  `{Opzegging|Ons contract}

Beste Ben, met pijn in het hart stappen we {per direct|aan het einde van de maand} over naar een ander bedrijf. {Maandag wordt er getekend|Morgen tekent de directie}.

{person}, {company}`,
  {also: ['customer', 'legal']},
)
add(
  'sv',
  `{Sista dagen|I dag}: ansökan

Hej Ada, ansökan måste vara inne {i dag kl. 16|före midnatt} och er underskrift saknas. Annars får vi vänta till nästa år.

{person}`,
)
add(
  'ru',
  `{Пахнет гарью|Искрит}

Здравствуйте, из {насоса|щитка} идёт дым, пахнет горелым, дети дома одни с бабушкой. Что делать?

{person}, {street}`,
)
add(
  'zh',
  `{有煤气味|冒烟了}

您好，{热泵|锅炉}{冒烟|有很浓的煤气味}，家里有老人行动不便，请马上告诉我们怎么办。

{person}，{street}`,
)
add(
  'ja',
  `{本日中に必要です|締切について}

お世話になっております。入札の締切が本日{十七時|十八時}ですが、御社の書類に押印がございません。間に合わない場合は失格となります。

{person}`,
)
add(
  'af',
  `{Die dak lek|Water oral}

Hallo, die {geyser|pyp} het gebars en die water loop oor die kragpunte. Ek kry nie die hoofkraan toe nie. Kom asseblief dadelik.

{person}, {street}`,
)
