//! The words with which English sentences blame people.

use super::sentence::{Fault, Who};
use super::sentence_pattern::Said;

/// Words between a subject and its verb.
pub(super) const ADVERBS: &str = r"(?:\s+(?:had|have|has|also|then|simply|just|initially|apparently|probably|clearly|unfortunately|crucially|sadly|originally|previously|actually|even|still|indeed|already|now|again|ourselves|collectively|both|all|completely|entirely|totally|largely|who|that|seem(?:ed)?\s+to))*";
/// People in their own part of the work. Of these, whatever they did not do counts.
const PEOPLE: &str = r"engineers?|developers?|devs?|programmers?|administrators?|admins?|sysadmins?|maintainers?|reviewers?|contributors?|contractors?|employees?|interns?|responders?|sres?|dbas?|colleagues?|coworkers?|co-workers?|committers?|technicians?|architects?|team\s+members?|teammates?|members?\s+of\s+(?:the|our)\s+(?:\w+\s+)?(?:team|staff)|team\s+leads?|tech\s+leads?|incident\s+commanders?|teams?|staff|management|leadership|humans?|on-?call|on-?call\s+\w+|people\s+on\s+call";
/// Words that name programs as well, or those who were affected: only what a mind does counts.
const ACTORS: &str = r"operators?|managers?|authors?|user|person|agents?|testers?|owners?|analysts?|leads?";
const DETERMINER: &str = r"(?:the|our|an?|one\s+of\s+(?:the|our)|another|this|that|some|both|two|three|several|(?:most|all|none|few|many)\s+of\s+(?:the|our))\s+(?:[\w'’-]+\s+){0,2}?";
/// People who are named without an article.
pub(super) const PLURAL: &str = r"engineers|developers|devs|programmers|operators|administrators|admins|sysadmins|maintainers|reviewers|contributors|contractors|employees|responders|technicians|validators|staff|humans|people\s+on\s+call";
const SOMEBODY: &str = r"someone|somebody|he|she|(?:one|some|all|most)\s+of\s+us";
/// A clause between subject and verb: "who deployed it", "working on the quota".
pub(super) const CLAUSE: &str =
    r"(?:\s+(?:who|working|in\s+charge|responsible|on\s+call|on\s+duty)(?:\s+[\w'’-]+(?:\.\w+)*){0,12}?)?";
/// What else a person did before: "repointed one folder and, crucially,".
pub(super) const FIRST: &str =
    r"(?<gap>(?:\s+[^\s,;:]+,?){1,14}?)\s+(?:and|but|yet)(?:,?\s+(?:\w+ly|then|also|even|just),?)?";
/// What a person did, in front of how they did it: "destroyed the wrong cluster".
pub(super) const DEED: &str = r"(?<gap>(?:\s+[^\s,;:]+){1,12}?)";

