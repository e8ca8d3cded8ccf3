/** A word that means something in the middle of others, in any script. */
function words(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'iu')
}

function any(...shapes: readonly RegExp[]): (text: string) => boolean {
  return (text) => shapes.some((shape) => shape.test(text))
}

const LEAD = `(?:^|[,:;.!–—-]\\s*|\\b(?:and|but|so|please|also|then|ok|okay|again|pls|just|that|to|y|et|und|e|en)\\s+)`
const standing = any(
  new RegExp(
    `${LEAD}(?:please )?(?:never(?! mind| knew| seen| heard| had| been| know)|always(?! (?:nice|good|happy|a pleasure|fun|great))|do not|don['’]t(?! (?:worry|think|know|mind|remember|see|have to|need to|bother|you)(?![\\p{L}]))|do nothing|hold off|hold on|hold (?:everything|all|back|the)|stand by|wait (?:for|until|till|with)|stop(?! by)|refrain|avoid|keep(?! (?:going|me posted|up))|remember|make sure|ensure|leave .{2,60} (?:alone|untouched|as)|stay (?:away|out|off|within|under|below)|ask (?:me|us)|check with|only (?:\\p{L}+ )*?(?:after|when|if|once|with)|no \\p{L}+.{0,60} (?:without|until|before|unless)|nothing .{0,40}(?:until|before|without|unless)|nobody|no ?one)(?![\\p{L}])`,
    'iu',
  ),
  words(
    `(?:you|we|nobody|no one|nothing|it|they|one|agents?|\\p{L}+) (?:must|may|should|can|shall|are to|is to|will)(?: ?n['’]t| not|not)? (?:ever|never|only|always)|must(?: not|n['’]t)|may not(?! be)|(?:are|is) not (?:allowed|permitted) to|under no circumstances|from now on|from here on|as of (?:now|today)|until further notice|off[- ]limits|hands off|(?:strictly )?forbidden|not (?:allowed|to be) (?:touched|changed|sent|deleted|merged|shared|published|deployed|edited|used)|standing (?:rule|order|instruction)|house rule|hard rule|golden rule|(?:not|nothing|don['’]t|hold|freeze|frozen|wait|paused?|on hold|stays?|without|unless).{0,80}(?:until|till|unless|before|without) (?:i|i['’](?:ve|m)|we|my|our|you hear|\\p{Lu}?\\p{L}+) ?(?:say|give|tell|approve|confirm|sign|ok|come back|have|has|explicit|hear|says?|gives?|is back)?`,
  ),
  words(
    `(?:until|till|unless|before) (?:i|we)(?:['’](?:m|ve|re))?(?: have| am| are)?(?: personally| myself)? (?:say|said|tell|told|give|given|approved?|confirm(?:ed)?|sign(?:ed)?|ok(?:ay)?(?:ed)?|agreed?|back|return(?:ed)?|come|let|hear|heard|decided?|check(?:ed)?|look(?:ed)?|review(?:ed)?|seen?|cleared?|release)|(?:goes|go|run|runs|pass|passes) (?:through|by|past) me|only (?:i|\\p{Lu}\\p{L}+) (?:may|can|should|decides?|approves?|is (?:to|allowed))|i (?:want|need|have) to (?:approve|see|sign|review|check) (?:every|each|all|any)`,
  ),
  words(
    `(?:needs?|requires?|only with|not without) my (?:ok|okay|approval|sign-?off|go|go-ahead|permission|explicit)|without (?:my|asking|first asking|checking with)|run (?:it|everything|anything|them) (?:by|past) me`,
  ),
  words(
    `niemals|nie(?! wieder gesehen)|immer (?=\\p{L})|auf keinen fall|darf(?:st)? (?:nicht|nie|nur)|nicht .{0,60}bevor|nichts .{0,60}bis|erst (?:wenn|nach)|warte(?:n)? (?:auf|bis)|bis ich|ab sofort|merk(?:e)? dir|denk(?:e)? daran`,
  ),
  words(
    `nunca|jamás|siempre|no .{0,60}hasta que|nada hasta|espera (?:a|hasta)|de ahora en adelante|recuerda|prohibido|sin mi (?:permiso|aprobación|visto bueno)`,
  ),
  words(
    `ne .{1,60}jamais|jamais|toujours|n['’e].{1,60}(?:avant|sans|tant que)|rien (?:avant|tant)|attends? (?:que|mon|ma|avant)|dorénavant|désormais|souviens-toi|rappelle-toi|interdit|sans mon (?:accord|feu vert)|jusqu['’]à ce que`,
  ),
  words(
    `jamais|sempre|não .{0,60}(?:até|antes|sem)|nada até|espere (?:por|até)|a partir de agora|lembre-se|lembra-te|proibido|sem (?:a )?minha`,
  ),
  words(
    `nooit|altijd|niet .{0,60}(?:tot|voordat|zonder)|niets .{0,40}tot(?:dat)?|wacht (?:op|tot)|vanaf nu|onthoud|mag niet|verboden`,
  ),
  words(
    `никогда|всегда|не .{0,60}(?:пока|до тех пор|без)|ничего .{0,40}пока|жди|дождись|ждать|отныне|запомни|помни|нельзя|запрещено`,
  ),
  /永远不|从不|绝不|千万别|千万不要|总是|始终|务必|不要.{0,40}(?:之前|直到|除非)?|在我.{0,20}(?:之前|以前)|直到我|等我|等到|记住|禁止|不得|不许|必须/u,
  /決して|絶対に|必ず|常に|いつも.{0,30}(?:こと|ください|て)|するな|しないで|(?:まで|前に).{0,30}(?:ない|待)|待って|覚えて|禁止|てはいけない|てはならない/u,
)
const notStanding = any(
  words(
    `i(?:['’]ve)? (?:never|always|don['’]t|do not)|i(?:['’]ve| have)? ?(?:never)|you never know|never mind|as always|they (?:never|always)|it (?:never|always)|(?:he|she) (?:never|always)|have (?:never|always)|ich (?:habe|hab|bin) (?:noch )?nie|why (?:don['’]t|do not)|if you don['’]t mind|wait a (?:sec|second|minute|moment)|hold on a|don['’]t (?:really|actually)? ?(?:know|think)`,
  ),
)

