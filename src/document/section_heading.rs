//! The headings by which sections are recognised, in six languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::section::SectionKind;

/// For each kind of section its headings in English, German, French, Spanish, Japanese and Arabic, in the form that
/// [`normalise`] gives. One that ends with `*` stands for all headings that begin so.
const HEADINGS: [(SectionKind, &str); SectionKind::ALL.len()] = [
    (
        SectionKind::Summary,
        "summary, issue summary, incident summary, executive summary, overview, incident overview, what happened, tl \
         dr, abstract, zusammenfassung, kurzfassung, überblick, was ist passiert, was geschah, résumé, synthèse, en \
         bref, ce qui s est passé, que s est il passé, resumen, resumen ejecutivo, qué pasó, qué ocurrió, 概要, 要約, \
         サマリー, 何が起きたか, ملخص, الملخص, خلاصة, ماذا حدث, description, issue description, incident \
         description, outage description, what happened in short, so \
         what happened, summary of*",
    ),
    (
        SectionKind::Impact,
        "impact, impacts, incident impact, user impact, customer impact, business impact, impact assessment, what was \
         impacted, who was affected, who was impacted, affected services, affected users, fallout, consequences, severity and \
         impact, impact and severity, summary of impact, summary of the impact, auswirkung, auswirkungen, folgen, betroffen, conséquences, impacto, \
         consecuencias, 影響, 影響範囲, الأثر, التأثير, impact on*, scope of impact*, impact sur*, impacto en*",
    ),
    (
        SectionKind::Background,
        "background, context, leadup, lead up, the lead up, background information, background and context, \
         hintergrund, vorgeschichte, contexte, historique, antecedentes, contexto, 背景, 経緯, الخلفية, السياق, \
         background on*",
    ),
    (
        SectionKind::Trigger,
        "trigger, triggers, the trigger, auslöser, déclencheur, élément déclencheur, desencadenante, detonante, きっかけ, \
         トリガー, المحفز, what triggered*",
    ),
    (
        SectionKind::Detection,
        "detection, how it was detected, how was it detected, identified, identification, alert, alerting, erkennung, entdeckung, détection, detección, 検知, 検出, الاكتشاف, detection and*, how did we \
         detect*, how did we find out*, how was the incident detected*",
    ),
    (
        SectionKind::Response,
        "response, incident response, our response, immediate response, escalation, reaktion, réaktion, réponse, \
         intervention, respuesta, 対応, 初動対応, الاستجابة, response and*, how we responded*, how did we respond*",
    ),
    (
        SectionKind::Resolution,
        "resolution, recovery, mitigation, remediation, fix, the fix, solution, restoration, action taken, actions \
         taken, steps taken, details of fix, details of the fix, how it was resolved, how it was fixed, behebung, lösung, \
         wiederherstellung, résolution, correction, rétablissement, resolución, solución, recuperación, 復旧, 解決, الحل, \
         المعالجة, التعافي, resolution and*, recovery and*, mitigation and*, how we fixed*, how we resolved*, how was \
         it resolved*, how did we resolve*",
    ),
    (
        SectionKind::Timeline,
        "verlauf, ablauf, 経過, 時系列, timeline*, incident timeline*, follow up timeline*, \
         followup timeline*, detailed timeline*, full timeline*, outage timeline*, chronology*, key events*, sequence of events*, \
         zeitlicher ablauf*, zeitverlauf*, zeitleiste*, chronologie*, déroulement*, déroulé*, cronología*, \
         cronologia*, línea de tiempo*, línea temporal*, タイムライン*, التسلسل الزمني*, الخط الزمني*, الجدول الزمني*",
    ),
    (
        SectionKind::RootCause,
        "cause, causes, technical cause, ursache, ursachen, causa, causas, 原因, السبب, details of vulnerability, \
         details of the vulnerability, what caused*, root cause*, blameless root cause*, technical root cause*, the root cause*, \
         grundursache*, hauptursache*, cause première*, cause racine*, causes racines*, cause profonde*, causes \
         profondes*, causa raíz*, causas raíz*, causa raiz*, causa principal*, 根本原因*, السبب الجذري*, الأسباب الجذرية*",
    ),
    (
        SectionKind::FiveWhys,
        "five why s, five why, 5 whys, whys, why s, the five whys, fünf warum, cinq pourquoi, les cinq pourquoi, \
         cinco porqués, los cinco porqués, なぜなぜ分析, الأسباب الخمسة, لماذا خمس مرات, five whys*",
    ),
    (
        SectionKind::ContributingFactors,
        "寄与要因, 要因, contributing factor*, contributing cause*, contributing \
         condition*, contributory factor*, other contributing*, beitragende \
         faktor*, beitragende ursache*, begünstigende*, facteurs contributifs*, facteur contributif*, facteurs \
         aggravants*, factores contribuyentes*, factor contribuyente*, factores coadyuvantes*, العوامل المساهمة*, \
         عوامل مساهمة*",
    ),
    (
        SectionKind::Lessons,
        "lessons, lessons learned, lessons learnt, learnings, key learnings, key takeaways, takeaways, what we \
         learned, what did we learn, retrospective, lehren, erkenntnisse, was wir gelernt haben, enseignements, \
         leçons apprises, leçons, ce que nous avons appris, lecciones, lecciones aprendidas, lo que aprendimos, 教訓, \
         学び, الدروس, الدروس المستفادة, ما تعلمناه, conclusion, conclusions, lessons and*, lessons learned and*, \
         lessons learnt and*, lessons we*, learnings and*",
    ),
    (
        SectionKind::WentWell,
        "よかったこと, 良かったこと, what went well*, things that went well*, what went right*, what worked well*, went well*, \
         was gut lief*, was gut gelaufen*, was gut ging*, was lief gut*, das lief gut*, ce qui s est bien passé*, ce \
         qui a bien fonctionné*, ce qui a bien marché*, lo que salió bien*, qué salió bien*, lo que funcionó*, lo que \
         fue bien*, うまくいったこと*, うまくいった点*, ما سار جيدا*, ما سار جيدًا*, ما نجح*, what went good*, things that went \
         right*, mitigators",
    ),
    (
        SectionKind::WentPoorly,
        "悪かったこと, what failed, what went poorly*, things that went poorly*, what went wrong*, what went badly*, what \
         didn t go*, what did not go*, what could be done better*, what could have gone better*, what could have been \
         better*, went poorly*, things that went wrong*, was schlecht lief*, was nicht gut lief*, was schief*, was \
         lief schlecht*, das lief schlecht*, ce qui s est mal passé*, ce qui n a pas*, lo que salió mal*, qué salió \
         mal*, lo que no funcionó*, lo que fue mal*, うまくいかなかったこと*, うまくいかなかった点*, ما سار بشكل سيئ*, ما لم يسر*, ما \
         فشل*, what could have gone*, what did not work*, what didn t work*",
    ),
    (
        SectionKind::GotLucky,
        "幸運だった点, where we got lucky*, where we were lucky*, got lucky*, what we got lucky*, where did we get lucky*, \
         luck*, where luck helped*, wo glück half*, wo glück geholfen hat*, là où la chance a aidé*, dónde ayudó la \
         suerte*, 幸運に助けられたこと*, أين ساعد الحظ*, wo wir glück hatten*, glück*, là où nous avons eu de la chance*, où nous avons eu de la chance*, \
         coups de chance*, dónde tuvimos suerte*, en qué tuvimos suerte*, golpes de suerte*, 幸運だったこと*, 運が良かったこと*, \
         運がよかったこと*, أين حالفنا الحظ*, حيث حالفنا الحظ*, where luck*",
    ),
    (
        SectionKind::Actions,
        "action, actions, actionable, actionables, action item, action points, action plan, review actions, corrective action, corrective \
         actions, corrective measures, corrective and preventative measure, corrective and preventative measures, \
         corrective and preventive measures, corrective and preventive actions, preventive measures, preventative \
         measures, preventive actions, preventative actions, follow up, follow ups, followup, followups, follow up \
         tasks, follow up actions, follow up items, follow up improvements, followup tasks, recommendations, next steps, future actions, \
         future work, planned actions, actions planned, prevention, prevention measures, improvements, process \
         improvements, technical improvements, documentation improvements, moving forward, going forward, todo, \
         todos, to do, tasks, remediation items, what we are doing, what will we do, maßnahmen, folgemaßnahmen, \
         nächste schritte, verbesserungen, actions correctives, actions à mener, prochaines étapes, mesures, mesures \
         correctives, suites données, acciones, acciones correctivas, medidas, medidas correctivas, próximos pasos, \
         アクション, アクションアイテム, 対策, 再発防止策, 今後の対応, الإجراءات, إجراءات المتابعة, الخطوات التالية, action items*, what we re \
         doing*, what we will do*, what we are doing to*, how will we prevent*, how we will prevent*, steps to \
         prevent*",
    ),
    (
        SectionKind::References,
        "references, reference, links, related links, useful links, further reading, see also, related docs, related \
         documents, supporting documents, additional references, sources, resources, appendix, \
         appendices, quellen, links und quellen, verweise, références, liens, sources et liens, referencias, enlaces, \
         fuentes, 参考, 参考資料, 参考リンク, المراجع, روابط",
    ),
];

