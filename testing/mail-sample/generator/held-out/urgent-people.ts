import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out-person', 'urgent', {urgency: 3})

/** People who are cold, wet, locked out, leaving, or out of time. */
export const URGENT_PEOPLE = made

add(
  'en',
  `{Cold house|Boiler dead|{product}}

{The {product} has been off since {midnight|yesterday noon}|It is {n:7-12} degrees in here} and {my daughter came home from hospital with her newborn|I look after two toddlers with fever|Granny is on oxygen}. {Is there anyone who could pass by|Could you fit us in today}?

{person}, {street}`,
)
add(
  'en',
  `{That smell|Is this gas}

{There has been a hissing and a gassy smell|I get dizzy in the laundry and it reeks of gas} since {lunch|the fitter left}. {Do I open the windows or call somebody|What now}?

{first}, {street}`,
)
add(
  'en',
  `{Flood|Help}

The {product} has {burst|come off the wall}, {the whole passage is under water|water drips onto the distribution board}, and {the main valve is stuck|nobody here knows where to turn it off}. {street}, please hurry.

{first}`,
)
add(
  'en',
  `{Moving on|Notice}

Hello Ben,

{it is with a heavy heart that I write|I wanted you to know first}: {the board voted to give the maintenance to a competitor|we are cancelling all our visits and going elsewhere}. Unless {something changes by Friday|we speak before tomorrow}, the letter goes out.

{person}, {company}`,
  {also: ['customer', 'legal']},
)
add(
  'en',
  `{Signature page|Your bid}

Good day,

I hope you are well. Our portal {shuts at {hour:+3} today|closes tonight} and {your bid lacks the tax clearance|the annex is empty}. Late uploads are {not considered|rejected by the system}.

{person}
{company}`,
)
add(
  'en',
  `{ring me|now|quick}

{Stop whatever you do and ring me.|I'm on stage in ten minutes, which customer count do we say?|Do NOT let the van leave, ring me first.}

Ben`,
  {from: 'Ben <ben@northwind.example>'},
)
add(
  'en',
  `{password|no access}

{My phone got stolen with the app open|Somebody changed my password}, and {I have four customers waiting|the customer list is on it}. {first}`,
  {from: '{first} <{id}@northwind.example>'},
)
add(
  'en',
  `{Summons|Matter {id}}

Ada, the sheriff {delivers the order|comes for the vehicles} {tomorrow morning|at 8 tomorrow} unless we lodge the {affidavit|appeal} by {close of business|16:00 today}. I need you to sign.

{person}, Attorney`,
  {also: ['legal']},
)
add(
  'en',
  `{Earlier today|Running order changed}

We {had to bring the inspection forward|start now} to {hour:+1}. If nobody from Northwind is {there|on site} the {approval|handover} is off.

{first}, {company}`,
  {also: ['calendar']},
)
add(
  'de',
  `{Wasser im Keller|Rohr geplatzt}

Hallo, {seit einer Stunde läuft Wasser|das Wasser steht schon knöcheltief} neben dem Stromkasten, der Haupthahn {klemmt|dreht durch}. Ich bin {schwanger und allein|mit den Kindern allein} im Haus.

{person}, {street}`,
)
add(
  'de',
  `{Es riecht nach Gas|Gasgeruch?}

Guten Abend, im Heizraum {zischt es|riecht es stark nach Gas}. {Sollen wir raus|Dürfen wir Licht machen}?

{person}, {street}`,
)
add(
  'fr',
  `{Odeur bizarre|Ça sent le gaz}

Bonsoir, ça sent le gaz {dans la cuisine|à la cave} depuis {votre passage|midi} et {mon fils a la nausée|nous avons mal à la tête}. Que faire ?

{person}, {street}`,
)
add(
  'es',
  `{Residencia sin calefacción|Hace mucho frío}

Llevamos desde {la madrugada|anoche} sin calefacción, {n:7-12} grados, y tenemos {ancianos encamados|un recién nacido}. Necesitamos un técnico hoy mismo.

{person}, {street}`,
)
add(
  'pt',
  `{Sem aquecimento|Frio em casa}

Bom dia, o aparelho {parou|avariou} {esta noite|ontem} e o meu {bebé tem um mês|pai tem 89 anos e está doente}. Estão {n:7-12} graus. Podem vir hoje?

{person}, {street}`,
)
add(
  'nl',
  `{Gaslucht|Ik ruik gas}

Hallo, wij ruiken gas {bij de ketel|in de gang} en {mijn dochter is duizelig|het sist}. Moeten we naar buiten?

{person}, {street}`,
)
add(
  'sv',
  `{Vattenläcka|Läcker}

Hej, det sprutar vatten från {pumpen|röret} ner på elcentralen och jag kan inte stänga av det. Kom så fort ni kan!

{person}, {street}`,
)
add(
  'ru',
  `{Холодно|Батареи ледяные}

Добрый день. {Со вчерашнего вечера|С ночи} нет тепла, в комнате {n:8-12} градусов, {ребёнку две недели|мама лежит с воспалением лёгких}. Пожалуйста, приезжайте сегодня.

{person}, {street}`,
)
add(
  'zh',
  `{漏水|天花板漏水}

您好，{热水器|管道}爆裂，水正流到电箱上，阀门关不上，请马上来人。

{person}，{street}`,
)
add(
  'ja',
  `{ガスの臭い|水漏れ}

突然のご連絡失礼します。{台所でガスの臭いがします|天井から水が漏れ、分電盤にかかっています}。どうすればよいでしょうか。

{person}　{street}`,
)
add(
  'af',
  `{Gas?|Ruik gas}

Hallo, dit ruik na gas {in die kombuis|by die geyser} en die kinders {hoes|het kopseer}. Moet ons uitgaan?

{person}, {street}`,
)