/** Whether somebody lays down what must or mustn't be done from now on. Whose word counts is for the caller. */
export function isStandingCue(text: string): boolean {
  if (/[?？]\s*$/.test(text)) return false
  return (
    standing(text) &&
    (!notStanding(text) || /\b(?:until|unless|must not|never ever|under no circumstances)\b/i.test(text))
  )
}

/** Things that are told for later and are no rule of conduct. */
export const isPreference = any(
  words(
    `prefers?|preferred|preference|likes? (?:it|to|the|her|his|their|short|long|plain)|dislikes?|hates?|favou?rite|allergic|vegetarian|vegan|would rather|(?:wants?|insists?) (?:on|to be|the|her|his|their|all|every)|bevorzugt|mag (?:keine?|lieber)|lieber|prefiere|préfère|prefere|houdt van|предпочитает|不喜欢|喜欢|偏好|好む|好き`,
  ),
)

export const isDecision = any(
  words(
    `(?:we|i|they|team|board|\\p{Lu}\\p{L}+)(?:['’]ve| have| has)? (?:just |finally |now )?(?:decided|agreed|settled|chose|chosen|picked|opted|voted|resolved|concluded)|decided|decision|(?:go|going|went) (?:with|ahead with)|(?:we|let['’]s|we['’]ll|will|to) go for|agreed|agreement|settled on|we['’]?(?:ll| will) (?:use|go|stick|keep|adopt|drop|stay|ship|skip)|we (?:use|stick|stay|adopt|drop|skip)|let['’]s (?:use|go with|stick|keep|adopt|drop|take|settle|do without)|sticking with|opt(?:ed|ing) for|the (?:choice|pick|verdict|decision|vote) .{0,50}?(?:is|fell|was|went)|final (?:answer|choice|call|word)|it is then|approved|signed off|rejected|ruled out|green[- ]?lit|consensus|my call|entschieden|entscheidung|beschlossen|einigten|geeinigt|wir nehmen|abgemacht|vereinbart|decidido|decidimos|decisión|acordamos|acordado|quedamos en|optamos|décidé|décision|on prend|convenu|d['’]accord sur|on part sur|decidimos|decisão|combinamos|fechamos|besloten|beslissing|afgesproken|we kiezen|решили|решено|решение|договорились|выбрали`,
  ),
  /决定|决议|商定|同意|选定|采用|確定|決定|決めた|決まり|合意|採用/u,
)