/// "Did not", in its forms.
/// Where a subject may be dropped: at the beginning of a sentence or an item, and behind a label.
const LEAD: &str = r"(?:^[\s\W]*|:\*{0,2}\s+)";
const HOW: &str = r"yet|always|previously|really|even|fully|properly|adequately|sufficiently|correctly|thoroughly|carefully|immediately|initially|explicitly|also|actually|ever|then";
const NOT: &str = r"(?:(?:did|had)\s+not|(?:did|had)n['’]t|never|(?:did|had)\s+never|still\s+(?:have\s+not|haven['’]t))(?:\s+(?:{HOW}))?";
/// What only minds do, so that a subject which may be a program is told apart.
const COGNITION: &str = r"bother(?:ed)?|think\s+(?:to|of|about|through)|thought\s+(?:to|of|about|through)|reali[sz]ed?|remember(?:ed)?|pay\s+(?:enough\s+|close\s+)?attention|paid\s+attention|double[\s-]check(?:ed)?|anticipated?|foresee|foreseen|appreciated?|recogni[sz]ed?|predict(?:ed)?|heed(?:ed)?|(?:plan(?:ned)?|prepared?|account(?:ed)?)\s+for|take\s+(?:\w+\s+)?into\s+account|taken?\s+(?:\w+\s+)?into\s+account|take\s+(?:the\s+time|care)|(?:fully|properly)\s+underst(?:an|oo)d|fully\s+comprehend(?:ed)?|grasp(?:ed)?|envis(?:ag|ion)(?:ed?)?|(?:take|taken|took)\s+(?:it|this|that|them|these|those|the\s+\w+)\s+seriously|connect(?:ed)?\s+the\s+dots|(?:factor(?:ed)?|pick(?:ed)?\s+up)\s+(?:in|on)|know\s+better|give\s+(?:it|this|that)?\s*(?:much|enough|any)\s+(?:thought|attention)";
/// What careful people do.
const DILIGENCE: &str = r"check(?:ed)?|notic(?:e|ed)|spot(?:ted)?|verif(?:y|ied)|follow(?:ed)?|communicat(?:e|ed)|review(?:ed)?|validat(?:e|ed)|test(?:ed)?|announced?|inform(?:ed)?|notif(?:y|ied)|ensured?|make\s+sure|made\s+sure|read|consider(?:ed)?|updated?|document(?:ed)?|monitor(?:ed)?|confirm(?:ed)?|escalated?|warn(?:ed)?|consult(?:ed)?|coordinated?|catch|caught|apply|applied|audit(?:ed)?|act(?:ed)?\s+on|respond(?:ed)?\s+to|investigated?|enforced?|sanity[\s-]check(?:ed)?|post(?:ed)?|publish(?:ed)?|look(?:ed)?\s+(?:closely|carefully|hard|into|at)|priorit[iy][sz]?e?d?|put\s+enough|follow(?:ed)?\s+up|ask(?:ed)?|tell|told|question(?:ed)?|rais(?:e|ed)|flag(?:ged)?|rehearsed?|practi[cs]ed?|assess(?:ed)?|evaluated?|inspect(?:ed)?|examined?|adhered?\s+to|compl(?:y|ied)\s+with|stick\s+to|keep\s+(?:track|an\s+eye|up)|kept\s+(?:track|an\s+eye|up)|allow(?:ed)?\s+(?:enough|for)|do\s+(?:enough|our|proper|adequate|sufficient)|done\s+(?:enough|our|proper)|expect(?:ed)?";
const CARE: &str = r"checking|verifying|reviewing|validating|testing|reading|thinking|telling|informing|asking|consulting|notifying|reali[sz]ing|noticing|considering|confirming|announcing|understanding|coordinating|warning|waiting\s+for|following|looking|double[\s-]checking|paying|knowing|proper|adequate|sufficient|due|enough";
const WRONGLY: &str = r"(?:mistakenly|erroneously|falsely|improperly|poorly|inadequately|insufficiently|unthinkingly|lazily|carelessly|negligently|wrongly|incorrectly|naively|naïvely|foolishly|stupidly|hastily|blindly|recklessly|unwisely|unwittingly|unknowingly)";
const BY_ACCIDENT: &str = r"(?:accidentally|accidently|inadvertently|unintentionally)";
const MISDO: &str = r"mis-?[a-rt-z][a-z]+(?:ed|ood|ead|elt)|misread|misunderstood|misjudged|misconfigured|miscalculated|mistyped|mishandled|misinterpreted|misdiagnosed|misremembered|misspelled|misspelt|mixed\s+up|underestimated|overestimated|(?:messed|screwed|fucked|slipped|stuffed)\s+(?:\w+\s+)?up|goofed|blundered|botched|fumbled|fat-?fingered|dropped\s+the\s+ball|fell\s+short|cut\s+corners|took\s+(?:a\s+)?short-?cuts?|jumped\s+to\s+(?:a\s+)?conclusions?|(?:lost|losing)\s+(?:sight|track)\s+of|got\s+(?:\w+\s+){1,3}?wrong|was\s+(?:too\s+)?slow\s+to|were\s+(?:too\s+)?slow\s+to|took\s+(?:us\s+)?(?:far\s+|way\s+|much\s+)?too\s+long\s+to|(?:was|were)\s+(?:far\s+|way\s+|much\s+|a\s+bit\s+)?(?:too|overly)\s+(?:slow|quick|fast|late|hasty|eager|optimistic|trusting|confident|reliant|focus+ed|ambitious|aggressive)|(?:was|were)\s+(?:un|ill[\s-])prepared|(?:was|were)\s+caught\s+(?:unprepared|flat-?footed)|(?:thought|believed|assumed)\b[^.;]{0,80}\b(?:wrong|incorrect|mistaken|untrue|false|not\s+the\s+case)|(?:under|on)\s+the\s+(?:false|mistaken|wrong|incorrect)\s+(?:impression|belief|assumption)|(?:relied|rely|leaned)\s+too\s+(?:much|heavily)|over-?relied|over-?corrected|over-?reacted|(?:lost|wasted)\s+(?:\w+\s+){0,2}time|lose\s+(?:sight|track)\s+of|(?:thought|believed|assumed)\b[^.;]{0,80},?\s+but\s+(?:we|it|they|he|she|that|this|in)\b|let\s+(?:\w+\s+){1,4}(?:slip|lapse|expire|linger)|confused\s+(?:the|this|it|one|our)|rushed\s+(?:into|through|out|the|this|it|to\s+(?:ship|deploy|release|push|merge))|(?:skipped|bypassed|disregarded|circumvented|violated|deviated\s+from|broke)\s+(?:the|our|its|their|this|that|an?|all)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?(?:reviews?|process(?:es)?|procedures?|checklists?|tests?|testing|checks?|approvals?|polic(?:y|ies)|guidelines?|rules?|protocol|runbooks?|steps?|staging|qa|practices?)|(?:was|were|got|had\s+it)\s+(?:just\s+|simply\s+|completely\s+)?(?:wrong|mistaken)\s+(?:to|about|in)|gave\s+(?:\w+\s+)?too\s+little|paid\s+too\s+little|(?:did|done|doing)\s+a\s+(?:poor|bad|terrible)\s+job|let\s+(?:\w+\s+){1,3}down|failed\s+(?:our|you|the)\s*(?:\w+\s+){0,2}(?:users|customers|community|readers)|lacked\s+(?:the\s+)?(?:foresight|discipline|understanding|knowledge|experience|expertise|diligence)|(?:was|were)\s+caught\s+off\s+guard|(?:noticed|reali[sz]ed|reacted|responded|started|deployed|announced|communicated|declared|escalated|acted|merged|released|waited|rolled\s+back)\s+(?:\w+\s+){0,4}?too\s+(?:late|slowly|soon|early|quickly|long)|only\s+(?:tested|checked|looked\s+at|considered|verified|reviewed|noticed|reali[sz]ed)|panicked|hesitated|procrastinated|(?:kept\s+)?put(?:ting)?\s+(?:it|this|that|them)\s+off|dragged\s+our\s+feet|assumed\s+(?:that|it|this|we|our|everything)\b|learned?t?\s+(?:\w+\s+){0,3}the\s+hard\s+way|ignored\s+(?:the|an?|these|those|this|that|all|several|our)\s+(?:\w+\s+)?(?:alerts?|alarms?|warnings?|errors?|signs?|signals?|reports?|advice|pages?)";
const FAULTY: &str = r"mistakes?|errors?|typos?|blunders?|slips?|oversights?|misjudge?ments?|(?:wrong|bad|poor|terrible|mistaken|incorrect|false|faulty|flawed|unwise|unsafe)\s+(?:\w+\s+)?(?:assumptions?|decisions?|choices?|calls?|judge?ments?|conclusions?)";
const TRAITS: &str = r"careless|negligent|sloppy|lazy|reckless|inattentive|incompetent|stupid|dumb|foolish|naive|naïve|clumsy|irresponsible|complacent|overconfident|over-confident|hasty|forgetful|confused|carried\s+away|unfamiliar|inexperienced|tired|exhausted|asleep|sidetracked|cocky|arrogant|rusty|bad\s+at|not\s+(?:very\s+)?good\s+at|not\s+good\s+enough|unprofessional|thoughtless|clueless|distracted|idiots?|an\s+idiot|fools?|a\s+fool|at\s+fault|to\s+blame|not\s+careful|not\s+(?:careful|diligent|vigilant|thorough)\s+enough|not\s+paying\s+attention";
/// A trait as a noun: of nobody, and so of everybody who was there.
const VICES: &str = r"carelessness|negligence|laziness|sloppiness|inattention|incompetence|stupidity|recklessness|forgetfulness|thoughtlessness|complacency|foolishness|clumsiness";
const DONE: &str = r"(?:[a-z]+ed|known|seen|thought|caught|read|told|done|made|taken|found|run|written|kept|understood|put|set|gone|chosen|given|held|shut|brought|paid|spent|begun|sent|tested|been\s+(?:(?:a\s+(?:lot|bit)\s+|far\s+|much\s+)?more\s+)?(?:careful|aware|vigilant|attentive|thorough|diligent|cautious|proactive|transparent|[a-z]+ing))";
/// What was not done, in the passive.
const UNSEEN: &str = r"(?:overlooked|forgotten|missed|ignored|neglected|mishandled|misconfigured|misread|misunderstood|not\s+(?:noticed|caught|checked|tested|spotted|reviewed|considered|anticipated))";
/// What may be the name of a person.
const NAMED: &str =
    r#"(?-i:(?:^|[\s("“‘,;:—–/*_-])(?<named>[A-ZÀ-ɏ][A-Za-zÀ-ɏ]+(?:[ \n][A-ZÀ-ɏ][A-Za-zÀ-ɏ'’-]*\.?){0,2}))"#;
