//! Reports, and checking them.

use super::frame::commands;
use crate::view::{CheckedReportView, MadeReportView, ReportKind, ReportLanguage};
use crate::{Category, CircleId, GrantId};

commands! {
    /// Make a report of the own record, as one page; where it goes is chosen in a dialog of the desktop's own. The members are
    /// asked to record its code.
    MakeReport {
        /** What it is. */ report: ReportKind,
        /** What is in it; for a diary and a glucose profile nothing. */ categories: Vec<Category>,
        /** Start of its time, inclusive, Unix milliseconds: a beginning of a day. */ from: i64,
        /** End, exclusive: a beginning of a day, or now. */ to: i64,
        /** The page's language. */ language: ReportLanguage,
    } = "make_report", Patient -> MadeReportView;
    /// The emergency card in force as a page to print, in a file. It holds the card's key.
    PrintCard { /** The page's language. */ language: ReportLanguage } = "print_card", Patient -> ();
    /// Make a report of what was opened with a permission; no member is asked for anything of the patient's.
    MakeOpenedReport {
        /** Which permission. */ id: GrantId,
        /** What it is. */ report: ReportKind,
        /** The page's language. */ language: ReportLanguage,
    } = "make_opened_report", Clinician -> MadeReportView;
    /// Make a report of what was shown last of the record of somebody whom this person helps as a steward, while they may: nothing else
    /// is read for it.
    MakeRelativeReport {
        /** Whose circle. */ circle: CircleId,
        /** What it is. */ report: ReportKind,
        /** The page's language. */ language: ReportLanguage,
    } = "make_relative_report", Unlocked -> MadeReportView;
    /// The reports that this record made, newest first.
    ListReports {} = "list_reports", Unlocked -> Vec<MadeReportView>;
    /// Check a report: by its code as typed, or by its file, which is chosen in a dialog of the desktop's own.
    CheckReport {
        /** As printed; `None` chooses a file. */ code: Option<String>,
        /** The language to say in what the report says. */ language: ReportLanguage,
    } = "check_report", Unlocked -> CheckedReportView;
}
