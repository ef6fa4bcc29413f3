//! The closed vocabularies of the format: each value with its word and what that means. What reads a word, writes it or
//! describes it in a schema goes by these.

/// A vocabulary: every value with its word.
pub trait Words: Sized + Copy + PartialEq + 'static {
    /// Every word and its value, in the order in which they are shown.
    const WORDS: &'static [(&'static str, Self)];

    /// What each of them means, in a sentence and in the same order.
    const MEANINGS: &'static [&'static str];

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }

    /// The value of a word; none for a word that is not of the vocabulary.
    fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

/// The words of a vocabulary.
pub fn words<T: Words>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

macro_rules! vocabulary {
    ($(#[$about:meta])* $name:ident { $(#[doc = $meaning:literal] $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $meaning] $variant),+ }

        impl $name {
            /// Every value, in the order in which they are shown.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];
        }

        impl Words for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];
            const MEANINGS: &'static [&'static str] = &[$($meaning.trim_ascii_start()),+];
        }
    };
}

vocabulary! {
    /// Whether it had an impact.
    Kind {
        /// It had an impact.
        Incident = "incident",
        /// It was caught in time.
        NearMiss = "near-miss",
    }
}
vocabulary! {
    /// How far the text is.
    Status {
        /// Not for readers yet.
        Draft = "draft",
        /// Published, with corrections expected.
        Interim = "interim",
        /// Complete.
        Final = "final",
        /// Published, and found to be wrong.
        Withdrawn = "withdrawn",
    }
}
vocabulary! {
    /// The Traffic Light Protocol 2.0 of FIRST: who may read it. Only CLEAR is published.
    Tlp {
        /// Anybody.
        Clear = "TLP:CLEAR",
        /// The community.
        Green = "TLP:GREEN",
        /// The organisation and its clients, where they need to know.
        Amber = "TLP:AMBER",
        /// The organisation, where they need to know.
        AmberStrict = "TLP:AMBER+STRICT",
        /// The persons addressed.
        Red = "TLP:RED",
    }
}
vocabulary! {
    /// Whose incident it is.
    Perspective {
        /// The organisation's own.
        Own = "own",
        /// A summary of somebody else's public review.
        Collected = "collected",
    }
}
vocabulary! {
    /// The part that a factor played.
    FactorRole {
        /// Without it the incident would not have happened.
        Primary = "primary",
        /// It made the incident more likely, larger, longer or harder to see.
        Contributing = "contributing",
    }
}
vocabulary! {
    /// What an action is for.
    ActionKind {
        /// So that it does not happen again.
        Prevent = "prevent",
        /// So that it is noticed sooner.
        Detect = "detect",
        /// So that it does less harm.
        Mitigate = "mitigate",
        /// So that people work differently.
        Process = "process",
    }
}
vocabulary! {
    /// How far an action is.
    ActionStatus {
        /// Not begun.
        Open = "open",
        /// Begun.
        InProgress = "in-progress",
        /// Finished.
        Done = "done",
        /// Given up, on purpose.
        Cancelled = "cancelled",
    }
}
vocabulary! {
    /// What an action changes tangibly.
    Update {
        /// Written steps.
        Runbook = "runbook",
        /// Alerts.
        Alerting = "alerting",
        /// Permissions and credentials.
        Access = "access",
        /// Templates and channels.
        Communication = "communication",
        /// Training and exercises.
        Training = "training",
        /// The design of a system.
        Design = "design",
        /// Tools.
        Tooling = "tooling",
    }
}
vocabulary! {
    /// Who or what noticed first.
    Detection {
        /// An alert or a probe.
        Monitoring = "monitoring",
        /// A member of staff.
        Staff = "staff",
        /// A customer.
        Customer = "customer",
        /// A partner or supplier.
        Partner = "partner",
        /// A researcher who reported it.
        Researcher = "researcher",
        /// The public.
        Public = "public",
    }
}
vocabulary! {
    /// The answer to a question about the response.
    Verdict {
        /// Yes.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// No.
        No = "no",
        /// The authors say that they do not know.
        Unknown = "unknown",
    }
}
vocabulary! {
    /// What a review or an action gives as `"unknown"`; its word is the key.
    Unknown {
        /// How bad it was.
        Severity = "severity",
        /// When the review was held.
        Reviewed = "reviewed",
        /// Who is responsible for an action.
        Owner = "owner",
        /// By when an action is to be done.
        Due = "due",
    }
}
vocabulary! {
    /// A question about the response; its word is the key in the front matter.
    Question {
        /// Was it detected as quickly as it should be?
        DetectedQuickly = "detected_quickly",
        /// Was the severity declared at first the right one?
        SeverityFit = "severity_fit",
        /// Were the right people involved?
        RightPeople = "right_people",
        /// Did a runbook help?
        Runbook = "runbook",
        /// Were affected people told in time?
        Communication = "communication",
        /// Were there records to find the cause with?
        Evidence = "evidence",
    }
}
vocabulary! {
    /// Whom or what an incident affected; its word is the key in the front matter.
    ImpactKind {
        /// People who use the service.
        Users = "users",
        /// Functions that failed.
        Services = "services",
        /// Money and assets.
        Funds = "funds",
        /// Partners and suppliers.
        Partners = "partners",
        /// The work of the teams.
        Operations = "operations",
    }
}
vocabulary! {
    /// What happened to a review, and becomes an item of the feeds.
    FeedEvent {
        /// It was published.
        New = "new",
        /// It was corrected.
        Corrected = "corrected",
        /// It shows a factor that came back after an action against it had been closed.
        Recurred = "recurred",
        /// One of its actions was closed.
        ActionClosed = "action-closed",
        /// It was found to be wrong.
        Withdrawn = "withdrawn",
    }
}
vocabulary! {
    /// A file that each review can have beside its page.
    Extra {
        /// Its text as Markdown.
        Markdown = "markdown",
        /// Its data as JSON, with its whole text.
        Json = "json",
    }
}
vocabulary! {
    /// How exactly a moment is known, the coarsest first.
    Precision {
        /// The month.
        Month = "month",
        /// The day.
        Day = "day",
        /// The minute.
        Minute = "minute",
        /// The second.
        Second = "second",
    }
}
vocabulary! {
    /// A phase of every incident, in the usual order; its words mark the entry of a timeline at which it begins.
    PhaseMark {
        /// The weakness came into being.
        Introduced = "Introduced",
        /// The first effect that somebody felt.
        ImpactStarted = "Impact started",
        /// Somebody or something noticed.
        Detected = "Detected",
        /// Somebody began to work on it.
        Responded = "Responded",
        /// It was known what caused it.
        CauseIdentified = "Cause identified",
        /// The effect ended.
        Mitigated = "Mitigated",
        /// Everything was back to normal.
        Resolved = "Resolved",
    }
}
vocabulary! {
    /// A duration that follows from a timeline; its word is its key in the dataset.
    MetricKind {
        /// From the introduction of the weakness to the first impact.
        Exposure = "exposure",
        /// From the first impact to detection.
        TimeToDetect = "time_to_detect",
        /// From the first impact to the first response.
        TimeToRespond = "time_to_respond",
        /// From the first impact to its mitigation.
        TimeToMitigate = "time_to_mitigate",
        /// From the first impact to resolution.
        TimeToResolve = "time_to_resolve",
        /// The total time with impact.
        TimeOfImpact = "time_of_impact",
    }
}

impl PhaseMark {
    /// The words that stand for it in a timeline.
    pub fn name(self) -> &'static str {
        self.word()
    }
}