/// The headings of [`HEADINGS`] as they are looked up.
static KNOWN: LazyLock<KnownHeadings> = LazyLock::new(|| {
    let mut known = KnownHeadings { whole: BTreeMap::new(), beginnings: Vec::new() };
    for (kind, headings) in HEADINGS {
        for heading in headings.split(", ") {
            match heading.strip_suffix('*') {
                Some(beginning) => known.beginnings.push((beginning, kind)),
                None => {
                    known.whole.insert(heading, kind);
                }
            }
        }
    }
    known
});

struct KnownHeadings {
    whole: BTreeMap<&'static str, SectionKind>,
    beginnings: Vec<(&'static str, SectionKind)>,
}

/// The kind of section that a heading names; `None` for any other heading.
pub(super) fn section_kind(heading: &str) -> Option<SectionKind> {
    let words = normalise(heading);
    let begins = || KNOWN.beginnings.iter().find(|(beginning, _)| words.starts_with(beginning)).map(|(_, kind)| *kind);
    KNOWN.whole.get(words.as_str()).copied().or_else(begins)
}

/// Whether a heading names actions by when they will be done: `Long-term improvements (2026)`.
pub(super) fn names_horizon(heading: &str) -> bool {
    const HORIZONS: [&str; 5] = ["short term ", "near term ", "mid term ", "medium term ", "long term "];
    let words = normalise(heading.split('(').next().unwrap_or_default());
    let what = HORIZONS.iter().find_map(|horizon| words.strip_prefix(horizon));
    what.is_some_and(|what| KNOWN.whole.get(what) == Some(&SectionKind::Actions) || what == "fixes")
}

/// Whether a heading asks what went wrong: that is a list of what went poorly, or tells how it came to the incident.
pub(super) fn asks_what_went_wrong(heading: &str) -> bool {
    normalise(heading).starts_with("what went wrong")
}

/// Whether two headings say the same, whatever their case, numbers, emoji and punctuation.
pub fn has_same_words(one: &str, other: &str) -> bool {
    let words = normalise(one);
    one.trim().eq_ignore_ascii_case(other.trim()) || !words.is_empty() && words == normalise(other)
}

/// The words of a heading in lower case, without numbers before them, emoji, short-codes and punctuation.
fn normalise(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let (mut text, mut rest) = (String::with_capacity(lower.len()), lower.as_str());
    while let Some((before, after)) = rest.split_once(':') {
        let code = after.split_once(':').filter(|(code, _)| !code.contains(char::is_whitespace));
        let Some((_, after)) = code else { break };
        text.push_str(before);
        text.push(' ');
        rest = after;
    }
    text.push_str(rest);
    let text = text.replace('&', " and ");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.skip_while(|word| word.chars().all(|c| c.is_ascii_digit())).collect();
    words.join(" ")
}