export const isPromise = any(
  words(
    `promise[ds]?|i owe|we owe|(?:have|has|g[ai]ve|given|giving|on|keep|kept) .{0,40}(?:my|our|his|her|their) word|sw(?:ear|ore|orn)|vow(?:ed)?|committed to|commit to|guarantee[ds]?|i (?:told|assured) .{2,50} (?:i|we|that|would|['’]d)|pledged?|verspr(?:eche|ochen|ach)|zugesagt|zusage|prometo|prometí|prometido|prometimos|promis|promets|promesse|prometi|beloof(?:d)?|beloofde|обещал\\p{L}*|обещаю|обещание`,
  ),
  words(
    `(?:i|we)(?:['’]ll| will| shall) .{3,120}(?:by|before|on|at|until|tomorrow|tonight|next|end of|within|as soon as|once|after|every)`,
  ),
  /答应|承诺|保证|約束/u,
)

export const isWaiting = any(
  words(
    `waiting (?:for|on)|awaiting|await|blocked (?:on|by)|pending|(?:has|have)(?: not|n['’]t) (?:replied|answered|responded|confirmed|sent|signed|paid|come back|got back)|hasn['’]t|haven['’]t heard|owes? (?:us|me|you)|expect(?:ing|ed)? (?:an? |the |a )?(?:\\p{L}+ )?(?:answer|reply|response|call|quote|signature|confirmation|delivery|from|back)|hinges on|depends on \\p{Lu}|still need(?:s|ed)? .{2,60}from|stuck until|ball is (?:in|with)|warte[nt]? (?:auf|noch)|wartet|steht noch aus|esperando|esperamos|a la espera|pendiente de|attend(?:ons|s|ent)? (?:la|le|les|une?|que|encore|toujours)|en attente|aguardando|esperamos|à espera|wachten? op|wacht(?:en)? nog|жд[её]м|ожидаем|ожидаю|ждём ответа`,
  ),
  /等待|在等|等.{1,12}(?:回复|答复|确认)|待ち|待って(?:い|お)/u,
)

/** That somebody who was waited for has moved. */
export const isArrival = any(
  words(
    `replied|answered|responded|got back|came back|has (?:now )?(?:sent|signed|approved|confirmed|paid|delivered|arrived|come|given|shared|provided)|sent (?:us|me|over|the|back|in)|confirmed|approved|signed|delivered|arrived|came in|came through|received|is in|are in|is here|no longer (?:waiting|blocked|pending)|not waiting|unblocked|paid|got (?:the|it|an? )|we have (?:the|it)|hat (?:geantwortet|bestätigt|unterschrieben)|eingetroffen|ha (?:respondido|confirmado|firmado)|respondió|llegó|a (?:répondu|confirmé|signé)|reçu|respondeu|confirmou|chegou|heeft (?:geantwoord|bevestigd)|binnen|ответил\\p{L}*|подтвердил\\p{L}*|получили|прислал\\p{L}*`,
  ),
  /已回复|回复了|已确认|确认了|收到|到了|返信が来|届いた|確認済/u,
)