/// One person, by their role and name.
pub(super) const CALLED: &str = r"\b{DETERMINER}(?:colleague|co-?worker|teammate|team\s+member|{INDIVIDUAL})\s+(?-i:[A-ZÀ-ɏ][A-Za-zÀ-ɏ]+(?:[ \n][A-ZÀ-ɏ][A-Za-zÀ-ɏ'’-]*)?)";
/// One person, by their role.
const INDIVIDUAL: &str = r"engineer|developer|administrator|admin|operator|maintainer|reviewer|contractor|employee|responder|technician|author|person";

/// The lists above, by the names under which patterns hold them in braces.
pub(super) const LISTS: [(&str, &str); 21] = [
    ("{NOT}", NOT),
    ("{COGNITION}", COGNITION),
    ("{DILIGENCE}", DILIGENCE),
    ("{CARE}", CARE),
    ("{WRONGLY}", WRONGLY),
    ("{BY_ACCIDENT}", BY_ACCIDENT),
    ("{MISDO}", MISDO),
    ("{FAULTY}", FAULTY),
    ("{TRAITS}", TRAITS),
    ("{VICES}", VICES),
    ("{DONE}", DONE),
    ("{HOW}", HOW),
    ("{LEAD}", LEAD),
    ("{PLURAL}", PLURAL),
    ("{UNSEEN}", UNSEEN),
    ("{DETERMINER}", DETERMINER),
    ("{SOMEBODY}", SOMEBODY),
    ("{PEOPLE}", PEOPLE),
    ("{ACTORS}", ACTORS),
    ("{INDIVIDUAL}", INDIVIDUAL),
    ("{NAMED}", NAMED),
];

