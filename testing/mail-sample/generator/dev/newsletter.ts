import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'newsletter', {kind: 'list', urgency: 0})

/** Bulk mail, calm and shouting. */
export const NEWSLETTER = made

add(
  'en',
  `{LAST CHANCE|FINAL HOURS|ENDS TONIGHT}: {n:20-60}% off all parts

{Only 24 hours left!|Do not miss it!|Act now!} {product} spares at prices you will never see again.`,
  {from: '{supplier} Deals <deals@{supplier.dom}>'},
)
add(
  'en',
  `{This month in|News from} cooling

{New refrigerant rules|How hotels save power|Five tips for winter}, and an interview with {person}.`,
  {from: 'Cooling Today <news@coolingtoday.example>'},
)
add(
  'en',
  `Is your business ready for an emergency?

Outages, floods, fire: {every minute of downtime costs money|one in three firms never recovers}. Read our free guide.`,
  {from: '{service} <hello@{service.dom}>'},
)
add(
  'en',
  `Action required: claim your free trial

Your {30|14} days of {service} Pro are waiting. URGENT: the offer expires on {date:+1}!`,
  {from: '{service} Team <team@{service.dom}>'},
)
add(
  'en',
  `The outage that broke the web, and {n:3-9} lessons

Our engineers explain why everything was down on Monday.`,
  {from: 'Ops Letter <letter@opsletter.example>'},
)
add(
  'en',
  `Webinar on {date:+9}: security

Attackers are already inside? Join us and learn what to do when your data is leaked.`,
  {from: 'SafeNet <events@safenet.example>'},
)
add(
  'de',
  `Nur noch heute: {n:20-50} % auf alles

Jetzt zugreifen, bevor es zu spät ist! Angebot gültig bis Mitternacht.`,
  {from: '{supplier} <aktion@{supplier.dom}>'},
)
add(
  'fr',
  `Dernières heures : profitez-en vite !

Jusqu'à -{n:20-60} % sur tout le site, aujourd'hui seulement.`,
  {from: '{supplier} <promo@{supplier.dom}>'},
)
add(
  'es',
  `¡ÚLTIMA OPORTUNIDAD! Solo hoy

Hasta un {n:20-60} % de descuento. ¡Corre, que se acaba!`,
  {from: '{supplier} <ofertas@{supplier.dom}>'},
)
add(
  'ru',
  `Новости отрасли

Выставка, новые правила и советы по подготовке к зиме.`,
  {from: 'Климат <news@klimat.example>'},
)
add(
  'zh',
  `限时抢购，仅剩一天

全场{5|6|7}折，赶快下单！`,
  {from: '暖通商城 <promo@nuantong.example>'},
)
