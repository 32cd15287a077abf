//! The names under which the application keeps things sealed in the record: one table, so that the vault can tell to which of
//! them a row belongs that does not open any more.

pub(crate) const ANCHORS: &str = "anchors";
pub(crate) const BACKUPS: &str = "backups";
pub(crate) const CAPSULES: &str = "capsules";
pub(crate) const CARDS: &str = "cards";
pub(crate) const CLINICIAN: &str = "clinician";
pub(crate) const DAY_NOTES: &str = "day-notes";
pub(crate) const DEVICES: &str = "devices";
pub(crate) const DOORS: &str = "doors";
pub(crate) const DRAFTS: &str = "drafts";
pub(crate) const ENROLMENTS: &str = "enrolments";
pub(crate) const EXPORTS: &str = "exports";
pub(crate) const FAMILY: &str = "family";
pub(crate) const FAMILY_CODES: &str = "family-codes";
pub(crate) const FAMILY_GIVEN: &str = "family-given";
pub(crate) const FAMILY_HISTORY: &str = "family-history";
pub(crate) const FAMILY_MESSAGES: &str = "family-messages";
pub(crate) const FAMILY_NOTICES: &str = "family-notices";
pub(crate) const FAMILY_PARTS: &str = "family-parts";
pub(crate) const FAMILY_SAID: &str = "family-said";
pub(crate) const FAMILY_SECRETS: &str = "family-secrets";
pub(crate) const FAMILY_SEEN: &str = "family-seen";
pub(crate) const FAMILY_STOPS: &str = "family-stops";
pub(crate) const FAMILY_WATCHES: &str = "family-watches";
pub(crate) const FAMILY_WORDS: &str = "family-words";
pub(crate) const FLAGS: &str = "flags";
pub(crate) const IMPORTS: &str = "imports";
pub(crate) const INVITATIONS: &str = "invitations";
pub(crate) const INVITATION_SECRETS: &str = "invitation-secrets";
pub(crate) const LAPTOPS: &str = "laptops";
pub(crate) const LETTERS: &str = "letters";
pub(crate) const MEMBERS: &str = "members";
pub(crate) const NOTES: &str = "notes";
pub(crate) const NOTICES: &str = "notices";
pub(crate) const PERMISSIONS: &str = "permissions";
pub(crate) const PERMISSION_MESSAGES: &str = "permission-messages";
pub(crate) const PROFILE: &str = "profile";
pub(crate) const RENEWALS: &str = "renewals";
pub(crate) const REPLIES: &str = "replies";
pub(crate) const REPLIES_SENT: &str = "replies-sent";
pub(crate) const REPLY_ADDRESSES: &str = "reply-addresses";
pub(crate) const REPLY_INBOXES: &str = "reply-inboxes";
pub(crate) const REPORTS: &str = "reports";
/// What a record of before said of emergencies; now it is said to the members.
pub(crate) const REVIEWS: &str = "reviews";
pub(crate) const SHARED: &str = "shared";
pub(crate) const UNCLAIMED: &str = "unclaimed";
pub(crate) const WITHDRAWALS: &str = "withdrawals";
pub(crate) const WORK: &str = "work";

pub(crate) const ALL: &[&str] = &[
    ANCHORS,
    BACKUPS,
    CAPSULES,
    CARDS,
    CLINICIAN,
    DAY_NOTES,
    DEVICES,
    DOORS,
    DRAFTS,
    ENROLMENTS,
    EXPORTS,
    FAMILY,
    FAMILY_CODES,
    FAMILY_GIVEN,
    FAMILY_HISTORY,
    FAMILY_MESSAGES,
    FAMILY_NOTICES,
    FAMILY_PARTS,
    FAMILY_SAID,
    FAMILY_SECRETS,
    FAMILY_SEEN,
    FAMILY_STOPS,
    FAMILY_WATCHES,
    FAMILY_WORDS,
    FLAGS,
    IMPORTS,
    INVITATIONS,
    INVITATION_SECRETS,
    LAPTOPS,
    LETTERS,
    MEMBERS,
    NOTES,
    NOTICES,
    PERMISSIONS,
    PERMISSION_MESSAGES,
    PROFILE,
    RENEWALS,
    REPLIES,
    REPLIES_SENT,
    REPLY_ADDRESSES,
    REPLY_INBOXES,
    REPORTS,
    REVIEWS,
    SHARED,
    UNCLAIMED,
    WITHDRAWALS,
    WORK,
];