/// What is said of a subject, in words.
pub(super) const WORDS: [(Said, Fault, &str); 10] = [
    (
        Said::Harm,
        Fault::Mistake,
        r"(?:broke|caused|leaked|exposed|corrupted|crashed|introduced\s+(?:an?|the)\s+(?:\w+\s+)?(?:bug|issue|regression|error|fault|problem)|(?:ran|chose|picked|used|edited|deleted|pushed|applied|selected)\s+the\s+wrong|(?:pushed|deployed|merged|released|shipped)\s+(?:an?|the)\s+(?:bad|broken|faulty|buggy))\b",
    ),
    (
        Said::Undone,
        Fault::Omission,
        r"(?:(?:did\s+not|didn['’]t)(?:\s+(?:{HOW}))?\s+(?<verb>[a-z]+)|(?:had\s+(?:not|never)|hadn['’]t|never|still\s+(?:have\s+not|haven['’]t))(?:\s+(?:{HOW}))?\s+(?<done>{DONE}))(?<any>\s+any)?\b",
    ),
    (
        Said::Mind,
        Fault::Omission,
        r"(?:forgot|forgets|forgotten|neglect(?:ed|s)\s+to|overlooked|{NOT}\s+(?:{COGNITION})|{WRONGLY}\s+(?:thought|believed|assumed|concluded|expected))\b",
    ),
    (
        Said::Act,
        Fault::Omission,
        r"(?:(?:failed|fail|fails|neglected|omitted)\s+to\s+(?:(?:properly|adequately|correctly|fully|even)\s+)?\w+|{NOT}\s+(?:{DILIGENCE})|never\s+(?:made|wrote|sent|gave|added|removed|finished|completed|implemented|fixed|set\s+up|cleaned\s+up)|(?:(?:was|were)\s+not|(?:was|were)n['’]t)\s+(?:\w+ly\s+)?(?:{CARE})|missed\b)",
    ),
    (
        Said::Mistake,
        Fault::Mistake,
        r"(?:(?:was\s+|were\s+)?{WRONGLY}\s+\w+|(?:made|makes|making)\s+(?:(?:an?|the|some|another|several|two|many|our|his|her)\s+)?(?:[\w-]+\s+){0,2}?(?:{FAULTY})|{MISDO})\b",
    ),
    (Said::Slip, Fault::Mistake, r"{BY_ACCIDENT}\s+\w+\b"),
    (
        Said::Manner,
        Fault::Mistake,
        r"(?:by\s+(?:mistake|accident)|in\s+error|{WRONGLY}|{BY_ACCIDENT}|without\s+(?:(?:first|even|properly|really|fully|completely|ever|adequately|sufficiently|actually|so\s+much\s+as)\s+)?(?:{CARE}))\b",
    ),
    (
        Said::Trait,
        Fault::Trait,
        r"(?:was|were|is|are|am|had\s+been|has\s+been|have\s+been|being|got|became|grew)\s+(?:(?:too|very|simply|just|so|such|rather|being|a\s+bit|a\s+little)\s+)?(?:{TRAITS})\b",
    ),
    (
        Said::Unaware,
        Fault::Omission,
        r"(?:(?:was|were)\s+not\s+(?:\w+ly\s+)?|(?:was|were)n['’]t\s+(?:\w+ly\s+)?|(?:was|were)\s+un)aware\b",
    ),
    (
        Said::Hindsight,
        Fault::Hindsight,
        r"(?:(?:should|ought\s+to)(?:\s+not|n['’]t)?(?:\s+(?:really|also|simply|probably|definitely|clearly|at\s+least))?(?:\s+have|['’]ve)(?:\s+(?:probably|already|instead|also|never))?\s+(?:{DONE})|could\s+(?:(?:easily|also|perhaps|probably|certainly)\s+)?have\s+(?:(?<done>{DONE})|[a-z]+(?:\s+[\w-]+){0,5}?\s+(?:better|faster|sooner|earlier|quicker|differently|more\s+\w+ly)|detected|identified|communicated|mitigated|noticed|known|checked|reali[sz]ed|caught|prevented|avoided|been\s+more\s+\w+|done\s+(?:better|more)))\b",
    ),
];

