import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'waiting', {urgency: 1})

/** The ball is with them. */
export const WAITING = made

add(
  'en',
  `Re: {Warranty claim|Missing part} {id}

Hi, thanks, {we are looking into it|we have passed it on to the factory} and {will get back to you|come back to you} {by Friday|next week}.

{person}
{supplier}`,
)
add(
  'en',
  `Re: Quote for {n:2-20} compressors

{Got it|Received, thank you}. I'm {waiting for a price from the plant|checking stock} and will let you know {tomorrow|in a few days}.

{first}`,
)
add(
  'en',
  `We received your request [#{id}]

Hello,

thank you for contacting {service} support. Your request {id} is in our queue; an agent will reply within two working days.`,
  {kind: 'robot', from: '{service} Support <support@{service.dom}>', also: ['notification']},
)
add(
  'en',
  `Re: urgent: delivery

No worries, it is on the truck, the driver {calls you|rings} when he is near. I'll confirm once it is signed for.

{first}, {supplier}`,
)
add(
  'de',
  `AW: Ersatzteil {id}

Guten Tag, das Teil ist bestellt, ich melde mich, sobald es da ist.

{person}`,
)
add(
  'pt',
  `Re: Proposta

Bom dia, recebemos a proposta, vamos analisá-la e damos resposta na próxima semana.

{person}`,
)
add(
  'sv',
  `Sv: Offert {id}

Hej, tack, vi tittar på den och återkommer efter helgen.

{person}`,
)
add(
  'ja',
  `Re: お見積りの件

お世話になっております。社内で確認のうえ、来週中にご連絡いたします。

{person}`,
)
