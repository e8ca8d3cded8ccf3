import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge-person', 'urgent', {urgency: 3})

/** People who are hurt, stranded, leaving, or out of time, mostly without saying so. */
export const URGENT_PEOPLE = made

add(
  'en',
  `{ceiling|the lounge}

{The ceiling under your {product} is bulging like a balloon|Something above the lamp is dripping and the lamp flickers}. {My mother won't leave her chair|I have moved the cot to the hall}. What do we do first?

{person}, {street}`,
)
add(
  'en',
  `{sleepy|fumes?}

Since {you lit the {product}|supper} {we all have a thumping head|the dog lies there and won't get up}, and {the flame is orange|the panes are streaming}. {Is that normal|Can I leave it on overnight}?

{first}, {street}`,
)
add(
  'en',
  `{Ward {n:2-9}|Theatre two}

Good {morning|afternoon}, the air {for the ward|over theatre} {packed up|went off} {at {hour:-1}|twenty minutes ago}. We have {n:8-20} patients {on drips|coming round} and it is {n:31-36} degrees inside. {When could your team be here?|Please tell me who is on call.}

{person}
{company}`,
)
add(
  'en',
  `{A decision|Thank you for everything}

Dear Ada,

{our trustees have chosen|I have been told to move to} another contractor; {they start on Monday|the papers are signed tomorrow at ten}. {You deserved to know|I argued for you}. {If there is an offer you'd like me to carry in, this evening is the time.|My line is open until six.}

{person}
{company}`,
  {also: ['customer']},
)
add(
  'en',
  `{Site meeting|Handover}

{Change of plan|The clerk of works is early}: {we meet at {hour:+1} today, not tomorrow|the walk-through begins at {hour:+1}, they won't wait}. {Bring the pressure certificates|Without your signature the floor stays shut}.

{first}, {company}`,
  {also: ['calendar']},
)
add(
  'en',
  `{one signature|Annual return}

Hi Ada, {sorry to chase|hope all's well}. The {annual return|levy declaration} {goes in tonight|closes at midnight}, and {the penalty is R {money}|the company gets deregistered otherwise}. I {only need your tick|can't file without you}.

{person}
{supplier}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `{gate|keys}

I'm at {street} with the {product} on the bakkie and {the gate motor is dead|nobody answers}. {The customer leaves for the airport at {hour:+1}.|Crane is costing us R {n:2-6} 000 an hour.} Who has the number?`,
  {from: '{first} <{first}@northwind.example>'},
)
add(
  'en',
  `{Re: numbers|bank}

{The bank is on the other line, what's the balance we promised?|Don't sign anything with Holt until we've spoken. Are you in there already?}

Ada`,
  {from: 'Ada <ada@northwind.example>'},
)
add(
  'en',
  `{van|accident}

{Somebody drove into me on the N1|The van rolled into a wall}. {Airbag went off, my arm looks wrong|I'm fine, Kyle isn't}. Police are here and want the {papers|insurance number}.`,
  {from: '{first} <{first}@northwind.example>'},
)
add(
  'en',
  `{Writ|Case {id}/2026}

Ada, the other side {got their order|went ex parte}. The accounts are frozen {from tomorrow|at close of business} unless we {oppose by {hour:+3}|hand up your affidavit in the morning}. {Can you get to a commissioner of oaths?|I'm at chambers.}

{person}`,
  {also: ['legal']},
)
add(
  'en',
  `{someone in my mail|odd}

My sent folder has {n:20-90} mails I didn't write, {all to customers|with our bank letter attached}, the last {a minute|ten minutes} ago. I {can't change the password|got thrown out} just now.

{first}`,
  {from: '{first} <{first}@northwind.example>'},
)
add(
  'de',
  `{Meine Mutter|Fernwärme}

Guten Abend, meine Mutter ({n:84-97}) {sitzt im Mantel im Bett|hat blaue Finger}, Ihr Gerät zeigt {E{n:2-9}|nichts mehr} an. {Ich komme erst am Wochenende hin.|Sie will niemandem zur Last fallen.} {Wer könnte nach ihr sehen?|Kann einer vorbeifahren?}

{person}`,
)
add(
  'de',
  `{Abnahme vorgezogen|Neue Uhrzeit}

Der {Prüfer|Bauherr} kommt schon um {hour:+1}. {Ohne Ihren Meister fällt die Abnahme aus.|Steht dann keiner von Ihnen da, wird die Zahlung einbehalten.}

{person}`,
  {also: ['calendar']},
)
add(
  'fr',
  `{Le tableau|Ça fume}

{De la fumée sort|Des étincelles sortent} du boîtier que vous avez posé {hier|ce matin}. J'ai {sorti les enfants|coupé ce que j'ai pu}. {Je peux rentrer|Qui appeler} ?

{person}, {street}`,
)
add(
  'fr',
  `{Déclaration|Petit rappel}

Bonjour Ada, la {télédéclaration|caution} {expire ce soir|doit partir avant 18 h} ; au-delà {la majoration est de {n:2-9} 000 €|le marché est perdu}. Il ne manque que votre {accord|code}.

{person}`,
  {also: ['needs-reply']},
)
add(
  'es',
  `{Despedida|Gracias por todo}

Hola, Ben: {mañana firmamos con otra empresa|la junta ha votado irse}. {Me da pena|Lo siento de verdad}. {Si quieres hablar, hoy estoy hasta las ocho.|Llámame antes si puedes.}

{person}
{company}`,
  {also: ['customer']},
)
add(
  'pt',
  `{Elevador técnico|Preso}

O Nuno ficou {fechado na câmara de frio|preso no poço} em {company} e {não responde|está a tremer}. Já chamei os bombeiros. Quem tem a chave?`,
)
add(
  'nl',
  `{Deurwaarder|Brief van de rechtbank}

Er staat dat ze {morgen om 9 uur|morgenochtend} {de bus|het gereedschap} komen halen tenzij er vandaag {n:3-9}.000 euro binnen is. Ik leg hem op je bureau.

{first}`,
  {also: ['legal']},
)
add(
  'sv',
  `{Operationssalen|Ventilationen}

Hej, luften står still på {sal {n:2-8}|neonatal} sedan {hour:-1} och {vi har fått avbryta|temperaturen stiger}. Vem har jour hos er?

{person}`,
)
add(
  'ru',
  `{Уходим|О договоре}

Добрый день. {Завтра утром подписываем договор с другими|Совет дома проголосовал за другую компанию}. {Вы всегда были вежливы, поэтому пишу заранее.|Если есть что сказать, я на связи до вечера.}

{person}`,
  {also: ['customer']},
)
add(
  'zh',
  `{婴儿房|房间太冷}

您好，昨晚起暖气就不热了，屋里只有{n:6-10}度，{孩子才出生十天|老人一直在发抖}。{今天能派人来看看吗|还要等多久}？

{person}，{street}`,
)
add(
  'ja',
  `{入室できません|本日の件}

{鍵が折れて機械室に入れず、中の警報が鳴り続けています|検査が一時間早まり、{hour:+1}に始まります。立ち会いがないと不合格になります}。どなたかお越しいただけますでしょうか。

{person}`,
)
add(
  'af',
  `{Rook|Verbrande reuk}

Daar kom rook uit {die kas langs|die agterkant van} die {warmwatersilinder|verwarmer} en {die plastiek drup|die muur is warm}. {Ons staan buite.|Pa wil dit self oopmaak.}

{person}, {street}`,
)