export const isCorrection = any(
  words(
    `correction|corrected|scratch that|strike that|i (?:was wrong|misspoke|made a mistake|meant)|my (?:mistake|bad)|instead(?: of)?|no longer|not any ?more|(?:has |have |was |were |been |is |are |got |gets )*(?:moved|changed|shifted|pushed|postponed|rescheduled|raised|lowered|increased|reduced|cut|bumped|extended|renamed|updated|switched|upgraded|revised|amended|brought forward|reassigned|handed over) (?:back |forward |up |down |out |over )?(?:to|from|until|by|is|for)|replac(?:es?|ed|ing)|supersed(?:es?|ed|ing)|overrid(?:es?|den)|changed (?:our|my|his|her|their) minds?|change of plans?|on second thou?ghts?|rather than|make (?:that|it)|actually|update|new (?:deadline|date|budget|price|owner|version|port|address|number|plan|time|limit|amount|total|name|target)|is now|are now|now (?:is|are|at|on|stands|runs|costs|due|lives|set|to be|goes)|not .{1,40} but|turns out|as of (?:now|today)|(?:it|that) (?:should|must) (?:be|read|say)|should (?:have )?(?:be|been|read)|disregard|outdated|no more|used to be|formerly|previously|we['’]re switching|switch(?:ing)? to|goes to .{1,40} instead`,
  ),
  /^(?:now|no,|sorry|wait,|oops|ah,|hmm,? no|edit|fix)(?![\p{L}])/iu,
  words(
    `korrektur|stattdessen|statt|doch nicht|jetzt|neu(?:er|e|es)?|verschoben|geändert|corrección|en (?:lugar|vez) de|ahora|cambi(?:ó|ado|amos)|ya no|correction|rectification|au lieu de|finalement|désormais|maintenant|reporté|changé|correção|em vez de|agora|mudou|adiad[oa]|correctie|in plaats van|nu|verplaatst|gewijzigd|поправка|исправление|вместо|теперь|перенес\\p{L}*|изменил\\p{L}*|больше не`,
  ),
  /更正|改为|改成|改到|现在是|变更|推迟到|訂正|変更|改め|に変わ|延期|ではなく/u,
)

/** That something said before is not to be done or known any more. */
export const isRetraction = any(
  words(
    `(?:forget|drop|skip|scrap|cancel|ignore|disregard|never mind|nevermind|abandon)(?: about)? (?:the|that|this|my|our|what|it)|(?:is|are|was|were|has been|have been|got) (?:cancell?ed|off(?![ -]limits| bounds)|obsolete|void|withdrawn|scrapped|dropped|abandoned|called off|no longer (?:needed|valid|relevant|necessary|applies|apply))|(?:no longer|not any ?more) (?:needed|valid|relevant|necessary|applies|apply|required)|gestrichen|abgesagt|hinfällig|cancelad[oa]|annulé\\p{L}*|geannuleerd|vervallen|отмен[её]н\\p{L}*|отменили`,
  ),
  /取消|作废|不再需要|中止|キャンセル|不要になった/u,
)

/** A person's leave to do what was held back. */
export const isLift = any(
  words(
    `(?:ok(?:ay)?|yes|alright|right|good|fine|great)[,.!:]* (?:then |please )?(?:now )?(?:send|publish|deploy|ship|merge|release|start|do|pay|order|post|push|delete|continue|book|sign|file)|go ahead|you (?:may|can|are (?:free|allowed|cleared) to|have (?:my|the) (?:ok|okay|go|approval|permission|blessing|green light|go-ahead))(?! (?:not|only|never))|feel free to|green light|(?:i|we)(?:['’]m| am| are)? (?:say so|approve|approved|giv(?:e|ing) (?:you )?(?:my|the)|allow|permit|lift(?:ing)?|hereby)|(?:is|are) (?:lifted|allowed(?: again)?|fine (?:now|again)|ok(?:ay)? (?:now|again)|permitted|released|unfrozen|over|no longer in force)|no longer (?:applies|apply|in force|hold|need to|have to|necessary)|(?:don['’]t|do not|needn['’]t|no) (?:need to|have to|longer|need)|lift(?:ed|ing)? (?:the|that|my|this)|released?|resume|proceed|carry on|do it(?: now)?|send it(?: now| off| out)?|ship it|you['’]re (?:good|clear|free|cleared) to|permission granted|approved|(?:drop|forget|cancel|ignore|scrap) (?:the |that |my |what i said about |about )(?:rule|instruction|hold|ban|freeze|embargo|restriction)?|(?:hold|freeze|ban|embargo|rule|restriction|moratorium) is (?:over|off|lifted|gone)|leg los|du (?:darfst|kannst)(?: jetzt)?|freigegeben|mach(?:t)? weiter|adelante|puedes|vas-y|tu peux|feu vert|pode|podes|vá em frente|ga (?:je gang|maar|door)|je mag|можешь|можно|действуй|приступай`,
  ),
  /可以.{0,12}了|现在可以|开始吧|批准|してよい|していい|進めて|再開/u,
)