/// Contracted: "I'm an idiot".
const CONTRACTED_TRAIT: &str = r"\b(?:I['’]m|we['’]re|he['’]s|she['’]s|they['’]re)\s+(?:(?:too|very|simply|just|so|such|rather|being|a\s+bit|a\s+little)\s+)?(?:{TRAITS})\b";

/// Whole ways to blame, with who is blamed.
pub(super) const NOUNS: [(Who, Fault, &str); 29] = [
    (
        Who::Ourselves,
        Fault::Mistake,
        r"\b(?:mistakes\s+were\s+made|self-inflicted|(?:my|our)\s+bad\b|(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:entirely\s+|all\s+)?on\s+(?:us|me)\b|(?:our|my)\s+(?:own\s+)?(?:misunderstandings?|misconfigurations?|misjudge?ments?|negligence|ignorance|inexperience|naivet\w+))",
    ),
    (
        Who::Nobody,
        Fault::Omission,
        r"\bfailure\s+to\s+(?:(?:properly|adequately|correctly|even)\s+)?(?:check|test|verify|communicate|notify|notice|reali[sz]e|anticipate|consider|follow|inform|escalate|review|validate|document|coordinate|announce|plan|prepare|investigate|monitor)\b",
    ),
    (Who::Role, Fault::Mistake, r"\b(?:{DETERMINER}(?:{PEOPLE})|{PLURAL})\s+(?:\w+ly\s+)?assumed\b"),
    (Who::Ourselves, Fault::Mistake, r"\btook\s+(?:us|me)\s+(?:\w+\s+){0,3}?too\s+long\b"),
    (
        Who::Ourselves,
        Fault::Trait,
        r"\bour\s+(?:own\s+)?(?:\w+\s+)?(?:communication|response|planning|preparation|testing|judge?ment|handling|approach|reaction)\s+(?:was|were|had\s+been)\s+(?:(?:\w+ly|too|very)\s+)?(?:poor|inadequate|insufficient|lacking|sloppy|lax|slow|late|bad|terrible|wrong|not\s+\w+\s+enough)\b",
    ),
    (
        Who::Role,
        Fault::Omission,
        r"\b(?:never|not|n['’]t)\s+(?:even\s+)?occur(?:red)?\s+to\s+(?:anyone|anybody|us|me|{DETERMINER}(?:{PEOPLE}))\b",
    ),
    (Who::Ourselves, Fault::Mistake, r"\bin\s+(?:our|my)\s+(?:rush|haste|hurry|eagerness|excitement|panic)\b"),
    (
        Who::Nobody,
        Fault::Mistake,
        r"\b(?:this|that|it|which)\s+(?:was|is)\s+(?:(?:clearly|obviously|really|simply)\s+)?an?\s+(?:(?:massive|huge|big|serious|bad|terrible|obvious|clear|costly|grave|stupid|silly|rookie|embarrassing|major|careless),?\s+)+(?:mistake|blunder|fail|failure|error|oversight)\b",
    ),
    (
        Who::Nobody,
        Fault::Trait,
        r"\b(?:reckless|careless|sloppy|lazy|negligent|irresponsible|shoddy)\s+(?:[\w-]+\s+){0,2}?(?:habits?|practi[cs]es?|behaviou?r|attitudes?|work|mistakes?|errors?|coding|approach)\b",
    ),
    (
        Who::Ourselves,
        Fault::Omission,
        r"{LEAD}(?:missed\s+(?:to|the|[a-z]+ing)|failed\s+to\s+(?:check|test|notice|reali[sz]e|communicate|anticipate|consider|follow|verify|document|inform|notify|escalate))\b",
    ),
    (
        Who::Nobody,
        Fault::Mistake,
        r"\b(?:human\s+(?:error|mistake|failure|oversight)s?|pilot\s+error|(?:user|operator|engineer)\s+error\s+(?:was|were|is)\s+made|(?:due\s+to|because\s+of|caused\s+by|down\s+to|result\s+of|owing\s+to)\s+(?:an?\s+)?(?:\w+\s+)?(?:user|operator|engineer|developer|admin|administrator|employee|staff|personnel)\s+(?:errors?|mistakes?|oversights?))\b",
    ),
    (
        Who::Nobody,
        Fault::Mistake,
        r"\b(?:{FAULTY}|failures?|misconfigurations?|misunderstandings?|misjudge?ments?|{VICES})\s+(?:made\s+|caused\s+)?(?:by|on\s+the\s+part\s+of)\s+(?:{DETERMINER})?(?:{PEOPLE})\b",
    ),
    (
        Who::Nobody,
        Fault::Mistake,
        r"\b(?:(?:acts?|moments?|bouts?|cases?|bit|lapses?|spot)\s+of\s+(?:sheer\s+|pure\s+|plain\s+|simple\s+)?(?:{VICES})|lapses?\s+(?:of|in)\s+(?:judge?ment|concentration|attention|memory)|(?:due\s+to|because\s+of|caused\s+by|down\s+to|result\s+of|owing\s+to|out\s+of|thanks\s+to)\s+(?:\w+\s+){0,2}?(?:{VICES})|lack\s+of\s+(?:care|due\s+diligence|diligence|foresight|discipline|caution|attention\s+to\s+detail))\b",
    ),
    (
        Who::Role,
        Fault::Mistake,
        r"\b(?:engineer|developer|operator|administrator|admin|reviewer|maintainer|contractor|employee|team)['’]s\s+(?:own\s+)?(?:{FAULTY}|fault|failure\s+to|{VICES})\b",
    ),
    (
        Who::Role,
        Fault::Mistake,
        r"\b(?:(?:{BY_ACCIDENT}|{WRONGLY})\s+\w+(?:\s+\w+){0,4}?|{UNSEEN})\s+by\s+(?:{DETERMINER})(?:{PEOPLE})\b",
    ),
    (Who::Name, Fault::Mistake, r"{NAMED}['’]s\s+(?:own\s+)?(?:{FAULTY}|fault|failure\s+to|{VICES})\b"),
    (
        Who::Name,
        Fault::Mistake,
        r"\b(?:(?:{BY_ACCIDENT}|{WRONGLY})\s+\w+(?:\s+\w+){0,4}?|{UNSEEN}|(?:{FAULTY})(?:\s+made)?)\s+by(?:{NAMED})\b",
    ),
    (
        Who::Role,
        Fault::Mistake,
        r"\b(?:(?:was|is|were)\s+(?:\w+\s+)?(?:his|her)\s+(?:own\s+)?fault|(?:his|her)\s+(?:own\s+)?(?:mistakes?|oversights?|failure\s+to|{VICES}))\b",
    ),
    (
        Who::Ourselves,
        Fault::Mistake,
        r"\b(?:(?:{BY_ACCIDENT}|{WRONGLY})\s+\w+(?:\s+\w+){0,4}?|{UNSEEN}|{FAULTY})\s+by\s+(?:us|me)\b",
    ),
    (
        Who::Ourselves,
        Fault::Mistake,
        r"\b(?:(?:was|is|were)\s+(?:\w+\s+)?(?:our|my)\s+(?:own\s+)?fault|(?:our|my)\s+(?:own\s+)?(?:mistakes?|oversights?|failure\s+to|{VICES})|(?:{FAULTY}|{VICES})\s+(?:on|from)\s+(?:our|my)\s+(?:own\s+)?(?:part|end|side)|mea\s+culpa)\b",
    ),
    (
        Who::Ourselves,
        Fault::Omission,
        r"{LEAD}(?:forgot|neglected\s+to|overlooked|(?:did\s+not|didn['’]t)\s+(?:{COGNITION}|notice|check|test))\b",
    ),
    (Who::Ourselves, Fault::Mistake, r"{LEAD}(?:mistakenly\s+\w+ed|accidentally\s+\w+ed|misread)\b"),
    (Who::Ourselves, Fault::Hindsight, r"{LEAD}should(?:\s+not|n['’]t)?\s+have\s+(?:{DONE})\b"),
    // Turned around: "had we tested it", "if we had tested it".
    (
        Who::Ourselves,
        Fault::Hindsight,
        r"\b(?:had\s+(?:we|I|the\s+team)\s+(?:(?:also|just|only|even|actually|instead|at\s+least|\w+ly|more)\s+)?(?:{DONE})\b[^.;]{0,160}?\b(?:would|could|might)\b|if\s+(?:we|I|the\s+team|someone|somebody)(?:\s+had|['’]d)\s+(?:\w+\s+){0,3}?(?:{DONE})\b[^.;]{0,160}?(?:\b(?:would|could|might)\b|['’]d\s+have\b)|(?:would|could|might)\s+(?:\w+\s+){0,2}?have\s[^.;]{0,120}?\b(?:if\s+(?:we|I|the\s+team|someone|somebody)(?:\s+had|['’]d)|had\s+(?:we|I|the\s+team))\s+(?:\w+\s+){0,3}?(?:{DONE})\b)",
    ),
    (
        Who::Nobody,
        Fault::Mistake,
        r"\b(?:was|is|were)\s+(?:(?:clearly|obviously|simply|just|in\s+hindsight|in\s+retrospect),?\s+)?(?:the|an?)\s+(?:wrong|bad|poor|terrible|mistaken|unwise)\s+(?:call|decision|choice|move|judge?ment)\b",
    ),
    (Who::Ourselves, Fault::Mistake, r"\b(?:{FAULTY})\s+(?:that\s+)?(?:we|I|he|she)\s+(?:\w+\s+)?(?:made|committed)\b"),
    (
        Who::Ourselves,
        Fault::Mistake,
        r"\b(?:our|my)\s+(?:own\s+)?(?:lack\s+of|insufficient|poor|inadequate)\s+(?:care|attention|diligence|foresight|discipline|understanding|knowledge|experience|communication|preparation|preparedness|rigou?r|planning|judge?ment)\b",
    ),
    (
        Who::Role,
        Fault::Mistake,
        r"\b(?:lack(?:ed|ing)?(?:\s+of)?|insufficient|limited)\s+(?:\w+\s+)?(?:care|diligence|experience|expertise|understanding|knowledge|attention)\s+(?:of|by|from|among|on\s+the\s+part\s+of)\s+(?:{DETERMINER})(?:{PEOPLE})\b",
    ),
    (Who::Ourselves, Fault::Trait, CONTRACTED_TRAIT),
];
