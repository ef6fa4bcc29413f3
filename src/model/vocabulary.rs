//! The closed vocabularies of the format, each with its words as they are written.

/// A vocabulary: every value with its word.
pub trait Words: Sized + Copy + PartialEq + 'static {
    /// Every word and its value, in the order in which they are shown.
    const WORDS: &'static [(&'static str, Self)];

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
}

/// The words of a vocabulary.
pub(super) fn words<T: Words>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

macro_rules! vocabulary {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl Words for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];
        }
    };
}

vocabulary! {
    /// Whether anybody felt it.
    Kind {
        /// Somebody did.
        Incident = "incident",
        /// It was stopped in time.
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
        /// That it does not happen again.
        Prevent = "prevent",
        /// That it is noticed sooner.
        Detect = "detect",
        /// That it does less harm.
        Mitigate = "mitigate",
        /// That people work differently.
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
    }
}
vocabulary! {
    /// A question about the response; its word is the key in the front matter.
    Question {
        /// Was the time to notice as short as it should be?
        DetectedQuickly = "detected_quickly",
        /// Did the severity declared at first fit?
        SeverityFit = "severity_fit",
        /// Were the right people there?
        RightPeople = "right_people",
        /// Was there a runbook that helped?
        Runbook = "runbook",
        /// Did those affected know in time?
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
