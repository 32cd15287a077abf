//! The own record: readings, notes, deletions, imports, and what a category comes to.

use super::frame::commands;
use crate::view::{
    ClinicalView, DayNoteView, DayView, DeletedView, DeletionView, DeviceView, DraftKind, DraftView,
    ImportPreviewView, ImportView, KeptNoteView, OverviewView, PastDeletionView, PersonChoice, ReadingView,
    RecordView, TrendView, UnclaimedView, ValueView, WithdrawnView,
};
use crate::{Category, DeviceId};

commands! {
    /// Today's readings and the chart of one category.
    GetRecord {
        /** Which series. */ category: Category,
        /** Start of the span, inclusive, Unix milliseconds. */ from: i64,
        /** End of the span, exclusive. */ to: i64,
        /** Width of the chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "get_record", Patient -> RecordView;
    /// Agree that a device's clock is set when it is wrong, or withdraw that.
    SetDeviceClock { /** Which. */ device: DeviceId, /** True to agree. */ agreed: bool } = "set_device_clock", Patient -> DeviceView;
    /// Say how long the way of one turn of the wheel is that a device counts; without a length it is the most usual wheel.
    SetDeviceWheel {
        /** Which. */ device: DeviceId,
        /** 300 to 4800 mm. */ circumference_mm: Option<u16>,
    } = "set_device_wheel", Patient -> DeviceView;
    /// Say that a device is the person's although another one gives the same identity, or although what it offers has
    /// changed: what it sends from now on is stored.
    AcceptDevice { /** Which. */ device: DeviceId } = "accept_device", Patient -> DeviceView;
    /// Say who this person is to a device that keeps several people apart. It is asked at once, or when it connects next.
    SetDevicePerson {
        /** Which. */ device: DeviceId,
        /** Who they are to it. */ person: PersonChoice,
    } = "set_device_person", Patient -> DeviceView;
    /// Record an electrocardiogram with a device that does so when told to; [`DeviceView::ecg`] says how it goes.
    StartEcg {
        /** Which. */ device: DeviceId,
        /** For how long, 10 to 300 seconds. */ seconds: u16,
    } = "start_ecg", Patient -> DeviceView;
    /// End a recording before its time, or put its outcome away.
    StopEcg { /** Which. */ device: DeviceId } = "stop_ecg", Patient -> DeviceView;
    /// Which categories hold readings, in the order of screens.
    GetOverview {} = "get_overview", Patient -> Vec<OverviewView>;
    /// Store readings that a person typed; refused as a whole when one value is out of its range.
    TypeReading {
        /** Which series. */ category: Category,
        /** What was measured; quantities of [`Category::typed`], or those of another unit. */ values: Vec<ValueView>,
        /** When, Unix milliseconds; not in the future. */ at: i64,
        /** A note of the person's own, at most 500 characters; it is not shared. */ note: Option<String>,
    } = "type_reading", Patient -> ReadingView;
    /// Take back a typed reading, as long as it is in no sealed segment.
    WithdrawReading {
        /** Which series. */ category: Category,
        /** Its instant, as the answer of `type_reading` says. */ at: i64,
    } = "withdraw_reading", Patient -> WithdrawnView;
    /// What a person had not finished when the record was locked.
    GetDraft { /** Of what. */ kind: DraftKind } = "get_draft", Patient -> DraftView;
    /// Keep what is not finished, sealed in the record, or let it go.
    KeepDraft {
        /** Of what. */ kind: DraftKind,
        /** As the page reads it back, at most 96 KiB; `None` lets it go. */ text: Option<String>,
    } = "keep_draft", Patient -> ();
    /// What deleting readings for ever would take with it; nothing when no whole part of the span is over.
    PreviewDeletion {
        /** Which series. */ category: Category,
        /** Start, inclusive, Unix milliseconds. */ from: i64,
        /** End, exclusive. */ to: i64,
    } = "preview_deletion", Patient -> Option<DeletionView>;
    /// Delete readings for ever, exactly as the preview said; asks natively and for the passphrase again.
    DeleteReadings {
        /** Which series. */ category: Category,
        /** As the preview said. */ from: i64,
        /** As the preview said. */ to: i64,
        /** As the preview said. */ readings: u64,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "delete_readings", Patient -> DeletedView;
    /// What was deleted for ever, newest first.
    ListDeletions {} = "list_deletions", Patient -> Vec<PastDeletionView>;
    /// Readings of devices with several users that nobody claimed yet.
    ListUnclaimed {} = "list_unclaimed", Patient -> Vec<UnclaimedView>;
    /// Say whose a device's user is, for what came and for what will come.
    ClaimReadings {
        /** Which device. */ device: DeviceId,
        /** Its user index; `None` is the user that the device does not know. */ user: Option<u8>,
        /** True to take the readings into this record, false to leave them out. */ mine: bool,
    } = "claim_readings", Patient -> Vec<UnclaimedView>;
    /// What a category of the own record comes to by its clinical convention: blood pressure, glucose, heart rate.
    GetClinical {
        /** Which series. */ category: Category,
        /** End of what is asked about, exclusive, Unix milliseconds, not after now; `None` is now. */ until: Option<i64>,
    } = "get_clinical", Patient -> ClinicalView;
    /// How a category's readings compare with the person's own earlier days, and how much of the last days holds readings.
    GetTrend { /** Which series. */ category: Category } = "get_trend", Patient -> TrendView;
    /// What each day comes to, by the wall clock of the person's computer, newest first.
    SumDays {
        /** Which series. */ category: Category,
        /** Start of the span, inclusive, Unix milliseconds. */ from: i64,
        /** End of the span, exclusive. */ to: i64,
    } = "sum_days", Patient -> Vec<DayView>;
    /// The person's notes on days, in order.
    ListDayNotes {
        /** The first date, as in [`DayNoteView::day`]. */ first: String,
        /** The last one; at most 400 days. */ last: String,
    } = "list_day_notes", Patient -> Vec<DayNoteView>;
    /// Write, change or remove the note on a day. It is not shared.
    KeepDayNote {
        /** The date. */ day: String,
        /** At most [`crate::view::MOST_NOTE`] characters; `None` removes it. */ text: Option<String>,
    } = "keep_day_note", Patient -> KeptNoteView;
    /// Write, change or remove the note on a reading. It is not shared.
    KeepReadingNote {
        /** Which series. */ category: Category,
        /** The reading's instant. */ at: i64,
        /** At most [`crate::view::MOST_NOTE`] characters; `None` removes it. */ text: Option<String>,
    } = "keep_reading_note", Patient -> KeptNoteView;
    /// Read a file with readings, which is chosen in a dialog of the desktop's own, and say what is in it. Nothing is stored.
    ChooseImport {} = "choose_import", Patient -> ImportPreviewView;
    /// Store what the file held that was read last.
    KeepImport { /** As the preview said. */ id: DeviceId } = "keep_import", Patient -> ImportView;
    /// Forget what the file held that was read last.
    LeaveImport {} = "leave_import", Patient -> ();
    /// What was imported, newest first.
    ListImports {} = "list_imports", Patient -> Vec<ImportView>;
    /// Take a whole import out again. What somebody opened meanwhile they keep.
    UndoImport { /** Which. */ id: DeviceId } = "undo_import", Patient -> ImportView;
}
