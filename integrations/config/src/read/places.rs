//! Where the parts of a client stand in the file.

use core::ops::Range;
use std::collections::BTreeMap;

use guestlist_runtime::rules::Place;
use guestlist_runtime::{Setting, Text};

/// Where the parts of a client stand.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The client as a whole.
    pub(crate) whole: Range<usize>,
    pub(crate) settings: BTreeMap<Setting, SettingPlaces>,
    /// The rules that are expected to fire.
    pub(crate) expectations: Vec<(Text, Range<usize>)>,
}

#[derive(Debug)]
pub(crate) struct SettingPlaces {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
    /// Of a list, the entries that are in the record.
    pub(crate) items: Vec<Range<usize>>,
}

impl Places {
    /// The narrowest bytes of a place.
    pub(crate) fn of(&self, place: Place) -> Range<usize> {
        let setting = place.setting().and_then(|setting| self.settings.get(&setting));
        match (place, setting) {
            (Place::Setting(_), Some(setting)) => setting.name.clone(),
            (Place::Value(_), Some(setting)) => setting.value.clone(),
            (Place::Item(_, at), Some(setting)) => setting.items.get(at).unwrap_or(&setting.value).clone(),
            _ => self.client(),
        }
    }

    /// The client id, or the whole client if there is none.
    fn client(&self) -> Range<usize> {
        self.settings.get(&Setting::ClientId).map_or(&self.whole, |id| &id.value).clone()
    }
}
