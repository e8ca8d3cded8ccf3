import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev-person', 'urgent', {urgency: 3})

/** People who are cold, wet, locked out, leaving, or out of time. */
export const URGENT_PEOPLE = made

add(
  'en',
  `{No heating|Heating gone|House is freezing}

{Hello|Good morning|Hi there},

our {product} {stopped|died|gave up} {last night|this morning|two hours ago} and {we have a baby of three months|my father is 84 and ill|my wife has pneumonia}. It is {n:8-13} degrees inside.
{Can somebody come|When could you be here|Please tell me what to do}?

{person}, {street}`,
)
add(
  'en',
  `{Smell of gas|Gas?|Strange smell} at {street}

{We smell gas|It smells of gas|There is a smell like rotten eggs} {in the kitchen|near the {product}|in the cellar} since your visit. {Is it safe to stay|Should we leave the house}?

{first}`,
)
add(
  'en',
  `{Water everywhere|Leak|Ceiling}

water is {pouring|coming|running} {through the ceiling|out of the {product}} {into the living room|onto the fuse box} and we cannot {close the valve|stop it}. {street}.

{person}`,
)
add(
  'en',
  `Our contract

Dear Ben,

{after three years|with some regret} we have decided {to end our contract|to move to another company} {at the end of the month|from the first}, as {the last three visits were missed|the new offices are looked after by somebody else}.
Thank you for everything.

{person}
{company}`,
  {also: ['customer', 'legal']},
)
add(
  'en',
  `{Form|Documents} for {tomorrow|today}

Hi {Ada|Ben},

{just a small note|a gentle reminder}: the {grant|permit|insurance} office {closes our file|accepts papers only until} {today at 16:00|tomorrow at noon}, and your signature is still missing. {Without it we start again next year|After that the money is gone}.

{first}`,
)
add(
  'en',
  `{call me|where are you|now please}

{I need the Hillside figures now, I am in front of the bank|Which technician is free? I have to send one this minute|Call me as soon as you see this}

Ada`,
  {from: 'Ada <ada@northwind.example>'},
)
add(
  'en',
  `Cannot {log in|get into the app}

Hi, I {am locked out|can't get in} since {hour:-1} and I'm at the customer's with the {product} in pieces. {Nobody answers the phone|The hotline is busy}.

{first}`,
  {from: '{first} <{id}@northwind.example>'},
)
add(
  'en',
  `Hearing on {date:+1}

Dear Ada,

the court has {confirmed|moved} the hearing to {date:+1}, 09:30. Your statement has to be {filed|with the registrar} {today|by tomorrow 8:00}, otherwise {we lose by default|it will not be heard}.

{person}, Attorney`,
  {also: ['legal']},
)
add(
  'en',
  `Meeting {moved to|now at} {hour:+1}

{Sorry for the short notice|Change of plan}: we have to start at {hour:+1} today instead of this afternoon, {room 4|at our office}. Can you make it?

{person}
{company}`,
  {also: ['calendar']},
)
add(
  'de',
  `{Heizung aus|Keine Heizung|Wärmepumpe steht}

Guten Tag,

seit {heute Nacht|gestern Abend} ist die Heizung aus, in der Wohnung sind es {n:8-13} Grad und {wir haben ein Neugeborenes|meine Mutter ist 90|mein Mann ist schwer krank}. Bitte {kommen Sie heute noch|schicken Sie jemanden}.

{person}, {street}`,
)
add(
  'de',
  `{Frist morgen|Unterlagen bis heute Abend}

Hallo Ben,

das Finanzamt {erwartet die Erklärung|nimmt die Unterlagen} nur bis {heute Mitternacht|morgen 12 Uhr} an, danach {fallen Strafzinsen an|wird geschätzt}. Mir fehlt noch {ein Beleg|die Summe für Oktober} von Ihnen.

Viele Grüße
{person}`,
  {also: ['needs-reply']},
)
add(
  'fr',
  `{Plus de chauffage|Panne de chauffage}

Bonjour,

nous n'avons plus de chauffage depuis {hier soir|cette nuit}, il fait {n:8-13} degrés et {ma mère a 88 ans|notre bébé a deux mois}. Pouvez-vous venir {aujourd'hui|tout de suite} ?

{person}, {street}`,
)
add(
  'es',
  `{Huele a gas|Olor a gas}

Buenos días, desde {anoche|hace una hora} huele a gas {en la cocina|junto a la caldera} y {a mi hija le duele la cabeza|nos hemos salido a la calle}. ¿Qué hacemos?

{person}, {street}`,
)
add(
  'pt',
  `{Água a cair do teto|Fuga de água}

Boa noite, está a cair água do teto {da cozinha|do quarto} {em cima do quadro elétrico|por cima das tomadas} e não conseguimos fechar a torneira. Venham já, por favor.

{person}, {street}`,
)
add(
  'nl',
  `{Geen verwarming|CV uitgevallen}

Goedemorgen, sinds {vannacht|gisteravond} doet de verwarming het niet meer. Het is {n:8-13} graden en {onze baby is zes weken|mijn vader is 91}. Kan er vandaag iemand komen?

{person}, {street}`,
)
add(
  'sv',
  `{Ingen värme|Värmen är borta}

Hej, värmepumpen har stannat {i natt|i går kväll} och det är {n:8-13} grader inne. {Vi har en nyfödd|Min mormor är 92 och sjuk}. Kan ni komma i dag?

{person}, {street}`,
)
add(
  'ru',
  `{Прорвало трубу|Заливает потолок}

Здравствуйте! {Прорвало трубу отопления|Из насоса льётся вода}, вода идёт на проводку, перекрыть не можем. Срочно нужен мастер.

{person}, {street}`,
)
add(
  'zh',
  `{暖气停了|没有暖气}

您好，我们家从{昨晚|今早}开始没有暖气，室内只有{n:8-12}度，家里有{刚出生的婴儿|八十多岁的老人}，请尽快派人来。

{person}，{street}`,
)
add(
  'ja',
  `{暖房が止まりました|暖房の故障}

お世話になっております。{昨夜|今朝}から暖房が止まり、室温が{n:8-12}度です。{生後二か月の赤ん坊|九十歳の母}がおりますので、今日中に来ていただけませんか。

{person}　{street}`,
)
add(
  'af',
  `{Geen hitte nie|Verwarming is af}

Goeiemôre, die hittepomp is sedert {gisteraand|vanoggend} dood en dit is {n:8-13} grade in die huis. {Ons baba is vyf weke oud|My pa is baie siek}. Kan iemand vandag kom?

{person}, {street}`,
)