/** A condition makes a leave a rule again. */
export const isConditional = any(
  words(
    `if|once|when|unless|until|only|as soon as|provided|after|before|but (?:not|never|only|don['’]t)|wenn|sobald|si|cuando|quand|se|quando|als|zodra|если|когда`,
  ),
  /如果|等|たら|れば/u,
)

export const isNegated = any(
  words(`not|n['’]t|don['’]t|never|can['’]t|cannot|nicht|nie|no|nunca|ne|pas|não|niet|не|нельзя`),
  /不|没|ない/u,
)

export const isGoal = any(
  words(
    `(?:the |my |our |your |this )?(?:goal|objective|mission|task|job|aim|assignment) (?:is|now|today|for|here|will|:)|(?:goal|objective|mission|task|assignment)\\s*:|i (?:want|need|would like|['’]d like) you to|your (?:job|task|mission) is|we (?:want|need) to (?:get|have|finish|ship|deliver|build|move|migrate)|ziel(?: ist|:)|aufgabe(?: ist|:)|objetivo(?: es|:| é)|tarea:|objectif(?: est|:)|tâche:|doel(?: is|:)|taak:|цель|задача`,
  ),
  /目标|任务|目標|課題/u,
)

export const isDone = any(
  words(
    `done|finished|completed?|ticked off|wrapped up|taken care of|is (?:through|live|merged|deployed|shipped)|✓|✅|erledigt|fertig|abgeschlossen|hecho|terminad[oa]|listo|fait|terminée?|feito|concluíd[oa]|klaar|afgerond|gedaan|готово|сделано|выполнено`,
  ),
  /完成|已办|搞定|完了|済み/u,
)

export const isNext = any(
  /^(?:next(?: up| steps?)?|to-?do|then|step \d+|plan|action item|remaining|still to do|open step|nächste[rs]? schritt|als nächstes|próximo paso|siguiente|prochaine étape|ensuite|próximo passo|volgende stap|дальше|следующий шаг)\s*[:：-]/iu,
  /^(?:下一步|接下来|待办|次[はに]|次のステップ)/u,
)

export const isQuestionCue = any(
  words(
    `open (?:question|point|issue)|unclear|unresolved|undecided|to be (?:decided|clarified|confirmed|determined)|tbd|tbc|we (?:still )?(?:don['’]t|do not) (?:yet )?know|not (?:yet )?(?:clear|decided|known|settled)|still (?:have|need) to (?:find out|clarify|decide|figure)|(?:remains|left) to be|offene frage|ungeklärt|unklar|noch offen|pregunta abierta|por aclarar|question ouverte|à clarifier|questão em aberto|open vraag|onduidelijk|открытый вопрос|неясно|не решено`,
  ),
  /未决|待定|待确认|未定|未確認/u,
)

/** Words by which people say that something matters. */
export const isImportant = any(
  words(
    `important(?:ly)?|note that|note:|n\\.?b\\.?|fyi|for the record|keep in mind|bear in mind|don['’]t forget|write (?:this |that |it )?down|heads[- ]up|crucial(?:ly)?|critical(?:ly)?|essential|be aware|remember|for (?:your|future) reference|take note|mind you|deadline|due|budget|owner|responsible|in charge|contact|credentials?|password|passphrase|account|wichtig|merk|frist|zuständig|verantwortlich|importante|plazo|encargad[oa]|échéance|responsable|prazo|belangrijk|важно|срок|ответственн\\p{L}*`,
  ),
  /重要|注意|截止|负责|期限|締め切り|締切|担当|请记/u,
)

/** Talk that nobody would look for later. */
export const isSmallTalk = any(
  words(
    `haha\\p{L}*|lol|coffee|lunch|dinner|breakfast|weather|sunny|raining|weekend|movie|football|thanks|thank you|cheers|good morning|good night|nice one|sounds good|no worries|no problem|great (?:work|job|stuff)|awesome|interesting|cat video|holiday photos|how are you|hello|hi|hey|bye|lorem|ipsum|dolor|let me (?:check|look|see|know|have|think|take|just)|i(?:['’]ll| will) (?:check|look|see|take a look|have a look|start|continue|now|try|read|open)|i['’]m (?:checking|looking|reading|going through|thinking)|looking (?:at|into)|makes sense|anyway|by the way|funny|joke|playlist|traffic|nap|tired|sleepy`,
  ),
)
